using MLflowSharp.Artifacts;

namespace MLflowSharp.Tests.Artifacts;

public sealed class ArtifactUriTests
{
    [Theory]
    [InlineData("/data/mlruns", "0", "/data/mlruns/0")]
    [InlineData("/data/mlruns/", "0", "/data/mlruns/0")]
    [InlineData("s3://bucket/path?region=fi", "1/run", "s3://bucket/path/1/run?region=fi")]
    [InlineData("/data/what?", "0", "/data/what?/0")]
    public void A_path_is_appended_before_the_query(string location, string path, string expected) =>
        Assert.Equal(expected, ArtifactUri.Append(location, path));

    [Theory]
    [InlineData("/data/ä b", "/data/ä b")]
    [InlineData("/data/with%20space", "/data/with space")]
    [InlineData("file:///data/with%20space", "/data/with space")]
    [InlineData("file:/data", "/data")]
    [InlineData("file://localhost/data", "/data")]
    public void A_local_location_has_a_folder(string location, string folder)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has other paths.");
        Assert.Equal(folder, ArtifactUri.ToLocalPath(location));
    }

    [Theory]
    [InlineData("s3://bucket/path")]
    [InlineData("mlflow-artifacts:/1/run")]
    public void A_location_elsewhere_has_none_and_is_kept(string location)
    {
        Assert.Null(ArtifactUri.ToLocalPath(location));
        Assert.Equal(location, ArtifactUri.Resolve(location));
    }

    [Theory]
    [InlineData("/data/a/b", "/data/a", "b")]
    [InlineData("/data/a%20b/", "/data", "a b")]
    [InlineData("a", ".", "a")]
    [InlineData("file:///data/a%20b.txt", "file:///data", "a b.txt")]
    [InlineData("s3://bucket", "s3://bucket", "")]
    [InlineData("s3://bucket/a%20b", "s3://bucket", "a%20b")]
    [InlineData("s3://bucket/a/b/", "s3://bucket/a", "b")]
    [InlineData("mlflow-artifacts:/1", "mlflow-artifacts:/", "1")]
    [InlineData("mlflow-artifacts:/1/run", "mlflow-artifacts:/1", "run")]
    [InlineData("https://host/a/b%20c.txt?key=1/2", "https://host/a?key=1/2", "b c.txt")]
    [InlineData("https://host/a.txt", "https://host", "a.txt")]
    public void A_location_is_a_folder_and_a_name(string location, string folder, string name) => Assert.Equal((folder, name), ArtifactUri.SplitName(location));

    [Fact]
    public void A_relative_folder_becomes_absolute()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has other paths.");
        Assert.Equal(Path.Combine(Directory.GetCurrentDirectory(), "mlruns"), ArtifactUri.Resolve("./mlruns/"));
    }

    [Theory]
    [InlineData("s3://bucket/kept", "s3://bucket/kept/9/x", true)]
    [InlineData("S3://bucket//kept/?version=1", "s3://bucket/kept", true)]
    [InlineData("s3://bucket", "s3://bucket/kept", true)]
    [InlineData("s3://bucket/kept", "s3://bucket/kept elsewhere", false)]
    [InlineData("s3://bucket", "s3://bucket2/kept", false)]
    [InlineData("/bucket/kept", "s3://bucket/kept", false)]
    [InlineData("s3://bucket/kept", "", false)]
    public void A_location_in_S3_may_hold_another(string one, string other, bool expected)
    {
        Assert.Equal(expected, ArtifactUri.Overlap(one, other));
        Assert.Equal(expected, ArtifactUri.Overlap(other, one));
    }
}

using MLflowSharp.Artifacts;
using MLflowSharp.Artifacts.Local;
using MLflowSharp.Artifacts.S3;

namespace MLflowSharp.Tests.Artifacts;

public sealed class ArtifactRepositoriesTests : IDisposable
{
    private readonly ArtifactRepositories _repositories = new("http://localhost:5000", new MlflowClientOptions());

    public void Dispose() => _repositories.Dispose();

    [Theory]
    [InlineData("/data/artifacts", typeof(LocalArtifactRepository))]
    [InlineData("relative/artifacts", typeof(LocalArtifactRepository))]
    [InlineData("file:///data/artifacts", typeof(LocalArtifactRepository))]
    [InlineData("s3://bucket/path", typeof(S3ArtifactRepository))]
    [InlineData("s3://bucket", typeof(S3ArtifactRepository))]
    public void The_scheme_chooses(string uri, Type kind) => Assert.IsType(kind, _repositories.Get(uri));

    [Theory]
    [InlineData("gs://bucket/path")]
    [InlineData("wasbs://container@account.blob.core.windows.net/path")]
    [InlineData("abfss://x@y/path")]
    [InlineData("ftp://me:secret@host/path")]
    [InlineData("sftp://host/path")]
    [InlineData("hdfs://host/path")]
    [InlineData("dbfs:/path")]
    [InlineData("made-up:/path")]
    public void Another_kind_of_storage_is_refused_with_what_to_do(string uri)
    {
        var error = Assert.Throws<MlflowException>(() => _repositories.Get(uri));
        Assert.Equal(ErrorCode.NotImplemented, error.ErrorCode);
        Assert.Contains("--artifacts-destination", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bucket_needs_a_name() => Assert.Equal(ErrorCode.InvalidParameterValue, Assert.Throws<MlflowException>(() => _repositories.Get("s3:///path")).ErrorCode);
}

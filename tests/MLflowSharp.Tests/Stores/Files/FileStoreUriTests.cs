using MLflowSharp.Stores.Files;

namespace MLflowSharp.Tests.Stores.Files;

public sealed class FileStoreUriTests
{
    private static readonly string Here = Directory.GetCurrentDirectory();

    public static TheoryData<string, string> Folders => new()
    {
        { "mlruns", $"{Here}/mlruns" },
        { "./mlruns", $"{Here}/mlruns" },
        { "./mlruns/", $"{Here}/mlruns" },
        { "/data/my runs", "/data/my runs" },
        { "/data/100%/runs", "/data/100%/runs" },
        { "file:///data/my%20runs", "/data/my runs" },
        { "file:/data/runs", "/data/runs" },
        { "file:mlruns", $"{Here}/mlruns" },
        { "file://localhost/data", "/data" },
        { "file://./mlruns", $"{Here}/mlruns" },
        { "FILE:///data", "/data" },
    };

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_is_named_by_a_path_or_a_URI(string uri, string path)
    {
        Assert.True(FileStoreUri.Matches(uri));
        Assert.Equal(path, FileStoreUri.ToPath(uri).Replace('\\', '/'));
    }

    [Theory]
    [InlineData("file://server/share")]
    [InlineData("file://")]
    [InlineData("file:")]
    [InlineData("  ")]
    public void What_names_no_local_folder_is_refused(string uri) =>
        Assert.Equal(ErrorCode.InvalidParameterValue, Assert.Throws<MlflowException>(() => FileStoreUri.ToPath(uri)).ErrorCode);

    [Theory]
    [InlineData("s3://bucket/x", false)]
    [InlineData("http://host", false)]
    [InlineData("mysql://host/db", false)]
    [InlineData("C:\\runs", true)]
    [InlineData("c:/runs", true)]
    public void Other_schemes_are_not_files_and_drives_are(string uri, bool isFiles) => Assert.Equal(isFiles, FileStoreUri.Matches(uri));

    [Theory]
    [InlineData("/tmp/a b/ä%20x/y~z@+[1]", "file:///tmp/a%20b/%C3%A4%2520x/y~z%40%2B%5B1%5D")]
    [InlineData("C:\\my runs", "file:///C:/my%20runs")]
    public void A_path_is_written_as_Python_writes_it(string path, string uri) => Assert.Equal(uri, FileStoreUri.FromPath(path));
}

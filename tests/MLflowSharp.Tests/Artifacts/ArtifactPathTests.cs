using MLflowSharp.Artifacts;

namespace MLflowSharp.Tests.Artifacts;

public sealed class ArtifactPathTests
{
    [Theory]
    [InlineData("a.txt", "a.txt")]
    [InlineData("notes/readme.txt", "notes/readme.txt")]
    [InlineData("./notes//./readme.txt", "notes/readme.txt")]
    [InlineData("notes\\readme.txt", "notes/readme.txt")]
    [InlineData("name with space ä.txt", "name with space ä.txt")]
    [InlineData("..a/b..txt", "..a/b..txt")]
    public void A_relative_path_is_accepted(string path, string clean) => Assert.Equal(clean, ArtifactPath.CheckFile(path));

    [Theory]
    [InlineData("../x")]
    [InlineData("a/../../x")]
    [InlineData("a/..")]
    [InlineData("..\\x")]
    [InlineData("/etc/passwd")]
    [InlineData("\\x")]
    [InlineData("a\0b")]
    public void A_path_out_of_the_run_s_folder_is_refused(string path)
    {
        var error = Assert.Throws<MlflowException>(() => ArtifactPath.CheckFile(path));
        Assert.Equal(ErrorCode.InvalidParameterValue, error.ErrorCode);
        Assert.StartsWith($"Invalid artifact path: '{path}'.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("./")]
    public void A_file_needs_a_name(string path)
    {
        Assert.Equal("", ArtifactPath.CheckFolder(path));
        Assert.Contains("Name a file", Assert.Throws<MlflowException>(() => ArtifactPath.CheckFile(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "a.txt", "a.txt")]
    [InlineData("", "a.txt", "a.txt")]
    [InlineData("notes", "a.txt", "notes/a.txt")]
    [InlineData("notes/", "a.txt", "notes/a.txt")]
    public void A_folder_and_a_file_make_a_path(string? folder, string file, string path) => Assert.Equal(path, ArtifactPath.Combine(folder, file));
}

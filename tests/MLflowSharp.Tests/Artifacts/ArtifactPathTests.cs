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
    [InlineData("50 %/a+b & c?#.txt", "50 %/a+b & c?#.txt")]
    [InlineData("a%20b.txt", "a%20b.txt")]
    [InlineData("12:30.txt", "12:30.txt")]
    public void A_relative_path_is_accepted(string path, string clean) => Assert.Equal(clean, ArtifactPath.CheckFile(path));

    [Theory]
    [InlineData("../x")]
    [InlineData("a/../../x")]
    [InlineData("a/..")]
    [InlineData("..\\x")]
    [InlineData("/etc/passwd")]
    [InlineData("\\x")]
    [InlineData("\\\\server\\share\\x")]
    [InlineData("C:\\x")]
    [InlineData("c:x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("FILE:/etc/passwd")]
    [InlineData("%2e%2e/x")]
    [InlineData("a/%2E%2E%2fx")]
    [InlineData("%252e%252e/x")]
    [InlineData("..%5cx")]
    [InlineData("%2fetc/passwd")]
    [InlineData("a%00b")]
    public void A_path_out_of_the_run_s_folder_is_refused(string path)
    {
        var error = Assert.Throws<MlflowException>(() => ArtifactPath.CheckFile(path));
        Assert.Equal(ErrorCode.InvalidParameterValue, error.ErrorCode);
        Assert.StartsWith($"Invalid path of an artifact: '{path}'.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\0b", "a\\u0000b")]
    [InlineData("a\nb", "a\\u000ab")]
    [InlineData("a\u007fb", "a\\u007fb")]
    public void A_control_character_is_refused_and_shown_harmlessly(string path, string shown)
    {
        var error = Assert.Throws<MlflowException>(() => ArtifactPath.CheckFile(path));
        Assert.Equal(ErrorCode.InvalidParameterValue, error.ErrorCode);
        Assert.StartsWith($"Invalid path of an artifact: '{shown}'.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "a.txt")]
    [InlineData("", "100 %.txt")]
    [InlineData("a", "a/b.txt")]
    [InlineData("a/b", "a/b/..c")]
    public void What_a_storage_lists_is_in_the_folder_that_was_asked_for(string folder, string path) =>
        Assert.Equal(path, ArtifactPath.CheckChild(folder, path));

    [Theory]
    [InlineData("", "")]
    [InlineData("", "..")]
    [InlineData("", "../x")]
    [InlineData("", "/etc/passwd")]
    [InlineData("", "a/b")]
    [InlineData("a", "a")]
    [InlineData("a", "a/")]
    [InlineData("a", "ab/c")]
    [InlineData("a", "b/c")]
    [InlineData("a", "a/..")]
    [InlineData("a", "a/../../x")]
    [InlineData("a", "a/b/c")]
    [InlineData("a", "a/..\\..\\x")]
    [InlineData("a", "a/%2e%2e")]
    [InlineData("a", "a/b\0c")]
    [InlineData("a", "a/C:x")]
    public void A_storage_that_lists_something_elsewhere_is_not_believed(string folder, string path) =>
        Assert.Equal(ErrorCode.InvalidParameterValue, Assert.Throws<MlflowException>(() => ArtifactPath.CheckChild(folder, path)).ErrorCode);

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

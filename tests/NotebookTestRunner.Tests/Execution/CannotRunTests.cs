using NotebookTestRunner.Events;

namespace NotebookTestRunner.Tests.Execution;

/// <summary>What keeps a notebook from being run at all.</summary>
public sealed class CannotRunTests() : RunningTest(isHosted: false)
{
    [Fact]
    public async Task A_notebook_that_is_not_there_is_named() =>
        Assert.Contains("There is no notebook at " + Folder.File("gone.ipynb"), await MessageAsync(Options, Folder.File("gone.ipynb")), StringComparison.Ordinal);

    [Fact]
    public async Task A_link_that_leads_nowhere_is_named_with_where_it_leads()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Making links needs a privilege there.");
        File.CreateSymbolicLink(Folder.File("link.ipynb"), "gone.ipynb");

        Assert.Contains("is a link to gone.ipynb, which is not there", await MessageAsync(Options, Folder.File("link.ipynb")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\n<<<<<<< HEAD\n", "merge-conflict markers (line 2)")]
    [InlineData("{\n \"cells\": [\n", "it is truncated")]
    [InlineData("{\n \"cells\": [\n  {\"cell_type\": \"co", "it is truncated")]
    [InlineData("{\n \"cells\": oops\n}\n", "is not JSON (line 2")]
    [InlineData("", "is empty")]
    [InlineData(" \n", "is empty")]
    [InlineData("{\0\"\0", "holds zero bytes")]
    [InlineData("[]", "has no \"nbformat\"")]
    [InlineData("{\"worksheets\": [], \"nbformat\": 2}", "has nbformat 2, and only 4 can be run: open it in a current Jupyter")]
    [InlineData("{\"worksheets\": [], \"nbformat\": 3}", "has nbformat 3, and only 4 can be run: open it in a current Jupyter")]
    [InlineData("{\"cells\": [], \"nbformat\": 5}", "has nbformat 5, and only 4 can be run: it was saved by a newer program")]
    [InlineData("{\"cells\": 1, \"nbformat\": 4}", "has no list of \"cells\"")]
    public async Task A_file_that_is_no_notebook_is_named_with_what_is_wrong_in_one_line(string text, string reason)
    {
        var path = Folder.Write("torn.ipynb", text);

        var message = await MessageAsync(Options, path);

        Assert.Contains(path, message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public async Task A_notebook_in_another_encoding_and_a_folder_are_told()
    {
        var utf16 = Folder.File("utf16.ipynb");
        await File.WriteAllTextAsync(utf16, "{}", System.Text.Encoding.Unicode, Token);
        Directory.CreateDirectory(Folder.File("folder.ipynb"));

        Assert.Contains("is UTF-16 text", await MessageAsync(Options, utf16), StringComparison.Ordinal);
        Assert.Contains("is a folder, not a notebook", await MessageAsync(Options, Folder.File("folder.ipynb")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kernel_whose_name_is_misspelt_is_told_the_nearest() =>
        Assert.Contains("Did you mean 'scripted'?", await MessageAsync(Options with { KernelName = "scrpited" }, Save("print hello")), StringComparison.Ordinal);

    [Fact]
    public async Task A_comment_that_is_not_understood_is_named_with_its_cell()
    {
        var message = await MessageAsync(Options, Save("print hello", "# test: ignore-ouput\nprint hello"));

        Assert.Contains("lesson.ipynb", message, StringComparison.Ordinal);
        Assert.Contains("Cell 2 says \"test: ignore-ouput\"", message, StringComparison.Ordinal);
        Assert.Empty(Events);
    }

    [Fact]
    public async Task A_kernel_that_is_not_installed_is_named() =>
        Assert.Contains("No kernel named 'cobol'", await MessageAsync(Options with { KernelName = "cobol" }, Save("print hello")), StringComparison.Ordinal);

    [Fact]
    public async Task A_notebook_that_names_no_kernel_needs_one_to_be_chosen()
    {
        var path = Folder.Write("anonymous.ipynb", TestNotebook.Json(null, "print hello"));

        Assert.Contains("does not say which kernel", await MessageAsync(Options, path), StringComparison.Ordinal);
        Assert.Equal(Verdict.Passed, (await RunAsync(Options with { KernelName = "scripted", Mode = ComparisonMode.Lax }, path, Token)).Verdict);
    }

    [Fact]
    public async Task A_kernel_that_dies_at_its_start_is_quoted()
    {
        InstallKernel("message", "--dies-at-start");

        var message = await MessageAsync(Options, Save("print hello"));

        Assert.Contains("exit code 3", message, StringComparison.Ordinal);
        Assert.Contains("I was not meant to live.", message, StringComparison.Ordinal);
        Assert.IsType<NotebookStarted>(Assert.Single(Events));
    }

    [Fact]
    public async Task A_kernel_that_never_answers_is_given_up_at_the_limit()
    {
        InstallKernel("message", "--never-answers");

        var message = await MessageAsync(Options with { StartupTimeout = TimeSpan.FromSeconds(2) }, Save("print hello"));

        Assert.Contains("did not answer within 2 seconds", message, StringComparison.Ordinal);
        Assert.Contains("I am here, but I do not talk.", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_working_folder_that_is_not_there_is_named() =>
        Assert.Contains(Folder.File("nowhere"), await MessageAsync(Options with { WorkingDirectory = Folder.File("nowhere") }, Save("print hello")), StringComparison.Ordinal);

    private async Task<string> MessageAsync(RunOptions options, string path) =>
        (await Assert.ThrowsAsync<NotebookRunException>(() => RunAsync(options, path, Token))).Message;
}

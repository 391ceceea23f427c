namespace CSharpKernel.Tests.Magics;

public sealed class ValueMagicTests : IDisposable
{
    private readonly Notebook _notebook = new();

    public void Dispose() => _notebook.Dispose();

    [Theory]
    [InlineData("#!set --name x --value 123\nx", "123")]
    [InlineData("#!set --name x --value \"a b c\"\nx", "a b c")]
    [InlineData("#!set --name x --value {\"a\": 1}\nx", "{\"a\": 1}")]
    [InlineData("#!set --name x --value @input:\"Your name\"\nx", "Your name")]
    [InlineData("#!set --name x --value @input:{\"prompt\":\"P\",\"type\":\"text\"}\r\nx", "P")]
    [InlineData("#!set --name x --value @password:Secret\nx.GetClearTextPassword()", "Secret")]
    [InlineData("var y = 5;\n#!set --name x --value @csharp:y\nx + 1", "6")]
    [InlineData("var y = new List<int> { 1 };\n#!set --name x --value @csharp:y --byref\nobject.ReferenceEquals(x, y) ? 1 : 0", "1")]
    [InlineData("var y = new List<int> { 1, 2 };\n#!set --name x --value @csharp:y\nx.RootElement.GetArrayLength()", "2")]
    [InlineData("#!set --name x --value {\"a\":7} --mime-type application/json\nx.RootElement.GetProperty(\"a\").GetInt32()", "7")]
    [InlineData("#!value --name v\nsome text\n#!csharp\n#!share v --from value\nv", "some text")]
    [InlineData("#!value --name v\nsome text\n#!share --from value v --as w\n#!csharp\n1", "1")]
    [InlineData("#!value --name v\nsome text\n#!csharp\n#!set --name x --value @value:v\nx", "some text")]
    public async Task A_value_arrives(string code, string expected)
    {
        var cell = await _notebook.RunAsync(code, (prompt, _) => prompt);
        Assert.True(cell.Outcome.Error is null, cell.Outcome.Error?.Value);
        Assert.Equal(expected, cell.ResultText);
    }

    [Theory]
    [InlineData("#!set --nam x --value 1", "Unknown parameter '--nam' of #!set. Did you mean --name? Usage: #!set --name <name>")]
    [InlineData("#!set --name x", "#!set needs the parameter --value")]
    [InlineData("#!set --name 1x --value 1", "'1x' cannot be the name of a C# variable")]
    [InlineData("#!share z --from value", "Value 'z' not found in kernel value.")]
    [InlineData("#!share z --from nowhere", "There is no kernel 'nowhere' here.")]
    [InlineData("#!share z --from fsharp", "This kernel runs C#, not #!fsharp.")]
    [InlineData("#!set --name x --value @input", "No input is allowed.")]
    [InlineData("#!value --name v --from-file none.txt", "The file of #!value does not exist")]
    [InlineData("#!time now", "'now' is too much behind #!time.")]
    [InlineData("#!connect jupyter --kernel-name x", "#!connect is not supported")]
    [InlineData("#!sh\nexit 3", "The shell ended with exit code 3.")]
    public async Task A_wrong_line_is_refused_with_what_to_write(string code, string message) =>
        Assert.StartsWith(message, (await _notebook.RunAsync(code)).Error.Value, StringComparison.Ordinal);

    [Fact]
    public async Task Help_shows_the_parameters() =>
        Assert.Contains("--byref", (string)Assert.Single((await _notebook.RunWellAsync("#!set --help")).Displays).Data!["text/plain"]!, StringComparison.Ordinal);

    [Fact]
    public async Task A_script_gets_the_values_that_it_names()
    {
        var cell = await _notebook.RunWellAsync("var points = new[] { 1, 2 };\n#!javascript\n#!share --from csharp points\nconsole.log(points)");
        Assert.Equal("var points = [1,2];\nconsole.log(points)", (string)Assert.Single(cell.Displays).Data!["application/javascript"]!);
    }

    [Fact]
    public async Task A_diagram_needs_nothing_from_elsewhere()
    {
        var shown = Assert.Single((await _notebook.RunWellAsync("#!mermaid\ngraph TD; A-->B")).Displays).Data!;
        Assert.Equal("graph TD; A-->B", (string)shown["text/vnd.mermaid"]!);
        Assert.DoesNotContain("http", shown.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shell_lines_run_in_the_notebooks_folder()
    {
        _notebook.WriteFile("here.txt", "");
        Assert.Contains("here.txt", (await _notebook.RunWellAsync("#!sh\nls")).Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shell_command_is_interrupted()
    {
        using var interrupt = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var cell = await _notebook.RunAsync("#!sh\nsleep 60", new Output(), interrupt.Token);
        Assert.Equal("OperationCanceledException", cell.Error.Name);
    }

    [Fact]
    public async Task An_indented_magic_says_where_it_belongs() =>
        Assert.Contains("must begin at the first column", (await _notebook.RunAsync("var a = 1;\n  #!time\na")).Traceback, StringComparison.Ordinal);

    [Fact]
    public async Task Files_that_import_each_other_are_named()
    {
        _notebook.WriteFile("a.csx", "#!import b.csx");
        _notebook.WriteFile("b.csx", "#!import a.csx");
        Assert.Contains("a.csx -> b.csx -> a.csx", (await _notebook.RunAsync("#!import a.csx")).Error.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cells_of_an_imported_notebook_run_in_their_languages()
    {
        _notebook.WriteFile("a.ipynb", """{"cells": [{"cell_type": "code", "metadata": {"polyglot_notebook": {"kernelName": "html"}}, "source": "<b>x</b>"}]}""");
        Assert.Equal("<b>x</b>", (string)Assert.Single((await _notebook.RunWellAsync("#!import a.ipynb")).Displays).Data!["text/html"]!);
    }
}

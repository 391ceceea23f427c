using CSharpKernel.KernelSpecs;
using NotebookTestRunner.Outputs;
using NotebookTestRunner.Parameters;

namespace NotebookTestRunner.Tests.Parameters;

public sealed class NotebookParametersTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public NotebookParametersTests() => KernelSpecInstaller.InstallInto(folder.File("jupyter"));

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("epochs")]
    [InlineData("=3")]
    [InlineData("two words=3")]
    [InlineData("1st=3")]
    [InlineData("x;Evil()=3")]
    public void What_sets_no_parameter_is_refused(string text) =>
        Assert.Contains("sets no parameter", Assert.Throws<NotebookRunException>(() => NotebookParameters.ReadOne(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_declared_parameters_are_told_with_types_and_defaults()
    {
        var notebook = TestNotebook.Of(new TestCell("var epochs = 3; // few; x = 4\r\ndouble rate = 0.5; string? name = \"a=b; C# // \\\" \";\nepochs == 4") { Tags = ["parameters"] });

        Assert.Equal([new("epochs", null, "3"), new("rate", "double", "0.5"), new("name", "string", "\"a=b; C# // \\\" \"")], NotebookParameters.Declared(notebook));
    }

    [Theory]
    [InlineData("C#", "var epochs = 1;", "epochs=3", "epochs = 3;")]
    [InlineData("C#", "double rate = 1;", "rate=2", "rate = 2d;")]
    [InlineData("C#", "var rate = 0.5;", "rate=2", "rate = 2d;")]
    [InlineData("C#", "float rate = 0.5f;", "rate=1e-3", "rate = 1e-3f;")]
    [InlineData("C#", "string name = \"x\";", "name=3 \"quoted\"", "name = \"3 \\\"quoted\\\"\";")]
    [InlineData("C#", "var flag = false;", "flag=TRUE", "flag = true;")]
    [InlineData("C#", "Guid id = default;", "id=0f8fad5b-d9cb-469f-a165-70867728950e", "id = new Guid(\"0f8fad5b-d9cb-469f-a165-70867728950e\");")]
    [InlineData("C#", "DayOfWeek day = DayOfWeek.Monday;", "day=DayOfWeek.Friday", "day = DayOfWeek.Friday;")]
    [InlineData("python", "epochs = 1", "epochs=3", "epochs = 3")]
    [InlineData("python", "name = 'x'", "name=3", "name = \"3\"")]
    [InlineData("python", "flag: bool = False  # so", "flag=true", "flag = True")]
    [InlineData("python", "x = None", "x=two words", "x = \"two words\"")]
    [InlineData("R", "flag <- FALSE", "flag=true", "flag = TRUE")]
    public void A_value_becomes_what_the_variable_is(string language, string declaration, string assignment, string code) =>
        Assert.Equal(code, Code(language, declaration, assignment));

    [Theory]
    [InlineData("int epochs = 1;", "epochs=many", "is a int, and 'many' is none")]
    [InlineData("bool flag = true;", "flag=perhaps", "is a bool, and 'perhaps' is none")]
    [InlineData("var epochs = 1;", "epoch=2", "There is no parameter 'epoch' in the cell tagged 'parameters': there are epochs.")]
    public void What_does_not_fit_is_refused_with_the_notebooks_name(string declaration, string assignment, string message)
    {
        var error = Assert.Throws<NotebookRunException>(() => Code("C#", declaration, assignment));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains("lesson.ipynb", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_language_is_refused() =>
        Assert.Contains("'cobol'", Assert.Throws<NotebookRunException>(() => Code("cobol", "x = 1", "x=2")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task The_real_kernel_sees_the_values_after_the_cell_that_declares_them()
    {
        var result = await RunAsync(
            new() { ["epochs"] = "5", ["rate"] = "2" },
            new TestCell("int epochs = 1; double rate = 0.5;\nint Twice() => 2 * epochs;") { Tags = ["parameters"] }, "Console.Write($\"{Twice()} {rate / 4}\");");

        Assert.Equal([Verdict.Passed, Verdict.Passed], result.Cells.Select(cell => cell.Verdict));
        Assert.Equal("10 0.5", Assert.IsType<StreamOutput>(Assert.Single(result.Cells[1].Outputs)).Text);
        Assert.Equal([1, 2], result.Cells.Select(cell => cell.ExecutionCount));
    }

    [Fact]
    public async Task Without_such_a_cell_the_values_are_there_from_the_start()
    {
        var result = await RunAsync(new() { ["x"] = "41" }, "Console.Write(x + 1);");

        Assert.Equal("42", Assert.IsType<StreamOutput>(Assert.Single(result.Cells[0].Outputs)).Text);
    }

    [Fact]
    public async Task Values_that_the_kernel_refuses_fail_the_notebook_and_nothing_is_judged()
    {
        var result = await RunAsync(new() { ["day"] = "Someday" }, new TestCell("DayOfWeek day = DayOfWeek.Monday;") { Tags = ["parameters"] }, "1");

        Assert.Equal(Verdict.Failed, result.Verdict);
        Assert.Contains("The parameters could not be set", result.Message, StringComparison.Ordinal);
        Assert.Equal(Verdict.NotRun, result.Cells[1].Verdict);
    }

    private static string Code(string language, string declaration, string assignment) => NotebookParameters.Code(
        TestNotebook.Of(new TestCell(declaration) { Tags = ["parameters"] }), "lesson.ipynb", NotebookParameters.Read([assignment]), language);

    private Task<NotebookResult> RunAsync(Dictionary<string, string> values, params TestCell[] cells)
    {
        var path = folder.Write("lesson.ipynb", TestNotebook.Json(KernelSpecInstaller.KernelName, cells));
        return new NotebookRunner(new RunOptions { KernelSpecDirectories = [folder.File("jupyter")], Mode = ComparisonMode.Lax, Parameters = values })
            .RunAsync(path, cancellationToken: TestContext.Current.CancellationToken);
    }
}

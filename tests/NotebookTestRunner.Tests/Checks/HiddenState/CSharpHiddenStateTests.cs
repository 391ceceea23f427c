using NotebookTestRunner.Checks;
using NotebookTestRunner.Checks.HiddenState;
using static NotebookTestRunner.Tests.TestCell;

namespace NotebookTestRunner.Tests.Checks.HiddenState;

public sealed class CSharpHiddenStateTests : InspectionTest
{
    protected override INotebookCheck Check => new HiddenStateCheck();

    protected override string Kernel => ".net-csharp";

    [Fact]
    public async Task Names_that_are_defined_above_are_in_order() => Assert.Empty(await FindAsync(
        "#r \"nuget: Plotly.NET\"\nusing System.IO;\nvar data = new[] { 1, 2 };\nint Twice(int x) => 2 * x;\nrecord Digit(int Label);\nvar (a, b) = (1, 2);",
        Markdown("text"),
        "foreach (var item in data) { var doubled = Twice(item); Console.WriteLine($\"{doubled} {a + b}\"); }\nint.TryParse(\"3\", out var parsed);",
        "var digits = data.Select(label => new Digit(label)).Where(digit => digit.Label > parsed).ToList();\nfrom d in digits let l = d.Label where l > 1 select l",
        "digits.Count switch { 0 => \"none\", var many when many > 2 => $\"{many}\", _ => display(\"few\").ToString() }",
        "var person = new { name = \"x\", Age = nameof(digits) };\nnew Digit(Label: 3) is { Label: var label } ? label : 0"));

    [Fact]
    public async Task A_name_that_is_defined_only_below_is_found() => Assert.Equal(
        ["1: It uses total, which is defined only below, in cell 3: in a fresh kernel it fails. Move one of the two, or define total above."],
        await BriefAsync("Console.WriteLine(total);", Markdown("text"), "var total = 3;"));

    [Fact]
    public async Task A_method_or_type_below_is_only_a_warning_because_a_library_may_have_one_too() =>
        Assert.EndsWith(" (warning)", Assert.Single(await BriefAsync("Train(3);", "void Train(int epochs) { }")), StringComparison.Ordinal);

    [Fact]
    public async Task A_name_that_no_cell_defines_is_found() =>
        Assert.StartsWith("2: It uses model, which no cell defines", Assert.Single(await BriefAsync("var data = 1;", "model.Fit(data);")), StringComparison.Ordinal);

    [Theory]
    [InlineData("#load \"helpers.csx\"")]
    [InlineData("#!import helpers.dib")]
    [InlineData("using static System.Math;")]
    public async Task A_cell_that_brings_in_unseen_names_silences_that(string bringing) => Assert.Empty(await FindAsync(bringing, "model.Fit();"));

    [Fact]
    public async Task Commands_define_names_and_other_languages_use_none() => Assert.Empty(await FindAsync(
        "#!set --name threshold --value 3", "#!value --name table\na,b\n1,2", "#!html\n<b>undefinedName</b>\n#!csharp\nthreshold + table.Length", "#!javascript\nelement.innerText = 1"));

    [Fact]
    public async Task Skipped_cells_define_nothing_and_cells_that_must_raise_may_use_anything() => Assert.StartsWith(
        "2: It uses x", Assert.Single(await BriefAsync("// test: skip\nvar x = 1;", "x + 1", "// test: raises\nunknown + 1")), StringComparison.Ordinal);

    [Fact]
    public async Task Members_arguments_and_initialized_properties_are_no_names_of_cells() => Assert.Empty(await FindAsync(
        "var run = Mlflow.StartRun(runName: \"x\");\nrun.log?.metric();\nnew Options { rate = 1, Inner = { deep = 2 } };\nvar copy = run with { status = 1 };\nglobal::System.Console.Write(1);\ngoto end; end: ;"));

    [Fact]
    public async Task The_place_of_a_definition_counts_not_only_that_there_is_one()
    {
        Assert.Empty(await BriefAsync("var x = 1;", "x + 1", "var x = 2;"));
        Assert.Empty(await BriefAsync("int F(int n) => n < 2 ? 1 : F(n - 1);"));
        Assert.StartsWith("1: It uses x, which is defined only below, in cell 2", Assert.Single(await BriefAsync("x + 1", "var x = 1;", "x + 2")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Labels_tuples_and_extern_aliases_are_names_of_their_cell() =>
        Assert.Empty(await FindAsync("(int left, int right) pair = (1, 2);\nagain: if (pair.left > 1) goto again;"));

    [Theory]
    [InlineData("C#", "other", null, true)]
    [InlineData("csharp", "other", null, true)]
    [InlineData("script", ".net-csharp", null, true)]
    [InlineData("script", "other", ".net-csharp", true)]
    [InlineData("script", "other", null, false)]
    [InlineData("script", ".net-csharp", "other", false)]
    public async Task Cells_are_read_where_the_language_or_the_kernel_is_known(string language, string kernel, string? chosen, bool isRead)
    {
        var notebook = System.Text.Json.Nodes.JsonNode.Parse(TestNotebook.Json(kernel, "x + 1", "var x = 1;"))!;
        notebook["metadata"]!["kernelspec"]!["language"] = language;
        var findings = (await new NotebookRunner(new RunOptions { Checks = [Check], KernelName = chosen }).InspectAsync(Folder.Write("lesson.ipynb", notebook.ToJsonString()), Token)).Findings;

        Assert.Equal(isRead ? 1 : 0, findings.Count);
    }

    [Fact]
    public async Task Code_that_cannot_be_parsed_is_left_to_the_kernel() => Assert.NotNull(await FindAsync("var = ;; }} (", "\0", "#!"));
}

using NotebookTestRunner.Checks;
using NotebookTestRunner.Notebooks;
using static NotebookTestRunner.Tests.TestCell;

namespace NotebookTestRunner.Tests.Checks.Prose;

public sealed class ClaimUpdateTests : ProseTest
{
    [Theory]
    [InlineData("**97.8 %**<!-- claim: get x -->, truly", "93.14159", "**93.1 %**<!-- claim: get x -->, truly")]
    [InlineData("1<!-- claim: get x -->, 3<!-- claim: get x --> and 2<!-- claim: get x -->", "12", "12<!-- claim: get x -->, 12<!-- claim: get x --> and 12<!-- claim: get x -->")]
    [InlineData("60,000 images<!-- claim: get x -->", "1234567", "1,234,567 images<!-- claim: get x -->")]
    [InlineData("Six ticks<!-- claim: get x -->", "7", "Seven ticks<!-- claim: get x -->")]
    [InlineData("`a_b`<!-- claim: get x -->", "c_d", "`c_d`<!-- claim: get x -->")]
    [InlineData("![alt text](a/b.png)<!-- claim: get x -->", "c/d.png", "![alt text](c/d.png)<!-- claim: get x -->")]
    [InlineData("[Adam][1]<!-- claim: get x -->\n\n[1]: x.csv", "y.csv", "[Adam][1]<!-- claim: get x -->\n\n[1]: y.csv")]
    [InlineData("is \"Adam\"<!-- claim: get x -->.", "two words", "is \"two words\"<!-- claim: get x -->.")]
    [InlineData("Adam<!-- claim: get x --> wins\r\nat 1 % <!-- claim: let y -->", "Adagrad", null)]
    [InlineData("is Adam<!-- claim: get x --> wins\r\nat", "Adagrad", "is Adagrad<!-- claim: get x --> wins\r\nat")]
    public async Task An_update_rewrites_what_is_stale_in_its_own_form(string text, string value, string? expected)
    {
        var path = Save($"let x {value}", Markdown(text));
        var result = await RunAsync(Checked with { Update = true }, path, Token);

        Assert.Equal(expected ?? text, Notebook.Read(path).Cells[1].Source);
        if (expected is null) return;
        Assert.Equal((Verdict.Passed, true), (result.Verdict, result.Updated));
        Assert.All(result.Findings, finding => Assert.Equal(FindingSeverity.Warning, finding.Severity));
        Assert.Contains("+ ", result.Findings[0].Message);
        Assert.Empty(All(await RunAsync(Checked, path, Token)));
    }

    [Theory]
    [InlineData("Adam<!-- claim: get x -->", "ada_grad*")]
    [InlineData("Adam<!-- claim: get x -->", "two words")]
    [InlineData("**Adam**<!-- claim: get x -->", "a|b")]
    [InlineData("`Adam`<!-- claim: get x -->", "a`b")]
    [InlineData("[Adam](x.csv)<!-- claim: get x -->", "a (1).csv")]
    [InlineData("98<!-- claim: get x exactly -->", "97.5")]
    [InlineData("98<!-- claim: get x -->", "NaN")]
    [InlineData("5 s<!-- claim: get x -->", "5 ms")]
    public async Task What_cannot_be_rewritten_safely_stays_and_fails(string text, string value)
    {
        var path = Save($"let x {value}", Markdown(text));
        var before = await File.ReadAllTextAsync(path, Token);
        var result = await RunAsync(Checked with { Update = true }, path, Token);

        Assert.Equal((Verdict.Failed, false), (result.Verdict, result.Updated));
        Assert.Equal(before, await File.ReadAllTextAsync(path, Token));
    }

    [Fact]
    public async Task Without_an_update_the_file_stays()
    {
        var path = Save("let x 1", Markdown("2<!-- claim: get x -->"));
        var before = await File.ReadAllTextAsync(path, Token);
        await RunAsync(Checked, path, Token);

        Assert.Equal(before, await File.ReadAllTextAsync(path, Token));
    }

    [Fact]
    public async Task An_update_of_text_that_holds_changes_nothing()
    {
        var path = Save("let x 1", Markdown("1<!-- claim: get x -->"));
        await RunAsync(Checked with { Update = true }, path, Token);

        Assert.False((await RunAsync(Checked with { Update = true }, path, Token)).Updated);
    }
}

using System.Text.RegularExpressions;
using NotebookTestRunner.Execution;
using NotebookTestRunner.Settings;

namespace NotebookTestRunner.Tests;

/// <summary>What the README says can be written is understood.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "NotebookTestRunner.README.md")).ReplaceLineEndings("\n");

    public static TheoryData<string> Marks() => [.. Mark().Matches(Readme).Select(match => match.Groups["mark"].Value)];

    [Theory]
    [MemberData(nameof(Marks))]
    public void Marks_are_understood(string mark) =>
        Assert.Null(Record.Exception(() => CellDirectives.Read(TestNotebook.Of($"// test: {mark}\ncode").Cells[0])));

    [Fact]
    public void The_settings_are_understood()
    {
        var settings = OracleSettings.Read(SettingsReader.Parse(Regex.Match(Readme, "```yaml\n(.*?)```", RegexOptions.Singleline).Groups[1].Value, "README.md"));

        Assert.Equal(ComparisonMode.Strict, settings.Mode);
        Assert.Equal("<ticket>", settings.Defined.Single().Apply("ticket-12"));
        Assert.Equal(3, settings.Switches.Count);
    }

    // The first column of the table of marks.
    [GeneratedRegex(@"^\| `(?<mark>(?:skip|raises|ignore-output|check-output|tolerance|similarity|timeout|normalize|no-normalize|needs)\b[^`]*)` \|", RegexOptions.Multiline)]
    private static partial Regex Mark();
}

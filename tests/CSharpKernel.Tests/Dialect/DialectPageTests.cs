using System.Globalization;
using System.Text.RegularExpressions;

namespace CSharpKernel.Tests.Dialect;

/// <summary>Holds docs/dialect.md to the truth.</summary>
public sealed partial class DialectPageTests : IDisposable
{
    private static readonly Lazy<string[]> Lines = new(() => File.ReadAllLines(Find()));

    private readonly Notebook _notebook = new();

    [GeneratedRegex(@"^\| (?<item>.+?) \| (?<status>supported|better|refused) \| (?<remark>.*?) ?\| (?:`` (?<sample>.+) `` )? ?\|$")]
    private static partial Regex Row();

    public static TheoryData<string, string, string> Samples =>
        [.. Rows.Where(row => row.Sample.Length > 0).Select(row => new TheoryDataRow<string, string, string>(row.Item, row.Status, row.Sample))];

    private static List<(string Item, string Status, string Sample)> Rows =>
        [.. Lines.Value.Select(line => Row().Match(line)).Where(match => match.Success).Select(match => (match.Groups["item"].Value, match.Groups["status"].Value, match.Groups["sample"].Value))];

    public void Dispose() => _notebook.Dispose();

    [Fact]
    public void The_counts_are_those_of_the_table()
    {
        int Count(string status) => Rows.Count(row => row.Status == status);
        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"{Count("supported")} supported, {Count("better")} better, {Count("refused")} refused."),
            string.Join('\n', Lines.Value), StringComparison.Ordinal);
        Assert.Equal(Rows.Count, Lines.Value.Count(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| Item", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task A_sample_does_what_the_page_says(string item, string status, string sample)
    {
        var cell = await _notebook.RunAsync(sample.Replace("⏎", "\n", StringComparison.Ordinal), (prompt, _) => prompt);
        Assert.True(status == "refused" == cell.Outcome.Error is not null, $"{item}: {cell.Outcome.Error?.Value ?? "it ends well"}");
        Assert.Equal("", cell.Stderr);
    }

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "docs", "dialect.md")))
            folder = folder.Parent;
        return Path.Combine(folder?.FullName ?? throw new DirectoryNotFoundException("docs/dialect.md is above no folder of the tests."), "docs", "dialect.md");
    }
}

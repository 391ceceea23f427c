using System.Globalization;
using System.Text.RegularExpressions;

namespace CSharpKernel.Tests.Dialect;

/// <summary>Holds docs/dialect.md to the truth: each row has a sample with what it shows, or names the test that shows it.</summary>
public sealed partial class DialectPageTests : IDisposable
{
    private static readonly Lazy<string> Root = new(FindRoot);

    private static readonly Lazy<string[]> Lines = new(() => File.ReadAllLines(Path.Combine(Root.Value, "docs", "dialect.md")));

    private readonly Notebook _notebook = new();

    [GeneratedRegex(@"^\| (?<item>.+?) \| (?<status>supported|better|refused) \| (?<remark>.*?) ?\| (?:`` (?<sample>.+?) ``(?: → `` (?<shown>.+?) ``)?|test (?<test>\w+\.\w+)) \|$")]
    private static partial Regex Row();

    [GeneratedRegex(@"\e\[[0-9;]*m")]
    private static partial Regex Colour();

    public static TheoryData<string, string, string, string> Samples =>
        [.. Rows.Where(row => row.Sample.Length > 0).Select(row => new TheoryDataRow<string, string, string, string>(row.Item, row.Status, row.Sample, row.Shown))];

    public static TheoryData<string, string> Tests =>
        [.. Rows.Where(row => row.Test.Length > 0).Select(row => new TheoryDataRow<string, string>(row.Item, row.Test))];

    private static List<(string Item, string Status, string Sample, string Shown, string Test)> Rows =>
        [.. Lines.Value.Select(line => Row().Match(line)).Where(match => match.Success).Select(match => match.Groups)
            .Select(row => (row["item"].Value, row["status"].Value, row["sample"].Value, row["shown"].Value, row["test"].Value))];

    public void Dispose() => _notebook.Dispose();

    [Fact]
    public void The_counts_are_those_of_the_table()
    {
        int Count(string status) => Rows.Count(row => row.Status == status);
        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"{Count("supported")} supported, {Count("better")} better, {Count("refused")} refused."),
            string.Join('\n', Lines.Value), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_row_has_a_sample_or_a_test() =>
        Assert.DoesNotContain(Lines.Value, line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| Item", StringComparison.Ordinal) && !Row().IsMatch(line));

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task A_sample_shows_what_the_page_says(string item, string status, string sample, string shown)
    {
        var cell = await _notebook.RunAsync(sample.Replace("⏎", "\n", StringComparison.Ordinal), (prompt, _) => prompt);
        Assert.True(status == "refused" == cell.Outcome.Error is not null, $"{item}: {cell.Outcome.Error?.Value ?? "it ends well"}");
        // A refusal says what to do instead, and the page the words.
        Assert.True(status != "refused" || shown.Length > 0, $"{item}: the page does not say what the refusal says.");
        var actual = cell.Outcome.Error is null ? Show(cell) : Colour().Replace(cell.Traceback, "").Replace("\n", "⏎", StringComparison.Ordinal);
        Assert.True(Fits(shown, actual), $"{item}: it shows\n{actual}");
        Assert.Equal("", cell.Stderr);
    }

    [Theory]
    [MemberData(nameof(Tests))]
    public void A_test_that_the_page_names_exists(string item, string test)
    {
        var (type, method) = test.Split('.') is [var first, var second] ? (first, second) : throw new InvalidOperationException(test);
        Assert.True(
            Directory.EnumerateFiles(Path.Combine(Root.Value, "tests"), type + ".cs", SearchOption.AllDirectories).Any(file => File.ReadAllText(file).Contains($" {method}(", StringComparison.Ordinal)),
            $"{item}: there is no test {test}.");
    }

    // What was printed and shown, in its order: of each display the plain text.
    private static string Show(Output cell) => string.Join("⏎", cell.Shown
        .Where(each => each.Kind is "stdout" or "result" or "display" or "update")
        .Select(each => (each.Data?["text/plain"]?.ToString() ?? each.Data?.FirstOrDefault().Value?.ToString() ?? each.Name).TrimEnd('\n').Replace("\n", "⏎", StringComparison.Ordinal)));

    private static bool Fits(string shown, string actual) =>
        Regex.IsMatch(actual, "^" + string.Join(".*", shown.Split('…').Select(Regex.Escape)) + "$", RegexOptions.CultureInvariant);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "docs", "dialect.md")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("docs/dialect.md is above no folder of the tests.");
    }
}

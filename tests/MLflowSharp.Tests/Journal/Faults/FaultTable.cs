using System.Globalization;
using System.Text;

namespace MLflowSharp.Tests.Journal.Faults;

/// <summary>
/// The table of faults, as Markdown. With the environment variable <c>UPDATE_FAULT_TABLE=1</c> it is written into its part of <c>docs/faults.md</c>.
/// </summary>
/// <param name="block">Which part of the page is this table's.</param>
public sealed class FaultTable(string block)
{
    private readonly List<(string Fault, Outcome? Outcome)> _rows = [];

    /// <summary>The rows where a value is missing, doubled, or was not told of.</summary>
    public IEnumerable<string> Wrong => _rows.Where(row => row.Outcome is { IsRight: false }).Select(row => $"{row.Fault}: {row.Outcome}");

    /// <summary>Adds a row.</summary>
    /// <param name="fault">What went wrong.</param>
    /// <param name="outcome">What became of it; null when it could not be tried here.</param>
    public void Add(string fault, Outcome? outcome) => _rows.Add((fault, outcome));

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder("| Fault | Values logged | Found | Duplicates | Told instead |\n|---|---:|---:|---:|---:|\n");
        foreach (var (fault, outcome) in _rows)
        {
            text.Append(outcome is null
                ? $"| {fault} | needs an administrator of Linux | | | |\n"
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {fault}{(outcome.Note.Length > 0 ? $" ({outcome.Note})" : "")} | {outcome.Logged:N0} | {outcome.Found:N0} | {outcome.Duplicates:N0} | {outcome.Told:N0} |\n"));
        }

        return text.ToString();
    }

    /// <summary>Prints the table, writes it where that is asked for, and fails when a value was lost or doubled.</summary>
    public void Conclude(ITestOutputHelper output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.WriteLine(ToString());
        Assert.Empty(Wrong);
        if (Environment.GetEnvironmentVariable("UPDATE_FAULT_TABLE") == "1")
            new PageBlock("faults", block).Write(ToString());
    }
}

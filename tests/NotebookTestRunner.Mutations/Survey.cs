using System.Globalization;
using System.Text;

namespace NotebookTestRunner.Mutations;

/// <summary>Writes what became of the faults, as Markdown.</summary>
internal static class Survey
{
    public static string Write(Subject subject, IReadOnlyList<Mutant> mutants, IReadOnlyDictionary<Mutant, Outcome> outcomes)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"| {subject.Assembly} | Faults | Noticed | Survived | Not reached | |\n|---|---:|---:|---:|---:|---:|\n");
        foreach (var folder in mutants.GroupBy(mutant => mutant.File.Contains('/') ? mutant.File[..mutant.File.LastIndexOf('/')] : ".").OrderBy(group => group.Key, StringComparer.Ordinal))
            Line(folder.Key, [.. folder]);
        Line("**all**", mutants);
        text.Append('\n');
        foreach (var mutant in mutants.Where(mutant => outcomes[mutant] != Outcome.Noticed))
            text.Append(CultureInfo.InvariantCulture, $"- {(outcomes[mutant] == Outcome.Survived ? "survived" : "not reached")}: {mutant}\n");
        return text.ToString();

        void Line(string name, IReadOnlyList<Mutant> some)
        {
            var noticed = Count(Outcome.Noticed);
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {some.Count} | {noticed} | {Count(Outcome.Survived)} | {Count(Outcome.NotReached)} | {100.0 * noticed / Math.Max(1, some.Count):0} % |\n");

            int Count(Outcome outcome) => some.Count(mutant => outcomes[mutant] == outcome);
        }
    }
}

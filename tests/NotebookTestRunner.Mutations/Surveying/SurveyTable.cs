using System.Globalization;
using System.Text;
using NotebookTestRunner.Mutations.Seeding;

namespace NotebookTestRunner.Mutations.Surveying;

/// <summary>Writes what became of the faults, as Markdown.</summary>
internal static class SurveyTable
{
    /// <summary>A line for each folder, and one for all.</summary>
    /// <param name="surveys">What became of each project's faults.</param>
    /// <param name="equivalent">The faults that change nothing.</param>
    public static string Write(IReadOnlyList<(Subject Subject, IReadOnlyList<Finding> Findings)> surveys, IReadOnlySet<FaultPlace> equivalent)
    {
        var text = new StringBuilder("| | Faults | Noticed | of these by time-out | Survived | Not reached | Equivalent | Not tried | Noticed of those tried |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|\n");
        foreach (var (subject, findings) in surveys)
            foreach (var folder in findings.GroupBy(finding => finding.Place.Folder).OrderBy(group => group.Key, StringComparer.Ordinal))
                Line($"`{subject.Assembly}{(folder.Key == "." ? "" : "/" + folder.Key)}`", [.. folder]);
        Line("**All**", [.. surveys.SelectMany(survey => survey.Findings)]);
        return text.ToString();

        void Line(string name, IReadOnlyList<Finding> some)
        {
            var noticed = some.Count(finding => finding.IsNoticed);
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {some.Count} | {noticed} | {Count(Outcome.TimedOut)} | {Count(Outcome.Survived)} | {Count(Outcome.NotReached)} | {some.Count(finding => !finding.IsNoticed && equivalent.Contains(finding.Place))} | {Count(Outcome.NotTried)} | {Share(noticed, some.Count - Count(Outcome.NotTried))} |\n");

            int Count(Outcome outcome) => some.Count(finding => finding.Outcome == outcome && !(outcome is Outcome.Survived or Outcome.NotReached && equivalent.Contains(finding.Place)));
        }
    }

    /// <summary>How many faults were tried in code that is still the same, in a sentence that names the folders of the others.</summary>
    /// <param name="surveys">What became of each project's faults.</param>
    /// <param name="code">A hash of a project's source file as it is.</param>
    public static string Tried(IReadOnlyList<(Subject Subject, IReadOnlyList<Finding> Findings)> surveys, Func<Subject, string, string> code)
    {
        var all = surveys.SelectMany(survey => survey.Findings.GroupBy(finding => finding.Place.File)
            .Select(file => (survey.Subject, Folder: file.First().Place.Folder, Count: file.Count(), Known: code(survey.Subject, file.Key) is var now ? file.Count(finding => finding.Outcome != Outcome.NotTried && finding.Code == now) : 0))).ToList();
        var (known, count) = (all.Sum(file => file.Known), all.Sum(file => file.Count));
        var rest = all.Where(file => file.Known < file.Count).Select(file => $"`{file.Subject.Assembly}{(file.Folder == "." ? "" : "/" + file.Folder)}`").Distinct().ToList();
        return rest.Count == 0
            ? string.Create(CultureInfo.InvariantCulture, $"All {count} were tried in the code as it is.")
            : string.Create(CultureInfo.InvariantCulture, $"Tried in the code as it is were {known} of {count}; of the others, in {string.Join(", ", rest)}, stands what was found before their files changed.");
    }

    /// <summary>All that no test noticed, with the reason of those that change nothing.</summary>
    /// <param name="subject">The project.</param>
    /// <param name="found">Its faults and what became of them.</param>
    /// <param name="equivalents">The faults that change nothing, with the reasons.</param>
    public static string Misses(Subject subject, IReadOnlyList<(Mutant Mutant, Finding Finding)> found, IReadOnlyDictionary<FaultPlace, string> equivalents)
    {
        var text = new StringBuilder();
        foreach (var (mutant, finding) in found)
        {
            var reason = equivalents.GetValueOrDefault(finding.Place);
            var outcome = (finding.Outcome, reason) switch
            {
                (_, not null) when finding.IsNoticed => $"said to change nothing ({reason}), but {finding.Test} notices it: take it off the list",
                (_, not null) => $"changes nothing ({reason})",
                (Outcome.Survived, _) => "survived",
                (Outcome.NotReached, _) => "not reached",
                _ => null,
            };
            if (outcome is not null) text.Append(CultureInfo.InvariantCulture, $"- {outcome}: {subject.Folder}/{mutant}\n");
        }

        return text.ToString();
    }

    // Rounded down: 89.96 % is not 90 %.
    private static string Share(int part, int all) => all == 0 ? "–" : string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(1000.0 * part / all) / 10:0.0} %");
}

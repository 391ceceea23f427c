using System.Text.RegularExpressions;
using NotebookTestRunner.Checks;
using NotebookTestRunner.Checks.HiddenState;

namespace NotebookTestRunner.Audits.Sections;

/// <summary>Says which cells of a section come out otherwise than in the whole notebook, and which cells above may be why.</summary>
internal static partial class SectionFault
{
    private const int MostFiles = 3;

    // Everybody prints.
    private static readonly HashSet<string> Harmless = ["Console"];

    /// <summary>Compares a section's run with that of the whole notebook.</summary>
    public static IEnumerable<Finding> Find(SectionResult section, NotebookResult whole, NotebookResult alone, SectionNeeds needs, CellEffects effects)
    {
        HashSet<string> told = [];
        foreach (var (before, now) in whole.Cells.Zip(alone.Cells).Where(pair => section.Cells.Contains(pair.First.Number)))
        {
            // What fails for want of a cell that is executed before fails in the same words.
            if (before.Verdict == Verdict.Passed && now.Verdict == Verdict.Failed && told.Add(now.Message ?? ""))
                yield return new(SectionsAudit.Name, now.Number, Describe(section, now, needs, effects));
            else if (before.Verdict == Verdict.Failed && now.Verdict == Verdict.Passed)
                yield return new(SectionsAudit.Name, now.Number, $"It passes when its section, \"{section.Title}\", is run by itself {After(section)}: a cell above that it does not name changes what it shows.", FindingSeverity.Warning);
        }
    }

    private static string Describe(SectionResult section, CellResult cell, SectionNeeds needs, CellEffects effects)
    {
        var message = cell.Message ?? "";
        var leftOut = needs.Names.Where(names => names.Number < section.Cells[0] && !section.Needs.Contains(names.Number)).ToList();
        var used = needs.Names.Where(names => section.Cells.Contains(names.Number) || section.Needs.Contains(names.Number)).SelectMany(names => names.Uses.Concat(names.UsesLater)).ToHashSet();
        // Further down are the code and the stack.
        var missing = Quoted().Matches(string.Join('\n', message.Split('\n').Take(2))).Select(match => match.Groups["name"].Value).Distinct()
            .Where(name => section.Cells.Concat(section.Needs).Any(number => needs.Mentions(number, name))).ToList();
        var hints = leftOut
            .Select(names => (Cell: names.Number, Why: string.Join(" and ", Suspicions(names, used, missing, message, effects.Of(names.Number), needs))))
            .Where(hint => hint.Why.Length > 0).Select(hint => $"\n  cell {hint.Cell} {hint.Why}").ToList();
        return $"It passes in the whole notebook, and fails when its section, \"{section.Title}\", is run by itself {After(section)}:\n{message.TrimEnd()}\n"
            + (hints.Count > 0 ? $"Cells above that were left out, and whose effects it may miss:{string.Concat(hints)}\n" : $"Left out {(leftOut.Count == 1 ? "was cell" : "were cells")} {List(leftOut.Select(names => names.Number))}.\n")
            + "Do in the section what it needs, or say in a code cell of it, or as a tag of its heading: \"test: needs section HEADING\", or \"test: needs above\".";
    }

    private static IEnumerable<string> Suspicions(CellNames cell, HashSet<string> used, List<string> missing, string message, IReadOnlyList<string> files, SectionNeeds needs)
    {
        if (files.Count > 0)
        {
            // First what the message is about.
            var shown = files.OrderByDescending(file => message.Contains(Path.GetFileName(file), StringComparison.Ordinal)).Take(MostFiles);
            yield return $"wrote {string.Join(", ", shown)}{(files.Count > MostFiles ? $" and {files.Count - MostFiles} more" : "")}";
        }
        if (missing.Where(name => cell.Defines.Contains(name) || needs.Mentions(cell.Number, name)).ToList() is { Count: > 0 } named) yield return $"has {string.Join(", ", named)}";
        var changed = cell.Changes.Where(name => used.Contains(name) && !Harmless.Contains(name) && !missing.Contains(name)).Order(StringComparer.Ordinal).ToList();
        if (changed.Count > 0) yield return $"does something to {string.Join(", ", changed)}, which the section uses";
        var shared = cell.Uses.Where(name => used.Contains(name) && !changed.Contains(name) && needs.Names.Any(other => other.Defines.Contains(name))).Order(StringComparer.Ordinal).ToList();
        if (shared.Count > 0) yield return $"uses {string.Join(", ", shared)}, as the section does";
    }

    private static string After(SectionResult section) => section.Needs.Count == 0 ? "on a fresh kernel" : $"on a fresh kernel, after {(section.Needs.Count == 1 ? "cell" : "cells")} {List(section.Needs)} that it needs";

    private static string List(IEnumerable<int> numbers) => numbers.ToList() switch
    {
        [.. var first, var last] when first.Count > 0 => $"{string.Join(", ", first)} and {last}",
        var all => string.Join(", ", all),
    };

    // Names as compilers and interpreters put them into messages: 'name', "name", `name`.
    [GeneratedRegex(@"(?<=['""`])(?<name>[\p{L}_]\w*)(?=['""`])")]
    private static partial Regex Quoted();
}

using NotebookTestRunner.Comparison;

namespace NotebookTestRunner.Execution;

/// <summary>Finds what a cell says about its comparison without need: each mark makes the test weaker, so one that is not needed should go.</summary>
internal static class UnusedMarks
{
    /// <summary>Names the marks without which the cell would pass as well.</summary>
    /// <param name="plan">The cell, which passes as it is.</param>
    /// <param name="agrees">Whether its outputs agree when compared so.</param>
    public static IEnumerable<string> Find(CellPlan plan, Func<ComparisonOptions, bool> agrees)
    {
        var (marks, used, unmarked) = (plan.Directives, plan.Oracle.Comparison, plan.Oracle.Unmarked);
        if (marks.IgnoreOutput && agrees(used)) yield return Needless("ignore-output", "output", "the outputs agree");
        if (marks.IgnoreOutput) yield break;
        if (marks.Tolerance is { } tolerance && agrees(used with { Tolerance = unmarked.Tolerance })) yield return Needless($"tolerance {tolerance}", "tolerance", "the numbers agree without it");
        if (marks.Similarity is not null && agrees(used with { Similarity = unmarked.Similarity })) yield return Needless("similarity", "similarity", "the pictures agree without it");
        foreach (var name in marks.Normalize)
        {
            var without = plan.Oracle.Catalogue.Where(normalizer => (normalizer.Name == name ? unmarked : used).Normalizers.Contains(normalizer)).ToList();
            if (agrees(used with { Normalizers = without })) yield return Needless($"normalize {name}", $"normalizer {name}", "the outputs agree without it");
        }

        string Needless(string mark, string subject, string why) => $"the mark \"{mark}\" ({marks.PlaceOf(subject)}) is not needed: {why}; take it out";
    }
}

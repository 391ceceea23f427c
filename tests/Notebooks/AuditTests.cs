using NotebookTestRunner;
using NotebookTestRunner.Checks;

namespace Notebooks;

/// <summary>Each lesson's file is fit to be published: of one clean run, without paths and secrets, its links lead somewhere, its names are defined above.</summary>
public sealed class AuditTests
{
    public static TheoryData<string> Names() => [.. Lessons.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Audit(string notebook)
    {
        var options = Lessons.OptionsFor(notebook) with { Checks = NotebookChecks.Audits };
        var result = await new NotebookRunner(options).InspectAsync(Lessons.PathOf(notebook), TestContext.Current.CancellationToken);

        Assert.True(result.Findings.Count == 0, string.Join('\n', result.Findings.Select(finding => $"cell {finding.CellNumber} {finding}")));
    }
}

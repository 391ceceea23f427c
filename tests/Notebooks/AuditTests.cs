using NotebookTestRunner;
using NotebookTestRunner.Checks;
using NotebookTestRunner.Exercises;
using NotebookTestRunner.Notebooks;

namespace Notebooks;

/// <summary>Each lesson's file is fit to be published: of one clean run, without paths and secrets, its links lead somewhere, its names are defined above.</summary>
public sealed class AuditTests
{
    public static TheoryData<string> Names() => [.. Lessons.Names];

    /// <summary>Mended by <c>dotnet tutorial.cs run NAME --update</c>, which runs the source and makes the lesson from it.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public async Task Readers_get_what_the_source_makes(string notebook)
    {
        var source = await Notebook.ReadAsync(Lessons.PathOf(notebook), TestContext.Current.CancellationToken);

        Assert.Equal(ExerciseNotebook.ForReaders(source).ToJson(), await File.ReadAllTextAsync(Lessons.ReadersPathOf(notebook), TestContext.Current.CancellationToken));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Audit(string notebook)
    {
        var options = Lessons.OptionsFor(notebook) with { Checks = NotebookChecks.Audits };
        var result = await new NotebookRunner(options).InspectAsync(Lessons.ReadersPathOf(notebook), TestContext.Current.CancellationToken);

        Assert.True(result.Findings.Count == 0, string.Join('\n', result.Findings.Select(finding => $"cell {finding.CellNumber} {finding}")));
    }
}

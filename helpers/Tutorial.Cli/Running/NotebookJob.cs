using NotebookTestRunner;

namespace Tutorial.Cli.Running;

/// <summary>Notebooks to run, and how.</summary>
internal sealed record NotebookJob
{
    /// <summary>Full paths, in the order to run.</summary>
    public required IReadOnlyList<string> Notebooks { get; init; }

    /// <summary>Prepares a notebook's run and says how it is done. Called right before it.</summary>
    public required Func<string, RunOptions> OptionsFor { get; init; }

    /// <summary>Where the reports go: a full path.</summary>
    public required string ReportFolder { get; init; }

    /// <summary>The title of the HTML report.</summary>
    public string Title { get; init; } = "Notebook report";
}

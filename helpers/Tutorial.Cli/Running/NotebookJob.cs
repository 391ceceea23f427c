using NotebookTestRunner;
using NotebookTestRunner.Series;
using Spectre.Console;
using Tutorial.Cli.Reporting;

namespace Tutorial.Cli.Running;

/// <summary>Notebooks to run, and how.</summary>
internal sealed record NotebookJob
{
    /// <summary>Full paths, in the order to run.</summary>
    public required IReadOnlyList<string> Notebooks { get; init; }

    /// <summary>How they are run. What prepares a notebook may throw a <see cref="Faults.CliException"/>.</summary>
    public required SeriesOptions Series { get; init; }

    /// <summary>How long all of them together may take; null for no limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Where the reports go.</summary>
    public required ReportFiles Reports { get; init; }

    /// <summary>The files into which it is written which lines of libraries the notebooks run.</summary>
    public IReadOnlyList<string> Coverage { get; init; } = [];

    /// <summary>Writes the table at the end.</summary>
    public Action<IAnsiConsole, IReadOnlyList<NotebookResult>> Table { get; init; } = ResultTable.Write;

    /// <summary>Whether only selected cells are judged, so that there must be some.</summary>
    public bool IsSelection { get; init; }

    /// <summary>Whether failures are also printed as GitHub's annotations, and summed up on its page of the workflow.</summary>
    public bool GitHub { get; init; }
}

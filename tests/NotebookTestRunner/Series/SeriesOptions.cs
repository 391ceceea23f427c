using NotebookTestRunner.Audits;
using NotebookTestRunner.Audits.Sections;
using NotebookTestRunner.Caching;

namespace NotebookTestRunner.Series;

/// <summary>How several notebooks are run.</summary>
public sealed record SeriesOptions
{
    /// <summary>
    /// Prepares the run of a notebook, given its full path, and says how it is done. Called once for each notebook before its kernel starts,
    /// never for two at the same time; a <see cref="NotebookRunException"/> keeps that notebook alone from being run.
    /// </summary>
    public Func<string, RunOptions> OptionsFor { get; init; } = _ => new RunOptions();

    /// <summary>How many notebooks run at the same time; 1 by default.</summary>
    public int Parallel { get; init; } = 1;

    /// <summary>
    /// How many kernels are started ahead for the notebooks that come next, while others run; by default one. Each has the working directory and
    /// the environment of its notebook, so a kernel started ahead is as good as a new one. 0 starts each kernel when its notebook's turn comes.
    /// </summary>
    public int WarmKernels { get; init; } = 1;

    /// <summary>Whether each notebook is run twice, and compared with itself instead of what is stored (<see cref="DeterminismAudit"/>). False by default.</summary>
    public bool Twice { get; init; }

    /// <summary>
    /// Whether each section of a notebook is also run by itself (<see cref="SectionsAudit"/>); <see cref="OptionsFor"/> is then called before each of
    /// them too. False by default; not together with <see cref="Twice"/>, which goes first.
    /// </summary>
    public bool Sections { get; init; }

    /// <summary>
    /// Remembers which notebooks passed: those of which nothing has changed since are not run again, and their results say so. Null, the default: all
    /// are run. Runs that update, inspect, run twice, run sections or select cells neither ask nor fill it.
    /// </summary>
    public ResultCache? Cache { get; init; }

    /// <summary>Whether nothing is executed: notebooks are only inspected (<see cref="NotebookRunner.InspectAsync"/>). False by default.</summary>
    public bool InspectOnly { get; init; }
}

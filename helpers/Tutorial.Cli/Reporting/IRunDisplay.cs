using NotebookTestRunner;
using NotebookTestRunner.Events;

namespace Tutorial.Cli.Reporting;

/// <summary>Shows a run while it goes on. Events of a notebook come between its start and its finish.</summary>
internal interface IRunDisplay : IProgress<RunEvent>
{
    /// <summary>Shows what happens while something runs.</summary>
    Task WhileAsync(Func<Task> work);

    /// <summary>A notebook is next.</summary>
    /// <param name="notebook">Its path.</param>
    /// <param name="number">Its place in the run, from 1.</param>
    /// <param name="count">How many notebooks there are.</param>
    void Start(string notebook, int number, int count);

    /// <summary>A notebook is done.</summary>
    void Finish(NotebookResult result);

    /// <summary>The run was asked to stop.</summary>
    void Stopping();
}

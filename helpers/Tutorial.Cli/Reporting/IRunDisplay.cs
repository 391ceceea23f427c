using NotebookTestRunner.Events;

namespace Tutorial.Cli.Reporting;

/// <summary>Shows a run while it goes on. It is told one step at a time; the steps of notebooks that run together alternate.</summary>
internal interface IRunDisplay : IProgress<RunEvent>
{
    /// <summary>Shows what happens while something runs.</summary>
    Task WhileAsync(Func<Task> work);

    /// <summary>The run was asked to stop.</summary>
    void Stopping();
}

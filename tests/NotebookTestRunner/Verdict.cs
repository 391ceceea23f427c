namespace NotebookTestRunner;

/// <summary>How a code cell, or a whole notebook, came out.</summary>
public enum Verdict
{
    /// <summary>Executed, and the outputs are as stored (or were not to be compared).</summary>
    Passed,

    /// <summary>Raised an error, ran past its time limit, took the kernel down, or showed something else than what is stored.</summary>
    Failed,

    /// <summary>Not executed because the notebook says so (tag <c>skip-execution</c> or alike).</summary>
    Skipped,

    /// <summary>Not executed because something before it failed, or because the run was stopped.</summary>
    NotRun,
}

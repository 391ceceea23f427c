namespace NotebookTestRunner.Mutations.Running;

/// <summary>How a test ended.</summary>
internal enum TestEnd
{
    /// <summary>It passed, or was skipped.</summary>
    Passed,

    /// <summary>It failed, or took its process down.</summary>
    Failed,

    /// <summary>It did not end in its time.</summary>
    TimedOut,
}

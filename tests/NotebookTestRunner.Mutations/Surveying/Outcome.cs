namespace NotebookTestRunner.Mutations.Surveying;

/// <summary>What became of a fault.</summary>
internal enum Outcome
{
    /// <summary>A test failed.</summary>
    Noticed,

    /// <summary>A test that otherwise ends did not end in its time.</summary>
    TimedOut,

    /// <summary>Tests reach its place, and all that were run passed.</summary>
    Survived,

    /// <summary>No test reaches its place.</summary>
    NotReached,

    /// <summary>The survey was ended before its turn came.</summary>
    NotTried,
}

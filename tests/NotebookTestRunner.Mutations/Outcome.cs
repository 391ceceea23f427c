namespace NotebookTestRunner.Mutations;

/// <summary>What became of a fault.</summary>
internal enum Outcome
{
    /// <summary>A test failed, or did not end.</summary>
    Noticed,

    /// <summary>Tests reach its place, and all passed.</summary>
    Survived,

    /// <summary>No test reaches its place.</summary>
    NotReached,
}

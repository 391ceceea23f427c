namespace NotebookTestRunner.Tests.Execution;

/// <summary>Tests that change what belongs to the whole process run while no other test does.</summary>
[CollectionDefinition(nameof(InProcess), DisableParallelization = true)]
public sealed class InProcess;

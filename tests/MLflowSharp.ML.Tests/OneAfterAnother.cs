namespace MLflowSharp.ML.Tests;

/// <summary>Automatic logging belongs to the process: its tests run one after another.</summary>
[CollectionDefinition(nameof(OneAfterAnother), DisableParallelization = true)]
public sealed class OneAfterAnother;

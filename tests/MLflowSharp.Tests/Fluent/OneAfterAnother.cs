namespace MLflowSharp.Tests.Fluent;

/// <summary>Tracking URI and experiment belong to the process: tests of the fluent functions run one after another.</summary>
[CollectionDefinition(nameof(OneAfterAnother), DisableParallelization = true)]
public sealed class OneAfterAnother;

namespace MLflowSharp.TorchSharp.Tests.Autologging;

/// <summary>Automatic logging belongs to the process: its tests run one after another, and no other training beside them.</summary>
[CollectionDefinition(nameof(OneAfterAnother), DisableParallelization = true)]
public sealed class OneAfterAnother;

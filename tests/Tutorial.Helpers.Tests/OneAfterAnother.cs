namespace Tutorial.Helpers.Tests;

/// <summary>The tracking URI belongs to the process: tests that set or read it run one after another.</summary>
[CollectionDefinition(nameof(OneAfterAnother))]
public sealed class OneAfterAnother;

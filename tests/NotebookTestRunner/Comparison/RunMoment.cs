namespace NotebookTestRunner.Comparison;

/// <summary>When outputs were made: what a run can have measured follows from it.</summary>
/// <param name="Start">When the run of the notebook began.</param>
/// <param name="Elapsed">How long it had been running.</param>
internal readonly record struct RunMoment(DateTimeOffset Start, TimeSpan Elapsed);

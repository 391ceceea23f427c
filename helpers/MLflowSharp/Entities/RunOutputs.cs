namespace MLflowSharp;

/// <summary>What a run made.</summary>
/// <param name="ModelOutputs">Logged models; empty in stores of MLflow 2.</param>
public sealed record RunOutputs(IReadOnlyList<LoggedModelOutput> ModelOutputs);

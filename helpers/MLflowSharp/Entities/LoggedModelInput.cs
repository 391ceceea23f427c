namespace MLflowSharp;

/// <summary>A run's use of a logged model.</summary>
/// <param name="ModelId">Identifier of the model, <c>m-…</c>.</param>
public sealed record LoggedModelInput(string ModelId);

namespace MLflowSharp;

/// <summary>A logged model that a run made.</summary>
/// <param name="ModelId">Identifier of the model, <c>m-…</c>.</param>
/// <param name="Step">The training step at which it was made.</param>
public sealed record LoggedModelOutput(string ModelId, long Step);

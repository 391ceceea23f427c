using MLflowSharp.Server.Scoring.Reading;

namespace MLflowSharp.Server.Scoring.Serving;

/// <summary>A model with what reads its requests.</summary>
/// <param name="Model">The model.</param>
/// <param name="Version">The registered version it is; empty for a model that is none.</param>
internal sealed record ServedModel(LoadedModel Model, string Version)
{
    /// <summary>Reads what it takes.</summary>
    public InvocationReader Reader { get; } = new(Model.Signature?.Described ?? []);
}

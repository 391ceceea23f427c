using System.Text.Json.Nodes;

namespace MLflowSharp.Server.Scoring.Reading;

/// <summary>What a request asks to be scored.</summary>
/// <param name="Data">The data.</param>
/// <param name="IsFrame">Whether they came as a table, which MLflow answers with one.</param>
/// <param name="Params">The settings beside the data; null for none.</param>
internal sealed record Invocation(ModelData Data, bool IsFrame, JsonObject? Params = null);

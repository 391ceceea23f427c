using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using MLflowSharp.Server.Scoring;
using MLflowSharp.Server.Scoring.Reading;

namespace MLflowSharp.Server;

/// <summary>The requests and answers of MLflow's scoring server, without a server.</summary>
public static class ScoringProtocol
{
    /// <summary>Scores what a request holds.</summary>
    /// <param name="model">The model.</param>
    /// <param name="request">A request's body: JSON with <c>inputs</c>, <c>instances</c>, <c>dataframe_split</c> or <c>dataframe_records</c>, or CSV.</param>
    /// <param name="isCsv">Whether it is CSV.</param>
    /// <returns>JSON, <c>{"predictions": …}</c>; what is not a number is written as Python does, <c>NaN</c>.</returns>
    /// <exception cref="MlflowException">BAD_REQUEST when it cannot be read; INVALID_PARAMETER_VALUE when it does not fit the model.</exception>
    public static string Predict(LoadedModel model, ReadOnlySpan<byte> request, bool isCsv = false)
    {
        ArgumentNullException.ThrowIfNull(model);
        var reader = new InvocationReader(model.Signature?.Described ?? []);
        var invocation = isCsv ? reader.ReadCsv(request) : reader.ReadJson(request);
        var json = new ArrayBufferWriter<byte>();
        PredictionWriter.Write(json, model.Predict(invocation.Data, Settings(invocation.Params)), invocation.IsFrame && GivesRecords(model));
        return Encoding.UTF8.GetString(json.WrittenSpan);
    }

    /// <summary>Whether a model answers a table with a table: it takes columns, or says nothing of what it takes.</summary>
    internal static bool GivesRecords(LoadedModel model) => model.Signature is not { TakesTensors: true };

    /// <summary>Settings as a model takes them; null for none.</summary>
    internal static Dictionary<string, object?>? Settings(JsonObject? parameters) => parameters?.ToDictionary(parameter => parameter.Key, parameter => (object?)parameter.Value);
}

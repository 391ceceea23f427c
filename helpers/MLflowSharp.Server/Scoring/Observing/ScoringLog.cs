using MLflowSharp.Server.Observing;
using MLflowSharp.Server.Scoring.Serving;

namespace MLflowSharp.Server.Scoring.Observing;

/// <summary>Tells what happens in lines of JSON.</summary>
/// <param name="write">Takes a line; null to tell nobody.</param>
/// <param name="time">The clock.</param>
internal sealed class ScoringLog(Action<string>? write, TimeProvider time)
{
    private readonly JsonLines _lines = new(write, time);

    /// <summary>A request is answered.</summary>
    public void Request(RestRequest request, int status, int rows, TimeSpan duration, string? error) => _lines.Request(request, status, duration, json =>
    {
        json.WriteNumber("rows"u8, rows);
        if (error is not null)
            json.WriteString("error"u8, error);
    });

    /// <summary>A model is served from now on.</summary>
    /// <param name="what">What happened, such as <c>loaded</c>.</param>
    /// <param name="served">The model.</param>
    public void Model(string what, ServedModel served) => _lines.Write("info", what, json =>
    {
        json.WriteString("model"u8, served.Model.Uri);
        json.WriteString("version"u8, served.Version);
        json.WriteString("flavor"u8, served.Model.Flavor);
    });

    /// <summary>Something went wrong that no client is told of.</summary>
    public void Fault(string message) => _lines.Fault(message);
}

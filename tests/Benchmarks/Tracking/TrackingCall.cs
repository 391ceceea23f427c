using System.Text;
using System.Text.Json.Nodes;

namespace Benchmarks;

/// <summary>One call of a tracking server.</summary>
/// <param name="Path">Its path, with the query.</param>
/// <param name="Body">What is posted; null for a call that only gets.</param>
/// <param name="Expected">What the answer has to be like; default: any with success.</param>
internal sealed record TrackingCall(string Path, JsonObject? Body = null, Func<JsonNode, bool>? Expected = null)
{
    /// <summary>The request. Its body has its length: MLflow's server takes one that comes in chunks for empty.</summary>
    public HttpRequestMessage ToMessage() => new(Body is null ? HttpMethod.Get : HttpMethod.Post, new Uri(Path, UriKind.Relative))
    {
        Content = Body is null ? null : new StringContent(Body.ToJsonString(), Encoding.UTF8, "application/json"),
    };

    /// <summary>Reads an answer.</summary>
    /// <exception cref="HttpRequestException">It is no success.</exception>
    /// <exception cref="InvalidOperationException">It is not as expected.</exception>
    public JsonNode Check(HttpResponseMessage answer, byte[] body)
    {
        if (!answer.IsSuccessStatusCode)
            throw new HttpRequestException($"{Path} was answered {(int)answer.StatusCode}: {Encoding.UTF8.GetString(body)}");
        var json = JsonNode.Parse(body)!;
        return Expected?.Invoke(json) != false ? json : throw new InvalidOperationException($"{Path} was answered otherwise than the database would have it.");
    }
}

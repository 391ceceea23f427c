using System.Text;
using System.Text.Json.Nodes;

namespace MLflowSharp.Server.Tests;

/// <summary>An answer that was read whole.</summary>
internal sealed record Answer(int Status, string? ContentType, IReadOnlyDictionary<string, string> Headers, string Text)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public string? ErrorCode => (string?)Json["error_code"];

    public static async Task<Answer> OfAsync(RestResponse response)
    {
        using (response)
        {
            using var content = new MemoryStream();
            await response.CopyToAsync(content, TestContext.Current.CancellationToken);
            return new(response.Status, response.ContentType, response.Headers, Encoding.UTF8.GetString(content.ToArray()));
        }
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MLflowSharp.Search;

/// <summary>MLflow's page token: base64 of <c>{"offset": N}</c>.</summary>
internal static class PageToken
{
    public static string Create(long offset) => Encode(string.Create(CultureInfo.InvariantCulture, $"{{\"offset\": {offset}}}"));

    public static long Offset(string? token) => string.IsNullOrEmpty(token)
        ? 0
        : Decode(token, json => JsonNode.Parse(json)?["offset"]?.GetValue<long>() is { } offset and >= 0 ? offset : throw new FormatException("no offset"));

    public static string Encode(string json) => Convert.ToBase64String(Encoding.UTF8.GetBytes(json));

    /// <summary>Reads a token.</summary>
    /// <param name="token">The token.</param>
    /// <param name="read">Reads its JSON; throws <see cref="FormatException"/> when something else is in it.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE for a text that is no token.</exception>
    public static T Decode<T>(string token, Func<byte[], T> read)
    {
        byte[] json;
        try
        {
            json = Convert.FromBase64String(token);
        }
        catch (FormatException error)
        {
            throw Invalid("could not base64-decode", error);
        }

        try
        {
            return read(json);
        }
        catch (Exception error) when (error is FormatException or JsonException or InvalidOperationException)
        {
            throw Invalid($"decoded value={Encoding.UTF8.GetString(json)}", error);
        }
    }

    /// <summary>Cuts a result that was asked for with one item too many, and says where the next page begins.</summary>
    public static PagedList<T> Page<T>(List<T> items, long offset, int? maxResults)
    {
        if (maxResults is not { } limit || items.Count <= limit)
            return new(items, null);
        items.RemoveRange(limit, items.Count - limit);
        return new(items, Create(offset + limit));
    }

    private static MlflowException Invalid(string why, Exception error) => new(
        $"Invalid page token, {why}. Give the Token of the previous page of the same search, or null for the first page.", ErrorCode.InvalidParameterValue, error);
}

using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace MLflowSharp.Search;

/// <summary>MLflow's page token: base64 of <c>{"offset": N}</c>.</summary>
internal static class PageToken
{
    public static string Create(long offset) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"offset\": {offset}}}")));

    public static long Offset(string? token)
    {
        if (string.IsNullOrEmpty(token))
            return 0;
        try
        {
            return JsonNode.Parse(Convert.FromBase64String(token))?["offset"]?.GetValue<long>() is { } offset and >= 0
                ? offset
                : throw new FormatException("no offset");
        }
        catch (Exception error) when (error is FormatException or System.Text.Json.JsonException or InvalidOperationException)
        {
            throw new MlflowException(
                "Invalid page token. Give the Token of the previous page of the same search, or null for the first page.",
                ErrorCode.InvalidParameterValue, error);
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
}

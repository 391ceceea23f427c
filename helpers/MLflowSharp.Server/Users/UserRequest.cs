using System.Text.Json;
using MLflowSharp.Server.Messages;

namespace MLflowSharp.Server.Users;

/// <summary>The fields of a request about users: in the query of a GET, else in a JSON object.</summary>
internal sealed class UserRequest
{
    private readonly IReadOnlyDictionary<string, JsonElement> _fields;

    private UserRequest(IReadOnlyDictionary<string, JsonElement> fields) => _fields = fields;

    /// <summary>Reads the fields.</summary>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE: no JSON object.</exception>
    public static async Task<UserRequest> ReadAsync(RestCall call, CancellationToken cancellationToken)
    {
        if (call.Request.Method is "GET" or "HEAD")
        {
            return new(call.Query.GroupBy(item => item.Key, StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => JsonSerializer.SerializeToElement(group.First().Value, UserContext.Default.String), StringComparer.Ordinal));
        }

        try
        {
            using var document = JsonDocument.Parse(await call.ReadBodyAsync(cancellationToken));
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new(document.RootElement.EnumerateObject().ToDictionary(field => field.Name, field => field.Value.Clone(), StringComparer.Ordinal))
                : throw MlflowException.Invalid("The request must be a JSON object.");
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            throw new MlflowException($"The request is no JSON object: {error.Message}", ErrorCode.InvalidParameterValue, error);
        }
    }

    /// <summary>A text or number that may be missing.</summary>
    public string? Find(string name) => _fields.TryGetValue(name, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? value.ToString() : null;

    /// <summary>A text or number.</summary>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE: it is missing.</exception>
    public string Text(string name) => Find(name) ?? throw Missing(name);

    /// <summary>A yes or no.</summary>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE: it is missing.</exception>
    public bool Flag(string name) => _fields.TryGetValue(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Missing(name);

    private static MlflowException Missing(string name) =>
        MlflowException.Invalid($"Missing value for required parameter '{name}'. See the API docs for more information about request parameters.");
}

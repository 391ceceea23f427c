using System.Text.Json.Nodes;

namespace JupyterProtocol.Messages;

/// <summary>Reads what a peer sent, who may send anything.</summary>
internal static class JsonFields
{
    /// <summary>The value of a field; the default where there is none, or one of another type.</summary>
    public static T? Read<T>(this JsonObject content, string name)
    {
        try
        {
            return content[name] is JsonValue value && value.TryGetValue<T>(out var found) ? found : default;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, which JSON can name, is no text to .NET.
            return default;
        }
    }
}

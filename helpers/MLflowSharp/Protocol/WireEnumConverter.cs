using System.Text.Json;
using System.Text.Json.Serialization;

namespace MLflowSharp.Protocol;

/// <summary>
/// An enumeration by its name in MLflow's proto files, such as <c>LOGGED_MODEL_READY</c>. Numbers are read too; a name or number that is not
/// known is read as "not set", as MLflow's server does (recorded: a run updated to the status "DONE" stays as it was).
/// </summary>
/// <typeparam name="T">The enumeration.</typeparam>
/// <param name="prefix">What the proto's names have before ours.</param>
internal abstract class WireEnumConverter<T>(string prefix) : JsonConverter<T?>
    where T : struct, Enum
{
    private readonly Dictionary<string, T> _values = Enum.GetValues<T>().ToDictionary(value => NameOf(value, prefix), StringComparer.Ordinal);
    private readonly Dictionary<T, string> _names = Enum.GetValues<T>().ToDictionary(value => value, value => NameOf(value, prefix));

    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return Find(reader.GetString()!);
            case JsonTokenType.Number:
                return reader.TryGetInt32(out var number) && Enum.IsDefined((T)Enum.ToObject(typeof(T), number)) ? (T)Enum.ToObject(typeof(T), number) : null;
            case JsonTokenType.Null:
                return null;
            default:
                throw new JsonException($"The name of a {typeof(T).Name} is expected.");
        }
    }

    public override void Write(Utf8JsonWriter writer, T? value, JsonSerializerOptions options)
    {
        if (value is { } known)
            writer.WriteStringValue(_names[known]);
        else
            writer.WriteNullValue();
    }

    /// <summary>The value of a name; null for one that is not known.</summary>
    public T? Find(string name) => _values.TryGetValue(name, out var value) ? value : null;

    /// <summary>The name of a value.</summary>
    public string NameOf(T value) => _names[value];

    private static string NameOf(T value, string prefix) => value is LoggedModelStatus.Unspecified
        ? "LOGGED_MODEL_STATUS_UNSPECIFIED"
        : prefix + JsonNamingPolicy.SnakeCaseUpper.ConvertName(value.ToString());
}

/// <summary>RUNNING, SCHEDULED, FINISHED, FAILED, KILLED.</summary>
internal sealed class RunStatusConverter() : WireEnumConverter<RunStatus>("");

/// <summary>ACTIVE_ONLY, DELETED_ONLY, ALL.</summary>
internal sealed class ViewTypeConverter() : WireEnumConverter<ViewType>("");

/// <summary>PENDING_REGISTRATION, FAILED_REGISTRATION, READY.</summary>
internal sealed class ModelVersionStatusConverter() : WireEnumConverter<ModelVersionStatus>("");

/// <summary>LOGGED_MODEL_STATUS_UNSPECIFIED, LOGGED_MODEL_PENDING, LOGGED_MODEL_READY, LOGGED_MODEL_UPLOAD_FAILED.</summary>
internal sealed class LoggedModelStatusConverter() : WireEnumConverter<LoggedModelStatus>("LOGGED_MODEL_");

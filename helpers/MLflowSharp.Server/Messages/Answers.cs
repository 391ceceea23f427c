using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using MLflowSharp.Protocol;

namespace MLflowSharp.Server.Messages;

/// <summary>Answers as MLflow's server writes them: messages indented by two spaces, errors in one line, all else as HTML.</summary>
internal static class Answers
{
    private const string JsonType = "application/json";

    private static readonly ProtocolContext OneLine = new(new JsonSerializerOptions(ProtocolContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private static readonly ProtocolContext Indented = new(new JsonSerializerOptions(ProtocolContext.Default.Options)
    {
        WriteIndented = true,
        NewLine = "\n",
        // Only scripts that are pasted into a page need more escaping, and these are answers to programs.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    private static readonly byte[] EmptyObject = "{}"u8.ToArray();

    /// <summary>The answer of a call that gives nothing back.</summary>
    public static RestResponse Done() => new(200, JsonType, EmptyObject);

    public static Task<RestResponse> DoneAsync() => Task.FromResult(Done());

    public static RestResponse Json<T>(T message)
        where T : class => new(200, JsonType, JsonSerializer.SerializeToUtf8Bytes(message, IndentedType<T>.Info));

    /// <summary>An answer whose JSON is written already.</summary>
    public static RestResponse Written(byte[] json) => new(200, JsonType, json);

    /// <summary>Writes a message into an answer.</summary>
    public static void Write<T>(Utf8JsonWriter json, T message)
        where T : class => JsonSerializer.Serialize(json, message, IndentedType<T>.Info);

    /// <summary>The answer to who has the content of this tag already (https://www.rfc-editor.org/rfc/rfc9110#name-if-none-match); null for who has not.</summary>
    public static RestResponse? NotModified(RestRequest request, string tag) =>
        request.Header("If-None-Match") is { } known && known.Contains(tag, StringComparison.Ordinal) ? new(304, null, []) : null;

    /// <summary>A message in one line, as MLflow writes traces, of which there may be many.</summary>
    public static RestResponse OneLineJson<T>(T message)
        where T : class => new(200, JsonType, JsonSerializer.SerializeToUtf8Bytes(message, (JsonTypeInfo<T>)OneLine.GetTypeInfo(typeof(T))!));

    /// <summary>JSON in one line, as MLflow writes what is not in its proto files.</summary>
    public static RestResponse CompactJson(JsonObject json, int status = 200) => new(status, JsonType, Encoding.UTF8.GetBytes(json.ToJsonString(Compact)));

    public static RestResponse Text(int status, string text, string contentType = "text/plain; charset=utf-8") => new(status, contentType, Encoding.UTF8.GetBytes(text));

    public static RestResponse Html(int status, string title, string text) => Text(
        status,
        $"<!doctype html>\n<html lang=en>\n<title>{status} {title}</title>\n<h1>{title}</h1>\n<p>{WebUtility.HtmlEncode(text)}</p>\n",
        "text/html; charset=utf-8");

    /// <summary>What is sent is longer than the server takes.</summary>
    public static RestResponse TooLarge() =>
        Error(new MlflowException("The file is larger than this server takes. Send it to another storage, or ask for a greater limit (--max-upload-mb).", ErrorCode.RequestLimitExceeded), 413);

    public static RestResponse Error(MlflowException error) => Error(error, error.ErrorCode.ToHttpStatus());

    private static RestResponse Error(MlflowException error, int status)
    {
        var (state, kind) = Classify(error.ErrorCode);
        var message = new ErrorMessage { ErrorCode = error.ErrorCode.ToMlflowName(), Message = error.Message, Sqlstate = state, ErrorClass = kind };
        return new(status, JsonType, JsonSerializer.SerializeToUtf8Bytes(message, OneLine.ErrorMessage));
    }

    private static JsonSerializerOptions Compact { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Looked up once, and not for each answer.
    private static class IndentedType<T>
    {
        public static readonly JsonTypeInfo<T> Info = (JsonTypeInfo<T>)Indented.GetTypeInfo(typeof(T))!;
    }

    /// <summary>What MLflow 3.12 and later say besides the code; nothing for codes that they do not classify.</summary>
    private static (string? SqlState, string? ErrorClass) Classify(ErrorCode code) => code switch
    {
        ErrorCode.BadRequest or ErrorCode.InvalidParameterValue => ("KAM00", "INVALID_PARAMETER_VALUE"),
        ErrorCode.CustomerUnauthorized or ErrorCode.PermissionDenied => ("KAM00", "PERMISSION_DENIED"),
        ErrorCode.EndpointNotFound or ErrorCode.NotFound or ErrorCode.ResourceDoesNotExist => ("KAM00", "RESOURCE_NOT_FOUND"),
        ErrorCode.ResourceAlreadyExists => ("KAM00", "RESOURCE_ALREADY_EXISTS"),
        ErrorCode.InternalError or ErrorCode.InvalidState or ErrorCode.TemporarilyUnavailable => ("XXM00", "CLIENT_INTERNAL_ERROR"),
        _ => (null, null),
    };
}

using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using MLflowSharp.Protocol;

namespace MLflowSharp.Stores.Rest;

/// <summary>Turns what a server answers, or that it does not, into errors that say what went wrong, where, and what to do next.</summary>
internal sealed partial class RestErrors(RestAddress address, HttpSettings settings)
{
    private const int LongestQuote = 2000;

    /// <summary>Whether the server does not know the operation, as opposed to the thing that was asked for.</summary>
    public static bool IsMissing(RestAnswer answer) => answer.Status switch
    {
        HttpStatusCode.MethodNotAllowed => true,
        HttpStatusCode.NotFound => ErrorOf(answer)?.ErrorCode is null or "ENDPOINT_NOT_FOUND",
        _ => false,
    };

    public MlflowException FromAnswer(Endpoint endpoint, string route, RestAnswer answer, string? version)
    {
        var where = $"{endpoint.Method} {address.Display}/{route} answered {(int)answer.Status}";
        if (IsMissing(answer))
            return FromMissing(endpoint, where, version);
        if ((int)answer.Status is >= 300 and < 400)
            return FromRedirect(where, answer);
        var message = ErrorOf(answer);
        var code = CodeOf(message, answer.Status);
        var said = message?.Message is { Length: > 0 } text ? WithoutSql(text) : IsPage(answer) ? $"a web page{TitleOf(answer)}" : Quote(answer);
        var next = NextStep(code, answer, said);
        var where2 = answer.MayHaveBeenDone && code is ErrorCode.ResourceAlreadyExists or ErrorCode.AlreadyExists
            ? $"{where}; the answer to an earlier attempt was lost on the way, so this call may have created it itself"
            : where;
        return Make(message is null ? $"{where2}: {said}{next}" : $"{said} ({where2}.){next}", code, null);
    }

    /// <summary>The error of an answer with status 200 whose body is not what it should be.</summary>
    public MlflowException FromUnreadable(Endpoint endpoint, string route, RestAnswer answer, JsonException error)
    {
        var where = $"{endpoint.Method} {address.Display}/{route} answered 200";
        if (!IsPage(answer))
            return Make($"{where}, but not with MLflow's JSON ({error.Message}): {Quote(answer)} Check that {address.Display} is an MLflow tracking server.", ErrorCode.InternalError, error);
        return LoginPattern().IsMatch(Text(answer))
            ? Make($"{where} with a login page{TitleOf(answer)} instead of MLflow's JSON. {Credentials()}", ErrorCode.Unauthenticated, null)
            : Make($"{where} with a web page{TitleOf(answer)} instead of MLflow's JSON. {WrongAddress()}", ErrorCode.EndpointNotFound, null);
    }

    public MlflowException FromIncomplete(Endpoint endpoint) => Make(
        $"{endpoint.Method} {address.Display}/{endpoint.Route} answered without what was asked for. {WrongAddress()}", ErrorCode.InternalError, null);

    public MlflowException FromFailure(string name, RestFailure failure, int attempts)
    {
        var tried = attempts == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({attempts} attempts)");
        var where = $"MLflow server {address.Display}: {name} {Reason(failure)}{tried}.";
        if (failure.TimedOut)
        {
            return Make(
                string.Create(CultureInfo.InvariantCulture, $"{where} An attempt may take {settings.Timeout.TotalSeconds:0.###} s; raise MLFLOW_HTTP_REQUEST_TIMEOUT or MlflowHttpOptions.Timeout if the server is slow."),
                ErrorCode.DeadlineExceeded, failure.Error);
        }

        var next = failure.Error switch
        {
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } or AuthenticationException =>
                "Its certificate is not accepted, or ours is not: name the certificates to trust with MLFLOW_TRACKING_SERVER_CERT_PATH and your own with "
                + "MLFLOW_TRACKING_CLIENT_CERT_PATH; MLFLOW_TRACKING_INSECURE_TLS=true trusts any, for trying out.",
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "Check the host's name in the tracking URI (MLFLOW_TRACKING_URI), and the network.",
            HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError or HttpRequestError.UserAuthenticationError } =>
                "Check the proxy in HTTPS_PROXY or HTTP_PROXY, or name the server in NO_PROXY.",
            HttpRequestException or IOException or SocketException =>
                "Is it running? Start it with: mlflow server --host 127.0.0.1 --port 5000. If it runs elsewhere, correct the tracking URI (MLFLOW_TRACKING_URI).",
            _ => "Correct what MlflowHttpOptions.Handler does, or the tracking URI (MLFLOW_TRACKING_URI).",
        };
        var code = failure.MayPass ? ErrorCode.TemporarilyUnavailable : failure.Error is HttpRequestException ? ErrorCode.PermissionDenied : ErrorCode.InternalError;
        return Make($"{where} {next}", code, failure.Error);
    }

    /// <summary>What happened, as the end of a sentence that begins with the call.</summary>
    public static string Reason(RestFailure failure)
    {
        if (failure.TimedOut)
            return "got no answer in time";
        for (var error = failure.Error; error is not null; error = error.InnerException)
        {
            if (error is SocketException socket)
                return $"could not connect: {socket.Message.TrimEnd('.')}";
            if (error is AuthenticationException tls)
                return $"could not connect securely: {tls.Message.TrimEnd('.')}";
        }

        return $"failed: {failure.Error.Message.TrimEnd('.')}";
    }

    private MlflowException FromMissing(Endpoint endpoint, string where, string? version) => endpoint.Since == Endpoint.Oldest
        ? Make($"{where}: there is no such operation. {WrongAddress()}", ErrorCode.EndpointNotFound, null)
        : Make(
            $"{where}: this server{(version is null ? "" : $" (MLflow {version})")} does not have the operation, which came with MLflow {endpoint.Since}. "
            + "Upgrade the server, or do without it.",
            ErrorCode.NotImplemented, null);

    private MlflowException FromRedirect(string where, RestAnswer answer)
    {
        var target = answer.Location is null ? "somewhere" : StoreUri.WithoutSecrets(answer.Location.ToString());
        return LoginPattern().IsMatch(target)
            ? Make($"{where} and redirects to a login page, {target}. {Credentials()}", ErrorCode.Unauthenticated, null)
            : Make($"{where} and redirects to {target}. If the server lives there, use that address as the tracking URI (MLFLOW_TRACKING_URI).", ErrorCode.EndpointNotFound, null);
    }

    private string NextStep(ErrorCode code, RestAnswer answer, string said) => code switch
    {
        ErrorCode.Unauthenticated or ErrorCode.CustomerUnauthorized => $" {Credentials()}",
        ErrorCode.PermissionDenied when said.Contains("Host header", StringComparison.OrdinalIgnoreCase) =>
            $" The server accepts only certain host names: start it with --allowed-hosts {address.BaseUri.Host}, or reach it as localhost.",
        ErrorCode.PermissionDenied => settings.CredentialSource is null
            ? $" {Credentials()}"
            : $" The {settings.CredentialSource} may not do this: ask the server's owner for the permission.",
        ErrorCode.TemporarilyUnavailable when said.Contains("serve-artifacts", StringComparison.Ordinal) => "",
        _ when answer.Status == HttpStatusCode.RequestEntityTooLarge => " A proxy before the server limits the size of a request: log less at a time, or raise its limit.",
        _ => "",
    };

    private string Credentials() => settings.CredentialSource is { } source
        ? $"It does not accept the {source}. Correct them, or set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN."
        : "Set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD (both), or MLFLOW_TRACKING_TOKEN, or write them to ~/.mlflow/credentials.";

    private string WrongAddress() =>
        $"Check that {address.Display} is an MLflow tracking server, and that the tracking URI (MLFLOW_TRACKING_URI) has the path it is served under.";

    private MlflowException Make(string message, ErrorCode code, Exception? cause)
    {
        // What an inner exception says is printed with the outer one.
        var text = cause?.ToString();
        return new(settings.Redact(message), code, text is not null && settings.Redact(text) == text ? cause : null);
    }

    private static ErrorMessage? ErrorOf(RestAnswer answer)
    {
        if (answer.Body.AsSpan().Trim(" \t\r\n"u8) is not [(byte)'{', ..])
            return null;
        try
        {
            return ProtocolJson.Read<ErrorMessage>(answer.Body) is { ErrorCode: not null } error ? error : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ErrorCode CodeOf(ErrorMessage? message, HttpStatusCode status)
    {
        var code = ErrorCodeExtensions.FromMlflowName(message?.ErrorCode);
        return message?.ErrorCode == "INTERNAL_ERROR" || code != ErrorCode.InternalError ? code : (int)status switch
        {
            401 => ErrorCode.Unauthenticated,
            403 => ErrorCode.PermissionDenied,
            404 => ErrorCode.NotFound,
            408 or 504 => ErrorCode.DeadlineExceeded,
            409 => ErrorCode.ResourceConflict,
            429 => ErrorCode.RequestLimitExceeded,
            501 => ErrorCode.NotImplemented,
            502 or 503 => ErrorCode.TemporarilyUnavailable,
            >= 400 and < 500 => ErrorCode.BadRequest,
            _ => ErrorCode.InternalError,
        };
    }

    /// <summary>MLflow's server lets some messages of its database through, statement and all; the first line says it.</summary>
    private string WithoutSql(string message)
    {
        var statement = message.IndexOf("\n[SQL:", StringComparison.Ordinal);
        return Shorten((statement < 0 ? message : message[..statement]).Trim());
    }

    private static bool IsPage(RestAnswer answer) =>
        answer.ContentType == "text/html" && answer.Body.AsSpan().Trim(" \t\r\n"u8) is [(byte)'<', ..] || answer.Body.AsSpan().TrimStart(" \t\r\n"u8).StartsWith("<!"u8) || answer.Body.AsSpan().TrimStart(" \t\r\n"u8).StartsWith("<html"u8);

    private string TitleOf(RestAnswer answer) =>
        TitlePattern().Match(Text(answer)) is { Success: true } title ? $" ('{Shorten(WebUtility.HtmlDecode(title.Groups[1].Value).Trim(), 100)}')" : "";

    private string Quote(RestAnswer answer) => Text(answer).Trim() is { Length: > 0 } text ? $"'{Shorten(text, 300)}'." : "nothing.";

    private static string Text(RestAnswer answer) => Encoding.UTF8.GetString(answer.Body, 0, Math.Min(answer.Body.Length, 16 * LongestQuote));

    /// <summary>Secrets go first: a part of one that a cut left over would not be recognised.</summary>
    private string Shorten(string text, int limit = LongestQuote) => settings.Redact(text) is var shown && shown.Length <= limit ? shown : shown[..limit] + "…";

    [GeneratedRegex(@"<title[^>]*>\s*([^<]*)", RegexOptions.IgnoreCase)]
    private static partial Regex TitlePattern();

    [GeneratedRegex(@"log[ _-]?in|sign[ _-]?in|password|openid|oauth|saml|\bsso\b|authenticat", RegexOptions.IgnoreCase)]
    private static partial Regex LoginPattern();
}

using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace MLflowSharp.Stores.Rest;

/// <summary>What <see cref="MlflowHttpOptions"/>, the URI, the environment and the credentials file say together.</summary>
internal sealed class HttpSettings
{
    // MLflow's own limits for the variables of the same names.
    private const int MostRetries = 10;
    private const double GreatestBackoffFactor = 120;

    private readonly List<string> _secrets = [];

    private HttpSettings()
    {
    }

    public TimeSpan Timeout { get; private init; }

    public int MaxRetries { get; private init; }

    public double BackoffFactor { get; private init; }

    public double BackoffJitter { get; private init; }

    public bool RespectRetryAfter { get; private init; }

    public AuthenticationHeaderValue? Authorization { get; private set; }

    /// <summary>How messages call the credentials that are sent; null when none are.</summary>
    public string? CredentialSource { get; private set; }

    public bool InsecureTls { get; private init; }

    public string? ServerCertificatePath { get; private init; }

    public string? ClientCertificatePath { get; private init; }

    public X509Certificate2? ClientCertificate { get; private init; }

    public string? Workspace { get; private init; }

    public static HttpSettings Resolve(RestAddress address, MlflowHttpOptions options) =>
        Resolve(address, options, Environment.GetEnvironmentVariable, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));

    internal static HttpSettings Resolve(RestAddress address, MlflowHttpOptions options, Func<string, string?> environment, string homeFolder)
    {
        string? Text(string name) => environment(name) is { Length: > 0 } value ? value : null;
        var settings = new HttpSettings
        {
            Timeout = options.Timeout ?? TimeSpan.FromSeconds(Number(Text, "MLFLOW_HTTP_REQUEST_TIMEOUT", 120, 1, int.MaxValue)),
            MaxRetries = InRange("MaxRetries", options.MaxRetries, MostRetries) ?? (int)Number(Text, "MLFLOW_HTTP_REQUEST_MAX_RETRIES", 7, 0, MostRetries),
            BackoffFactor = InRange("BackoffFactor", options.BackoffFactor, GreatestBackoffFactor)
                ?? Number(Text, "MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR", 2, 0, GreatestBackoffFactor),
            BackoffJitter = InRange("BackoffJitter", options.BackoffJitter, int.MaxValue) ?? Number(Text, "MLFLOW_HTTP_REQUEST_BACKOFF_JITTER", 1, 0, int.MaxValue),
            RespectRetryAfter = options.RespectRetryAfter ?? Flag(Text, "MLFLOW_HTTP_RESPECT_RETRY_AFTER_HEADER", true),
            InsecureTls = options.InsecureTls ?? Flag(Text, "MLFLOW_TRACKING_INSECURE_TLS", false),
            ServerCertificatePath = options.ServerCertificatePath ?? Text("MLFLOW_TRACKING_SERVER_CERT_PATH"),
            ClientCertificatePath = options.ClientCertificatePath ?? Text("MLFLOW_TRACKING_CLIENT_CERT_PATH"),
            ClientCertificate = options.ClientCertificate,
            Workspace = options.Workspace ?? Text("MLFLOW_WORKSPACE")?.Trim(),
        };
        if (settings.Timeout <= TimeSpan.Zero)
            throw MlflowException.Invalid($"MlflowHttpOptions.Timeout is {settings.Timeout}; give a time above zero.");
        if (settings is { InsecureTls: true, ServerCertificatePath: not null })
        {
            throw MlflowException.Invalid(
                "MLFLOW_TRACKING_INSECURE_TLS accepts every certificate and MLFLOW_TRACKING_SERVER_CERT_PATH only some: set one of them, not both.");
        }

        settings.Authenticate(address, options, Text, homeFolder);
        return settings;
    }

    /// <summary>A text with every secret replaced, in case a server or a library repeats one.</summary>
    public string Redact(string text)
    {
        foreach (var secret in _secrets)
            text = text.Replace(secret, "***", StringComparison.Ordinal);
        return text;
    }

    private void Authenticate(RestAddress address, MlflowHttpOptions options, Func<string, string?> text, string homeFolder)
    {
        var sources = new List<(string Name, string? Username, string? Password)>
        {
            ("MlflowHttpOptions", options.Username, options.Password),
            ("the tracking URI", address.Credential?.UserName, address.Credential?.Password),
            ("MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD", text("MLFLOW_TRACKING_USERNAME"), text("MLFLOW_TRACKING_PASSWORD")),
        };
        // As in MLflow, name and password may come from different places, so the file is read when one of them is missing.
        var token = options.Token ?? text("MLFLOW_TRACKING_TOKEN");
        if (!sources.Exists(source => source.Username is not null) || !sources.Exists(source => source.Password is not null))
        {
            var (fileUsername, filePassword) = CredentialsFile.Read(homeFolder);
            sources.Add(("~/.mlflow/credentials", fileUsername, filePassword));
        }

        var username = sources.Find(source => !string.IsNullOrEmpty(source.Username));
        var password = sources.Find(source => !string.IsNullOrEmpty(source.Password));
        foreach (var secret in sources.Select(source => source.Password).Append(token))
            AddSecret(secret);
        if (username.Username is not null && password.Password is not null)
        {
            var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{username.Username}:{password.Password}"));
            AddSecret(basic);
            Authorization = new("Basic", basic);
            CredentialSource = $"name and password from {(username.Name == password.Name ? username.Name : $"{username.Name} and {password.Name}")}";
        }
        else if (token is not null)
        {
            if (token.AsSpan().IndexOfAnyExceptInRange('!', '~') >= 0)
                throw MlflowException.Invalid("The tracking token holds a space, a line break or another character that no HTTP header can carry. Set MLFLOW_TRACKING_TOKEN to the bare token.");
            Authorization = new("Bearer", token);
            CredentialSource = $"token from {(options.Token is null ? "MLFLOW_TRACKING_TOKEN" : "MlflowHttpOptions")}";
        }
        else if (options.Handler is null)
        {
            RefuseForeign("MLFLOW_TRACKING_AUTH", text("MLFLOW_TRACKING_AUTH"));
            RefuseForeign("MLFLOW_TRACKING_AWS_SIGV4", Flag(text, "MLFLOW_TRACKING_AWS_SIGV4", false) ? "true" : null);
        }
    }

    private static void RefuseForeign(string variable, string? value)
    {
        if (value is not null)
        {
            throw new MlflowException(
                $"{variable} asks for a way of signing requests that only MLflow's Python plug-ins have. Unset it and use MLFLOW_TRACKING_TOKEN, or "
                + "MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or give MlflowHttpOptions.Handler a handler that signs.",
                ErrorCode.NotImplemented);
        }
    }

    private void AddSecret(string? secret)
    {
        // A password of one or two characters would blank out half of every message; it stands in none of ours anyway.
        if (secret is { Length: > 2 })
        {
            _secrets.Add(secret);
            if (Uri.EscapeDataString(secret) is var escaped && escaped != secret)
                _secrets.Add(escaped);
        }
    }

    private static T? InRange<T>(string name, T? value, T greatest)
        where T : struct, IComparable<T>, IFormattable
    {
        if (value is { } given && (given.CompareTo(default) < 0 || given.CompareTo(greatest) > 0 || given is double.NaN))
            throw MlflowException.Invalid(string.Create(CultureInfo.InvariantCulture, $"MlflowHttpOptions.{name} is {given}; it must be from 0 to {greatest}."));
        return value;
    }

    private static double Number(Func<string, string?> text, string variable, double standard, double least, double greatest)
    {
        if (text(variable) is not { } value)
            return standard;
        return double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= greatest
            ? number
            : throw MlflowException.Invalid(string.Create(CultureInfo.InvariantCulture, $"The environment variable {variable} is '{value}'; it must be a number from {least} to {greatest}."));
    }

    private static bool Flag(Func<string, string?> text, string variable, bool standard) => text(variable)?.ToUpperInvariant() switch
    {
        null => standard,
        "TRUE" or "1" => true,
        "FALSE" or "0" => false,
        var other => throw MlflowException.Invalid($"The environment variable {variable} is '{other}'; it must be true or false."),
    };
}

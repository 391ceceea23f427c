using System.Globalization;
using Npgsql;

namespace MLflowSharp.Stores.Sql.Postgres;

/// <summary>
/// Tracking URIs of PostgreSQL as SQLAlchemy and libpq write them: <c>postgresql://user:password@host:5432/database?sslmode=require</c>, also
/// <c>postgres://…</c> and <c>postgresql+psycopg2://…</c>. User, password and database are percent-encoded.
/// </summary>
internal static class PostgresUri
{
    /// <summary>Options of libpq (https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS) and what Npgsql calls them.</summary>
    private static readonly Dictionary<string, string> Options = new(StringComparer.Ordinal)
    {
        ["host"] = "Host", ["port"] = "Port", ["user"] = "Username", ["password"] = "Password", ["dbname"] = "Database",
        ["passfile"] = "Passfile", ["application_name"] = "Application Name", ["connect_timeout"] = "Timeout", ["options"] = "Options",
        ["sslmode"] = "SSL Mode", ["sslcert"] = "SSL Certificate", ["sslkey"] = "SSL Key", ["sslpassword"] = "SSL Password",
        ["sslrootcert"] = "Root Certificate", ["channel_binding"] = "Channel Binding", ["client_encoding"] = "Client Encoding",
        ["krbsrvname"] = "Kerberos Service Name", ["target_session_attrs"] = "Target Session Attributes",
    };

    public static bool Matches(string uri) =>
        SchemeOf(uri) is { } scheme && (scheme is "postgres" or "postgresql" || scheme.StartsWith("postgresql+", StringComparison.Ordinal));

    /// <summary>The connection string of a URI.</summary>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE; the message has no password in it.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string uri)
    {
        var builder = new NpgsqlConnectionStringBuilder { ApplicationName = "MLflowSharp" };
        var rest = uri[(SchemeOf(uri)!.Length + "://".Length)..];
        (rest, var query) = Split(rest, '?');
        (var authority, var database) = Split(rest, '/');
        var at = authority.LastIndexOf('@');
        var host = authority[(at + 1)..];
        if (at >= 0)
        {
            var (user, password) = Split(authority[..at], ':');
            Set(builder, "user", Uri.UnescapeDataString(user));
            Set(builder, "password", Uri.UnescapeDataString(password));
        }

        SetHost(builder, host);
        Set(builder, "dbname", Uri.UnescapeDataString(database));
        foreach (var option in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = Split(option, '=');
            Set(builder, name, Uri.UnescapeDataString(value.Replace('+', ' ')));
        }

        if (string.IsNullOrEmpty(builder.Host))
            builder.Host = Environment.GetEnvironmentVariable("PGHOST") is { Length: > 0 } preset ? preset : "localhost";
        if (string.IsNullOrEmpty(builder.Username))
            builder.Username = Environment.GetEnvironmentVariable("PGUSER") is { Length: > 0 } preset ? preset : Environment.UserName;
        if (string.IsNullOrEmpty(builder.Database))
            builder.Database = Environment.GetEnvironmentVariable("PGDATABASE") is { Length: > 0 } preset ? preset : builder.Username;
        return builder;
    }

    private static void SetHost(NpgsqlConnectionStringBuilder builder, string host)
    {
        // [::1]:5432 is an address of IPv6 with a port; a,b:1 are several hosts, which Npgsql takes as they are.
        var colon = host.Contains(',') ? -1 : host.IndexOf(':', host.IndexOf(']') + 1);
        if (colon >= 0)
            Set(builder, "port", host[(colon + 1)..]);
        Set(builder, "host", Uri.UnescapeDataString(colon < 0 ? host : host[..colon]).Trim('[', ']'));
    }

    private static void Set(NpgsqlConnectionStringBuilder builder, string option, string value)
    {
        if (value.Length == 0)
            return;
        if (!Options.TryGetValue(option, out var name))
        {
            throw MlflowException.Invalid(
                $"The PostgreSQL tracking URI has the option '{option}', which is not known here. Known: {string.Join(", ", Options.Keys)}.");
        }

        try
        {
            // libpq writes verify-full, any and prefer-standby where Npgsql's enumerations have no dash.
            builder[name] = option is "sslmode" or "target_session_attrs" or "channel_binding" ? value.Replace("-", "", StringComparison.Ordinal) : value;
        }
        catch (Exception error) when (error is ArgumentException or FormatException or OverflowException or InvalidCastException)
        {
            throw MlflowException.Invalid(string.Create(
                CultureInfo.InvariantCulture, $"The PostgreSQL tracking URI has a value for '{option}' that cannot be used{(option == "password" ? "" : $": '{value}'")}."));
        }
    }

    private static string? SchemeOf(string uri) => uri.IndexOf("://", StringComparison.Ordinal) is > 0 and var end ? uri[..end].ToLowerInvariant() : null;

    private static (string Before, string After) Split(string text, char separator) =>
        text.IndexOf(separator, StringComparison.Ordinal) is >= 0 and var at ? (text[..at], text[(at + 1)..]) : (text, "");
}

namespace MLflowSharp.Stores.Sql.Sqlite;

/// <summary>
/// Tracking URIs of the form <c>sqlite:///relative.db</c>, <c>sqlite:////absolute.db</c>, <c>sqlite:///C:/absolute.db</c>; and
/// <c>sqlite://</c> or <c>sqlite:///:memory:</c> for a database in memory, gone with its client.
/// </summary>
internal static class SqliteUri
{
    /// <summary>SQLite's name for a database in memory.</summary>
    public const string InMemory = ":memory:";

    private const string Prefix = "sqlite:///";

    public static bool Matches(string uri) => uri.StartsWith("sqlite:", StringComparison.Ordinal);

    /// <summary>The absolute path, or <see cref="InMemory"/>. As in SQLAlchemy, the path is taken literally: nothing is percent-decoded.</summary>
    public static string ToPath(string uri)
    {
        if (uri is "sqlite://" or Prefix or Prefix + InMemory)
            return InMemory;
        var path = uri.StartsWith(Prefix, StringComparison.Ordinal) ? uri[Prefix.Length..] : "";
        if (path.Length == 0)
        {
            throw MlflowException.Invalid(
                $"The tracking URI '{uri}' names no file. Write sqlite:///mlflow.db for a file in the current folder, "
                + "sqlite:////full/path/mlflow.db (four slashes), or sqlite:///:memory: for a database in memory.");
        }

        if (path.Contains('?'))
        {
            throw MlflowException.Invalid(
                $"The tracking URI '{uri[..uri.IndexOf('?', StringComparison.Ordinal)]}' has options after '?', which are not supported here. Leave them out.");
        }

        return Path.GetFullPath(path);
    }
}

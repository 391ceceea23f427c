namespace MLflowSharp.Stores.Sqlite;

/// <summary>Tracking URIs of the form <c>sqlite:///relative.db</c>, <c>sqlite:////absolute.db</c>, <c>sqlite:///C:/absolute.db</c>.</summary>
internal static class SqliteUri
{
    private const string Prefix = "sqlite:///";

    public static bool Matches(string uri) => uri.StartsWith("sqlite:", StringComparison.Ordinal);

    /// <summary>The absolute path. As in SQLAlchemy, the path is taken literally: nothing is percent-decoded.</summary>
    public static string ToPath(string uri)
    {
        var path = uri.StartsWith(Prefix, StringComparison.Ordinal) ? uri[Prefix.Length..] : "";
        if (path is "" or ":memory:")
        {
            throw MlflowException.Invalid(
                $"The tracking URI '{uri}' names no file. Write sqlite:///mlflow.db for a file in the current folder, "
                + "or sqlite:////full/path/mlflow.db (four slashes).");
        }

        if (path.Contains('?'))
        {
            throw MlflowException.Invalid(
                $"The tracking URI '{uri}' has options after '?', which are not supported here. Leave them out.");
        }

        return Path.GetFullPath(path);
    }
}

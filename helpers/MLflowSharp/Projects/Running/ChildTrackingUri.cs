using MLflowSharp.Stores.Files;
using MLflowSharp.Stores.Sql.Sqlite;

namespace MLflowSharp.Projects.Running;

/// <summary>A tracking URI that means the same in another folder: the program runs in the project's.</summary>
internal static class ChildTrackingUri
{
    public static string Of(string uri)
    {
        if (SqliteUri.Matches(uri))
            return $"sqlite:///{Path.GetFullPath(SqliteUri.ToPath(uri))}";
        return FileStoreUri.Matches(uri) ? new Uri(Path.GetFullPath(FileStoreUri.ToPath(uri))).AbsoluteUri : uri;
    }
}

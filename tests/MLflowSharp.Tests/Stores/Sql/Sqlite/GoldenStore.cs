using System.IO.Compression;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace MLflowSharp.Tests.Stores.Sql.Sqlite;

/// <summary>A copy of a database that the real MLflow wrote, in a temporary folder that its paths are changed to.</summary>
internal sealed class GoldenStore : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _recorded;

    public GoldenStore(string mlflow)
    {
        var fixture = Path.Combine(AppContext.BaseDirectory, "Fixtures", "Stores", mlflow);
        _recorded = $"/scratch/project_2001234/sqlite-{mlflow}";
        using (var packed = new GZipStream(File.OpenRead(Path.Combine(fixture, "mlflow.db.gz")), CompressionMode.Decompress))
        using (var database = File.Create(_folder.DatabasePath))
            packed.CopyTo(database);
        CopyFolder(Path.Combine(fixture, "artifacts"), Path.Combine(_folder.FullName, "artifacts"));
        MovePaths();
        Expected = Read("expected.json");
        Registry = Read("registry.json");

        JsonNode Read(string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(fixture, file)).Replace(_recorded, _folder.FullName, StringComparison.Ordinal))!;
    }

    /// <summary>What that version's own client reads.</summary>
    public JsonNode Expected { get; }

    /// <summary>The registered and logged models that it reads.</summary>
    public JsonNode Registry { get; }

    public MlflowClient NewClient() => _folder.NewClient();

    public void Dispose() => _folder.Dispose();

    /// <summary>A database moves with its artifacts when its paths are changed like this.</summary>
    private void MovePaths()
    {
        using var connection = new SqliteConnection($"Data Source={_folder.DatabasePath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            "UPDATE experiments SET artifact_location = replace(artifact_location, $old, $new); UPDATE runs SET artifact_uri = replace(artifact_uri, $old, $new); "
            + "UPDATE model_versions SET source = replace(source, $old, $new), storage_location = replace(storage_location, $old, $new)"
            + (_recorded.Contains("-3.", StringComparison.Ordinal) ? "; UPDATE logged_models SET artifact_location = replace(artifact_location, $old, $new)" : "");
        command.Parameters.AddWithValue("$old", _recorded);
        command.Parameters.AddWithValue("$new", _folder.FullName);
        command.ExecuteNonQuery();
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}

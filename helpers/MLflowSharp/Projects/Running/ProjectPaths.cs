using System.Globalization;

namespace MLflowSharp.Projects.Running;

/// <summary>Makes full paths of what parameters of type <c>path</c> name, and downloads what lies elsewhere.</summary>
internal static class ProjectPaths
{
    public static async Task<IReadOnlyList<ProjectValue>> ResolveAsync(PreparedProject prepared, MlflowClient client, CancellationToken cancellationToken)
    {
        var resolved = new List<ProjectValue>();
        string? storage = null;
        foreach (var value in prepared.Values)
        {
            if (value.Declaration?.Type != ProjectParameterType.Path)
            {
                resolved.Add(value);
            }
            else if (DataUri.LocalPath(value.Value) is { } local)
            {
                resolved.Add(value with { Value = Find(value, local, prepared) });
            }
            else
            {
                storage ??= Storage(prepared.Options);
                var folder = Directory.CreateDirectory(Path.Combine(storage, string.Create(CultureInfo.InvariantCulture, $"param_{resolved.Count}"))).FullName;
                prepared.Options.Tell($"=== Downloading {value.Value} for parameter {value.Name} ===");
                resolved.Add(value with { Value = await client.DownloadArtifactsAsync(value.Value, destinationDirectory: folder, cancellationToken: cancellationToken) });
            }
        }

        return resolved;
    }

    /// <summary>Values as they would be, without downloading anything.</summary>
    public static IReadOnlyList<ProjectValue> Foresee(PreparedProject prepared) =>
    [
        .. prepared.Values.Select(value => value.Declaration?.Type == ProjectParameterType.Path && DataUri.LocalPath(value.Value) is { } local
            ? value with { Value = Find(value, local, prepared) }
            : value),
    ];

    // MLflow takes paths from the folder the command is given in. A default that is not there is the project's own file.
    private static string Find(ProjectValue value, string local, PreparedProject prepared)
    {
        if (Path.Exists(local))
            return Path.GetFullPath(local);
        var isDefault = !prepared.Options.Parameters.ContainsKey(value.Name);
        if (isDefault && Path.GetFullPath(local, prepared.Project.Folder) is var own && Path.Exists(own))
            return own;
        throw MlflowException.Missing(
            $"Got value {value.Value} for parameter {value.Name}, but no such file or directory was found{(isDefault ? $", neither in {Directory.GetCurrentDirectory()} nor in {prepared.Project.Folder}" : $" from {Directory.GetCurrentDirectory()}")}. Correct the path.");
    }

    private static string Storage(ProjectRunOptions options) =>
        options.StorageDirectory is { } chosen
            ? Directory.CreateDirectory(Path.Combine(Path.GetFullPath(chosen), Path.GetRandomFileName())).FullName
            : Directory.CreateTempSubdirectory("mlflow-project-").FullName;
}

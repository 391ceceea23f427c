using System.IO.Compression;
using System.Text.RegularExpressions;
using MLflowSharp.Projects.Running;

namespace MLflowSharp.Projects.Sources;

/// <summary>Finds or fetches projects: folders, zip files and git repositories, with <c>#folder</c> for one inside.</summary>
internal static partial class ProjectSources
{
    public static async Task<ProjectSource> FetchAsync(string uri, string? version, Action<string> tell, CancellationToken cancellationToken)
    {
        var address = uri.Trim('\'', '"');
        var mark = address.IndexOf('#', StringComparison.Ordinal);
        var (place, inner) = mark < 0 ? (address, "") : (address[..mark], address[(mark + 1)..]);
        if (inner.Contains('.', StringComparison.Ordinal))
            throw MlflowException.Invalid($"'.' is not allowed in project subdirectory paths, and '{inner}' has one. Name the folder inside the repository, such as #examples/mnist.");
        var local = DataUri.LocalPath(place) is { } path && Path.Exists(path) ? Path.GetFullPath(path) : null;
        if (place.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
            return await FromZipAsync(local, place, inner, address, tell, cancellationToken);
        if (local is not null && version is null)
            return await FromFolderAsync(Inside(local, inner), local != Path.GetFullPath(address) && inner.Length > 0 ? Clean(address) : null, cancellationToken);
        if (local is not null && !await GitRepository.IsTopAsync(local, cancellationToken))
            throw MlflowException.Invalid($"Setting a version is only supported for Git project URIs, and {local} is no git repository. Leave out --version.");
        // A folder on this machine is not touched: the version is checked out elsewhere.
        tell($"=== Fetching project from {Clean(address)} ===");
        var clone = await GitRepository.CloneAsync(local ?? place, version, cancellationToken);
        return new ProjectSource(Inside(clone.Folder, inner), local is not null && inner.Length == 0 ? $"file://{local}" : Clean(address), clone.Commit, Clean(place), clone.Branch);
    }

    private static async Task<ProjectSource> FromFolderAsync(string folder, string? name, CancellationToken cancellationToken)
    {
        var repository = await GitRepository.DescribeAsync(folder, cancellationToken);
        if (repository is null)
            return new ProjectSource(folder, name ?? folder, null, null, null);
        var inner = Path.GetRelativePath(repository.Top, folder);
        return new ProjectSource(folder, name ?? $"file://{repository.Top}{(inner == "." ? "" : $"#{inner}")}", repository.Commit, repository.RemoteUrl is { } url ? Clean(url) : null, null);
    }

    private static async Task<ProjectSource> FromZipAsync(string? local, string place, string inner, string address, Action<string> tell, CancellationToken cancellationToken)
    {
        tell($"=== Fetching project from {Clean(address)} ===");
        var target = Directory.CreateTempSubdirectory("mlflow-project-").FullName;
        try
        {
            if (local is not null)
            {
                await ZipFile.ExtractToDirectoryAsync(local, target, cancellationToken);
            }
            else
            {
                using var http = new HttpClient();
                using var body = new MemoryStream(await http.GetByteArrayAsync(new Uri(place), cancellationToken));
                await ZipFile.ExtractToDirectoryAsync(body, target, cancellationToken);
            }
        }
        catch (Exception error) when (error is InvalidDataException or IOException or HttpRequestException or UriFormatException)
        {
            throw new MlflowException($"The zip file {Clean(place)} cannot be unpacked: {error.Message.TrimEnd('.')}. Check the file, or its address.", ErrorCode.InvalidParameterValue, error);
        }

        return new ProjectSource(Inside(target, inner), Clean(address), null, null, null);
    }

    private static string Inside(string folder, string inner)
    {
        var full = Path.GetFullPath(inner, folder);
        return Directory.Exists(full) ? full : throw MlflowException.Missing(inner.Length == 0
            ? $"{folder} is no folder. Give the folder that holds the file MLproject."
            : $"Could not find subdirectory {inner} of {folder}. Correct what follows the #.");
    }

    // Names and passwords do not belong into tags.
    private static string Clean(string uri) => Credentials().Replace(uri, "://");

    [GeneratedRegex("://[^/@]*@")]
    private static partial Regex Credentials();
}

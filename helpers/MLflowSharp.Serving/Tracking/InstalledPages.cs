using System.ComponentModel;
using System.Diagnostics;
using System.IO.Compression;
using MLflowSharp.Server;

namespace MLflowSharp.Serving.Tracking;

/// <summary>MLflow's own web pages: finds those of an installed mlflow, else those that were fetched before, and fetches them.</summary>
/// <param name="variable">Reads an environment variable.</param>
/// <param name="currentFolder">The folder that a <c>.venv</c> is looked for from, upwards.</param>
internal sealed class InstalledPages(Func<string, string?> variable, string currentFolder)
{
    private const string InPackage = "mlflow/server/js/build/";
    private const string FirstPage = "index.html";

    private readonly PythonFolders _pythons = new(variable, currentFolder);

    /// <summary>The version whose pages are fetched: the one whose protocol the server speaks.</summary>
    public static string Version { get; } = new RestApiOptions().Version;

    /// <summary>The user's folder for pages that were fetched.</summary>
    public string Cache => Path.Combine(CacheFolder(), "mlflowsharp", "pages", Version);

    /// <summary>The folder of the pages; null when there are none.</summary>
    public string? Find() => _pythons.Prefixes.SelectMany(PythonFolders.PackageFolders)
        .Select(packages => Path.GetFullPath(Path.Combine(packages, InPackage.TrimEnd('/'))))
        .Append(Cache)
        .FirstOrDefault(folder => File.Exists(Path.Combine(folder, FirstPage)));

    /// <summary>Gets MLflow's package with pip, as the user's settings of pip say, and keeps its pages and its licence.</summary>
    /// <param name="tell">Takes what is being done.</param>
    /// <param name="cancellationToken">Stops it; nothing is kept then.</param>
    /// <returns>The folder of the pages.</returns>
    /// <exception cref="MlflowException">There is no Python with pip, or it could not get the package.</exception>
    public async Task<string> FetchAsync(Action<string> tell, CancellationToken cancellationToken)
    {
        if (File.Exists(Path.Combine(Cache, FirstPage)))
            return Cache;
        var parent = Directory.CreateDirectory(Path.GetDirectoryName(Cache)!).FullName;
        var work = Directory.CreateDirectory(Path.Combine(parent, $".fetching-{Environment.ProcessId}-{Path.GetRandomFileName()}")).FullName;
        try
        {
            tell($"Fetching MLflow {Version} with pip for its web pages (12 MB)…");
            var wheel = await DownloadAsync(work, cancellationToken);
            var pages = Path.Combine(work, "pages");
            Unpack(wheel, pages);
            Directory.Move(pages, Cache);
            tell($"The pages are in {Cache} from now on; delete that folder to be rid of them.");
            return Cache;
        }
        catch (InvalidDataException error)
        {
            throw new MlflowException($"What pip got is not MLflow's package: {error.Message} Try again, or give a folder with --pages.", ErrorCode.InvalidState, error);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private async Task<string> DownloadAsync(string folder, CancellationToken cancellationToken)
    {
        var said = "no Python was found. Install one, or set VIRTUAL_ENV.";
        foreach (var python in _pythons.Interpreters)
        {
            (var succeeded, said) = await RunPipAsync(python, folder, cancellationToken);
            if (Directory.EnumerateFiles(folder, "mlflow-*.whl").FirstOrDefault() is { } wheel && succeeded)
                return wheel;
        }

        throw new MlflowException($"The web pages could not be fetched: {said} Start without --fetch for light pages; --pages gives a folder that has MLflow's.", ErrorCode.TemporarilyUnavailable);
    }

    private static async Task<(bool Succeeded, string Said)> RunPipAsync(string python, string folder, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(python, ["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary", ":all:", "--dest", folder, $"mlflow=={Version}"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        try
        {
            using var pip = Process.Start(start)!;
            try
            {
                var (error, output) = (pip.StandardError.ReadToEndAsync(cancellationToken), pip.StandardOutput.ReadToEndAsync(cancellationToken));
                await pip.WaitForExitAsync(cancellationToken);
                var last = $"{await output}\n{await error}".Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "pip said nothing.";
                return (pip.ExitCode == 0, $"{python} said: {last}");
            }
            finally
            {
                if (!pip.HasExited)
                    pip.Kill(entireProcessTree: true);
            }
        }
        catch (Win32Exception error)
        {
            return (false, $"{python} could not be started: {error.Message}.");
        }
    }

    private static void Unpack(string wheel, string folder)
    {
        using var archive = ZipFile.OpenRead(wheel);
        var root = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
        foreach (var entry in archive.Entries.Where(entry => !entry.FullName.EndsWith('/')))
        {
            var name = entry.FullName.StartsWith(InPackage, StringComparison.Ordinal) ? entry.FullName[InPackage.Length..]
                : entry.FullName.EndsWith(".dist-info/licenses/LICENSE.txt", StringComparison.Ordinal) ? "LICENSE.txt" : null;
            if (name is null)
                continue;
            var path = Path.GetFullPath(Path.Combine(folder, name));
            if (!path.StartsWith(root, StringComparison.Ordinal))
                throw new InvalidDataException($"it has a file '{entry.FullName}' that lies outside of it.");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            entry.ExtractToFile(path);
        }

        if (!File.Exists(Path.Combine(folder, FirstPage)))
            throw new InvalidDataException("it has no web pages.");
    }

    private string CacheFolder()
    {
        if (variable("XDG_CACHE_HOME") is { Length: > 0 } cache && Path.IsPathRooted(cache))
            return cache;
        var home = variable("HOME") is { Length: > 0 } set ? set : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Caches") : Path.Combine(home, ".cache");
    }
}

using System.Text.Json;
using MLflowSharp.Projects.Running;

namespace MLflowSharp.Projects.DotNet;

/// <summary>Built programs, each in a folder named by what it was built of. Several processes may use it at once.</summary>
/// <param name="directory">Where they are.</param>
/// <param name="tell">Is told of a build.</param>
internal sealed class DotNetCache(string directory, Action<string> tell)
{
    /// <summary>Where a program is, or will be once it is built.</summary>
    public string FolderOf(string program) => Path.Combine(Path.GetFullPath(directory), $"{Path.GetFileNameWithoutExtension(program)}-{DotNetSources.Fingerprint(program)}");

    /// <summary>Builds a program unless it is there.</summary>
    /// <param name="program">Its project file, or single source file.</param>
    /// <param name="cancellationToken">Stops the build.</param>
    /// <returns>Full path of what to start with <c>dotnet</c>.</returns>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when it cannot be built, with the compiler's errors.</exception>
    public async Task<string> BuildAsync(string program, CancellationToken cancellationToken)
    {
        var folder = FolderOf(program);
        if (Find(folder, program) is { } there)
            return there;
        // A build that was interrupted leaves nothing that looks whole.
        var partial = $"{folder}.{Environment.ProcessId}.partial";
        var answer = $"{partial}.json";
        Directory.CreateDirectory(directory);
        tell($"=== Building {Path.GetFileName(program)} (once for these sources) ===");
        try
        {
            // The configuration is that of `dotnet run`. What was built is copied, so that the next build does not change a program that runs.
            var result = await Programs.RunAsync(
                "dotnet",
                ["build", program, "--nologo", "--verbosity", "quiet", "--disable-build-servers", "-target:Build", "-getProperty:TargetDir", "-getProperty:NuGetPackageRoot", $"-getResultOutputFile:{answer}"],
                Path.GetDirectoryName(program),
                cancellationToken);
            var (output, packages) = result.IsSuccess ? await ReadAsync(answer, cancellationToken) : ("", "");
            if (Find(output, program) is null)
                throw MlflowException.Invalid($"{program} could not be built:\n{string.Join('\n', Errors(result.Output + result.Error))}\nMend this, then run the project again.");
            Copy(new DirectoryInfo(output), partial, packages);
            try
            {
                Directory.Move(partial, folder);
            }
            catch (IOException) when (Directory.Exists(folder))
            {
                // Another process has built it meanwhile.
            }
        }
        finally
        {
            File.Delete(answer);
            if (Directory.Exists(partial))
                Directory.Delete(partial, recursive: true);
        }

        return Find(folder, program)!;
    }

    private static async Task<(string Output, string Packages)> ReadAsync(string answer, CancellationToken cancellationToken)
    {
        using var document = JsonDocument.Parse(await File.ReadAllBytesAsync(answer, cancellationToken));
        var properties = document.RootElement.GetProperty("Properties");
        return (properties.GetProperty("TargetDir").GetString()!, properties.GetProperty("NuGetPackageRoot").GetString()!);
    }

    // Files of packages, which nothing changes and which may be large, stay links.
    private static void Copy(DirectoryInfo from, string to, string packages)
    {
        Directory.CreateDirectory(to);
        foreach (var entry in from.EnumerateFileSystemInfos())
        {
            var target = Path.Combine(to, entry.Name);
            if (entry is DirectoryInfo folder)
                Copy(folder, target, packages);
            else if (entry.ResolveLinkTarget(returnFinalTarget: true) is { } linked && linked.FullName.StartsWith(packages, StringComparison.Ordinal))
                File.CreateSymbolicLink(target, linked.FullName);
            else
                File.Copy(entry.FullName, target);
        }
    }

    private static IEnumerable<string> Errors(string output)
    {
        var lines = output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct().ToList();
        var errors = lines.Where(line => line.Contains("error", StringComparison.OrdinalIgnoreCase)).ToList();
        return (errors.Count > 0 ? errors : lines).Take(20);
    }

    // Only what can be started has a runtimeconfig.json; programs that it refers to may have one as well.
    private static string? Find(string folder, string program)
    {
        if (!Directory.Exists(folder))
            return null;
        const string ending = ".runtimeconfig.json";
        var names = Directory.EnumerateFiles(folder, $"*{ending}").Select(path => Path.GetFileName(path)[..^ending.Length]).ToList();
        var name = names.FirstOrDefault(found => found == Path.GetFileNameWithoutExtension(program)) ?? (names.Count == 1 ? names[0] : null);
        return name is not null && Path.Combine(folder, $"{name}.dll") is var path && File.Exists(path) ? path : null;
    }
}

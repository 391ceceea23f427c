using System.Text.RegularExpressions;
using MLflowSharp.Projects.Running;

namespace MLflowSharp.Projects.DotNet;

/// <summary>
/// The environment manager <c>dotnet</c>: the project's program is restored and built once for each state of its sources, into a cache, and a
/// command that begins with <c>dotnet run … --</c> starts what was built. Other commands run as they are.
/// </summary>
internal static partial class DotNetEnvironment
{
    /// <summary>The command that starts what was built, which is built if need be.</summary>
    public static async Task<string> PrepareAsync(PreparedProject prepared, string command, CancellationToken cancellationToken)
    {
        var program = Program(prepared);
        return Runs(command, program, prepared.Project.Folder) ? StartOf(await BuildAsync(program, prepared.Options, cancellationToken), command) : command;
    }

    /// <summary>Builds a program if need be.</summary>
    /// <returns>Full path of what to start with <c>dotnet</c>.</returns>
    public static Task<string> BuildAsync(string program, ProjectRunOptions options, CancellationToken cancellationToken) =>
        new DotNetCache(options.CacheDirectory, options.Tell).BuildAsync(program, cancellationToken);

    /// <summary>The command as <see cref="PrepareAsync"/> would give it, without building anything.</summary>
    public static string Foresee(PreparedProject prepared, string command)
    {
        var program = Program(prepared);
        return Runs(command, program, prepared.Project.Folder)
            ? StartOf(Path.Combine(new DotNetCache(prepared.Options.CacheDirectory, prepared.Options.Tell).FolderOf(program), $"{Path.GetFileNameWithoutExtension(program)}.dll"), command)
            : command;
    }

    private static string Program(PreparedProject prepared) => prepared.Project.Environment.Kind == ProjectEnvironmentKind.DotNet
        ? prepared.Project.Environment.Path!
        : Path.GetFullPath(prepared.EntryPoint.Name, prepared.Project.Folder);

    private static string StartOf(string built, string command) => $"dotnet {ShellText.Quote(built)}{command[RunPattern().Match(command).Length..]}";

    // What stands between `run` and `--` must name this program, or none.
    private static bool Runs(string command, string program, string folder)
    {
        var match = RunPattern().Match(command);
        return match.Success && match.Groups["words"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word.Trim('\'', '"'))
            .Where(word => Path.GetExtension(word) is ".cs" or ".csproj" or ".fsproj" or ".vbproj" || Directory.Exists(Path.GetFullPath(word, folder)))
            .All(word => Path.GetFullPath(word, folder) is var named && (named == program || Path.TrimEndingDirectorySeparator(named) == Path.GetDirectoryName(program)));
    }

    [GeneratedRegex(@"^\s*dotnet run(?<words>(?: +(?!-- |--\z)[^\s;&|]+)*?)(?: +--(?= |\z)|\s*\z)")]
    private static partial Regex RunPattern();
}

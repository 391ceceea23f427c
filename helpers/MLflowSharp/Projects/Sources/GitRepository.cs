using MLflowSharp.Projects.Running;

namespace MLflowSharp.Projects.Sources;

/// <summary>Asks the program git.</summary>
/// <param name="Top">The top folder.</param>
/// <param name="Commit">Commit that is checked out; null when there is none, or when git ignores the folder that was asked for.</param>
/// <param name="RemoteUrl">The first remote's address; null without one.</param>
internal sealed record GitRepository(string Top, string? Commit, string? RemoteUrl)
{
    /// <summary>Whether a folder is the top of a repository.</summary>
    public static async Task<bool> IsTopAsync(string folder, CancellationToken cancellationToken) =>
        await AskAsync(folder, cancellationToken, "rev-parse", "--show-toplevel") is { } top && Path.GetFullPath(top) == Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));

    /// <summary>The repository that holds a folder; null when none does, or there is no git.</summary>
    public static async Task<GitRepository?> DescribeAsync(string folder, CancellationToken cancellationToken)
    {
        if (Programs.Find("git") is null || await AskAsync(folder, cancellationToken, "rev-parse", "--show-toplevel") is not { } top)
            return null;
        var isIgnored = await AskAsync(folder, cancellationToken, "check-ignore", folder) is not null;
        var commit = isIgnored ? null : await AskAsync(folder, cancellationToken, "rev-parse", "--verify", "--quiet", "HEAD");
        var remote = (await AskAsync(folder, cancellationToken, "remote"))?.Split('\n')[0];
        return new GitRepository(top, commit, remote is null ? null : await AskAsync(folder, cancellationToken, "remote", "get-url", remote));
    }

    /// <summary>Fetches one version of a repository into a new temporary folder.</summary>
    /// <param name="uri">The repository.</param>
    /// <param name="version">Commit, branch or tag; null for its HEAD.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The folder, its commit, and the branch when the version is one.</returns>
    public static async Task<(string Folder, string Commit, string? Branch)> CloneAsync(string uri, string? version, CancellationToken cancellationToken)
    {
        if (uri.StartsWith('-') || version?.StartsWith('-') == true)
            throw MlflowException.Invalid($"'{(uri.StartsWith('-') ? uri : version)}' begins with a hyphen, so it names neither a repository nor a version.");
        var folder = Directory.CreateTempSubdirectory("mlflow-project-").FullName;
        await DoAsync(uri, version, folder, cancellationToken, "init", "--quiet");
        await DoAsync(uri, version, folder, cancellationToken, "remote", "add", "origin", uri);
        // One commit is enough; a short commit, which no server knows by that name, needs all of them.
        var shallow = await Programs.RunAsync("git", ["fetch", "--quiet", "--depth", "1", "origin", version ?? "HEAD"], folder, cancellationToken);
        if (!shallow.IsSuccess)
            await DoAsync(uri, version, folder, cancellationToken, "fetch", "--quiet", "--tags", "origin", "+refs/heads/*:refs/remotes/origin/*");
        var isBranch = version is not null && await AskAsync(folder, cancellationToken, "rev-parse", "--verify", "--quiet", $"refs/remotes/origin/{version}") is not null;
        await DoAsync(uri, version, folder, cancellationToken, "checkout", "--quiet", "--detach", shallow.IsSuccess ? "FETCH_HEAD" : isBranch ? $"refs/remotes/origin/{version}" : version ?? "HEAD");
        if (File.Exists(Path.Combine(folder, ".gitmodules")))
            await DoAsync(uri, version, folder, cancellationToken, "submodule", "--quiet", "update", "--init", "--recursive");
        return (folder, (await AskAsync(folder, cancellationToken, "rev-parse", "HEAD"))!, isBranch ? version : null);
    }

    private static async Task<string?> AskAsync(string folder, CancellationToken cancellationToken, params string[] arguments)
    {
        var answer = await Programs.RunAsync("git", arguments, folder, cancellationToken);
        return answer.IsSuccess && answer.Output.Trim() is { Length: > 0 } text ? text : null;
    }

    private static async Task DoAsync(string uri, string? version, string folder, CancellationToken cancellationToken, params string[] arguments)
    {
        var answer = await Programs.RunAsync("git", arguments, folder, cancellationToken);
        if (answer.IsSuccess)
            return;
        Directory.Delete(folder, recursive: true);
        throw MlflowException.Invalid(
            $"The project could not be fetched from {uri}{(version is null ? "" : $" in version '{version}'")}: git says \"{answer.Error.Trim()}\". "
            + "Check that the address is a folder or a git repository that you may read, and that it has this version.");
    }
}

namespace MLflowSharp.Context;

/// <summary>Reads the checked-out commit from a repository's files (https://git-scm.com/docs/gitrepository-layout), without running git.</summary>
internal static class GitCommit
{
    /// <summary>Commit of the repository that holds a folder; null when it is in none, or nothing is committed yet.</summary>
    public static string? Find(string folder)
    {
        for (var current = new DirectoryInfo(folder); current is not null; current = current.Parent)
        {
            var git = Path.Combine(current.FullName, ".git");
            if (Directory.Exists(git))
                return Read(git);
            // A worktree or submodule has a file that says where its repository is.
            if (File.Exists(git) && File.ReadAllText(git).Trim() is var link && link.StartsWith("gitdir: ", StringComparison.Ordinal))
                return Read(Path.Combine(current.FullName, link["gitdir: ".Length..]));
        }

        return null;
    }

    private static string? Read(string git)
    {
        if (Text(Path.Combine(git, "HEAD")) is not { } head)
            return null;
        if (!head.StartsWith("ref: ", StringComparison.Ordinal))
            return head;
        var name = head["ref: ".Length..];
        var common = Text(Path.Combine(git, "commondir")) is { } relative ? Path.Combine(git, relative) : git;
        return Text(Path.Combine(git, name))
            ?? Text(Path.Combine(common, name))
            ?? Text(Path.Combine(common, "packed-refs"))?.Split('\n').FirstOrDefault(line => line.TrimEnd().EndsWith($" {name}", StringComparison.Ordinal))?.Split(' ')[0];
    }

    private static string? Text(string path) => File.Exists(path) ? File.ReadAllText(path).Trim() : null;
}

namespace ScriptedKernel;

/// <summary>Files as signs between kernels.</summary>
internal static class ScriptedFiles
{
    /// <summary>Waits until there is a file.</summary>
    public static async Task WaitForAsync(string path, CancellationToken cancellationToken)
    {
        path = Path.GetFullPath(path);
        using var watcher = new FileSystemWatcher(Path.GetDirectoryName(path)!, Path.GetFileName(path));
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        watcher.Created += (_, _) => seen.TrySetResult();
        watcher.Renamed += (_, _) => seen.TrySetResult();
        watcher.EnableRaisingEvents = true;
        if (!File.Exists(path)) await seen.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Ends this process once there is a file, and leaves a sign of that.</summary>
    public static async Task DieAfterAsync(string mark, string sign)
    {
        await WaitForAsync(mark, CancellationToken.None);
        await File.WriteAllTextAsync(sign, "");
        Environment.Exit(5);
    }
}

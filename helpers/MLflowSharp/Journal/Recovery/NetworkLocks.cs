namespace MLflowSharp.Journal.Recovery;

/// <summary>Whether a lock on a network file system is seen by other machines, as far as Linux's mount options tell.</summary>
internal static class NetworkLocks
{
    /// <summary>Whether the folder is on a file system whose locks hold for all machines.</summary>
    public static bool HoldEverywhere(string folder)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            return HoldEverywhere(folder, File.ReadLines("/proc/self/mounts"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The same for given lines of <c>/proc/self/mounts</c> (https://man7.org/linux/man-pages/man5/proc_mounts.5.html).</summary>
    internal static bool HoldEverywhere(string folder, IEnumerable<string> mounts)
    {
        var (best, answer) = ("", false);
        foreach (var mount in mounts)
        {
            if (mount.Split(' ') is not [_, var escaped, var type, var options, ..])
                continue;
            var point = escaped.Replace(@"\040", " ", StringComparison.Ordinal);
            var isAbove = point == "/" || folder == point || folder.StartsWith(point + "/", StringComparison.Ordinal);
            if (isAbove && point.Length >= best.Length)
                (best, answer) = (point, IsGlobal(type, options.Split(',')));
        }

        return answer;
    }

    private static bool IsGlobal(string type, string[] options) => type switch
    {
        // https://man7.org/linux/man-pages/man5/nfs.5.html: flock is sent to the server unless told otherwise.
        "nfs" or "nfs4" => !options.Contains("nolock") && !options.Contains("local_lock=all") && !options.Contains("local_lock=flock"),
        // Lustre's client: "flock" is coherent across clients, "localflock" is not.
        "lustre" => options.Contains("flock"),
        "gpfs" => true,
        _ => false,
    };
}

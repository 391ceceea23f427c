using System.Security.Cryptography;
using System.Text;
using MLflowSharp.Stores;

namespace MLflowSharp.Journal.Files;

/// <summary>Where the journals of a store are kept.</summary>
internal static class JournalFolders
{
    /// <summary>What stands behind the name of a local store; never one of SQLite's own endings <c>-journal</c>, <c>-wal</c>, <c>-shm</c>.</summary>
    private const string Suffix = ".journals";

    /// <summary>The folders in which a store's journals may be, the best first.</summary>
    /// <param name="storeUri">The store's URI.</param>
    /// <param name="localPath">The store's own file or folder; null for one on a server.</param>
    /// <param name="options">Settings.</param>
    public static IReadOnlyList<string> Of(string storeUri, string? localPath, JournalOptions options)
    {
        if (options.Folder is { } folder)
            return [Path.Combine(Path.GetFullPath(folder), NameOf(localPath ?? storeUri))];
        var ofUser = Path.Combine(StateFolder, NameOf(localPath ?? storeUri));
        return localPath is null ? [ofUser] : [Path.TrimEndingDirectorySeparator(localPath) + Suffix, ofUser];
    }

    /// <summary>The folder under which the user's journals of servers are.</summary>
    public static string StateFolder
    {
        get
        {
            var variable = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
            if (!string.IsNullOrEmpty(variable) && Path.IsPathRooted(variable))
                return Path.Combine(variable, "mlflowsharp", "journals");
            if (OperatingSystem.IsWindows() || OperatingSystem.IsMacOS())
                return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "mlflowsharp", "journals");
            var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            return Path.Combine(home.Length > 0 ? home : Path.GetTempPath(), ".local", "state", "mlflowsharp", "journals");
        }
    }

    /// <summary>Does something in a folder that is made when missing, again when another process removed it as empty in between.</summary>
    public static T WithFolder<T>(string folder, Func<T> action)
    {
        for (var attempt = 1; ; attempt++)
        {
            PrivateFiles.CreateFolder(folder);
            try
            {
                return action();
            }
            catch (DirectoryNotFoundException) when (attempt < 10)
            {
                // Made again above.
            }
        }
    }

    /// <summary>Removes a folder when nothing is in it.</summary>
    public static void DeleteIfEmpty(string folder)
    {
        try
        {
            Directory.Delete(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Another journal is in it, which is as good.
        }
    }

    /// <summary>A name for people with enough of a hash to be the store's own.</summary>
    private static string NameOf(string store)
    {
        var shown = StoreUri.WithoutSecrets(store).TrimEnd('/');
        var readable = new string([.. shown.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-')]).Trim('-');
        return $"{readable[^Math.Min(readable.Length, 60)..]}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(shown)))[..12]}";
    }
}

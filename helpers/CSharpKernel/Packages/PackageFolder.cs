using System.Text.Json;

namespace CSharpKernel.Packages;

/// <summary>Reads what NuGet writes beside an unpacked package.</summary>
internal static class PackageFolder
{
    /// <summary>The file that NuGet writes last: a folder without it was not unpacked to the end.</summary>
    public const string MetadataFile = ".nupkg.metadata";

    /// <summary>The hash of the content of the package in a folder; null when there is no whole package.</summary>
    public static string? ReadHash(string folder)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, MetadataFile)));
            return document.RootElement.GetProperty("contentHash").GetString();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // Not there, or not whole: it is unpacked anew.
            return null;
        }
    }
}

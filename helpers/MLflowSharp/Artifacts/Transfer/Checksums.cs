using System.Security.Cryptography;

namespace MLflowSharp.Artifacts.Transfer;

/// <summary>MD5 as storages use it: against damage, not against attackers.</summary>
internal static class Checksums
{
#pragma warning disable CA5351
    /// <summary>MD5 of what is left of a stream.</summary>
    public static async Task<byte[]> Md5Async(Stream content, CancellationToken cancellationToken) => await MD5.HashDataAsync(content, cancellationToken);

    /// <summary>The entity tag that S3 gives a file of several parts: MD5 of their checksums, and how many they are.</summary>
    public static string OfParts(IEnumerable<byte[]> parts)
    {
        var all = parts.ToList();
        return $"{Convert.ToHexStringLower(MD5.HashData(all.SelectMany(part => part).ToArray()))}-{all.Count}";
    }
#pragma warning restore CA5351

    /// <summary>The MD5 that an entity tag is; null when it is something else, such as that of a file of several parts.</summary>
    public static byte[]? OfEntityTag(string? tag) =>
        tag?.Trim('"') is { Length: 32 } hex && hex.All(char.IsAsciiHexDigit) ? Convert.FromHexString(hex) : null;
}

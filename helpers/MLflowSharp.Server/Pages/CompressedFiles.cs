using System.Collections.Concurrent;
using System.IO.Compression;

namespace MLflowSharp.Server.Pages;

/// <summary>Compresses files of the pages when they are first asked for, and keeps what came out: about 7 MB when all pages have been seen.</summary>
internal sealed class CompressedFiles
{
    /// <summary>What is smaller fits into one packet anyway.</summary>
    private const long Smallest = 1400;

    private static readonly HashSet<string> Compressible = new(StringComparer.OrdinalIgnoreCase) { ".html", ".js", ".mjs", ".cjs", ".css", ".svg", ".json", ".txt", ".map", ".wasm", ".ico" };

    private readonly ConcurrentDictionary<(string Path, string Encoding, long Ticks), Lazy<Task<byte[]>>> _kept = [];

    /// <summary>The encoding to send a file in: <c>br</c> or <c>gzip</c>; null for as it is.</summary>
    /// <param name="accepted">The header Accept-Encoding.</param>
    /// <param name="file">The file.</param>
    public static string? EncodingFor(string? accepted, FileInfo file)
    {
        if (accepted is null || file.Length < Smallest || !Compressible.Contains(file.Extension))
            return null;
        var names = accepted.Split(',', StringSplitOptions.TrimEntries).Where(item => !item.Replace(" ", "", StringComparison.Ordinal).EndsWith(";q=0", StringComparison.Ordinal)).Select(item => item.Split(';')[0].TrimEnd()).ToList();
        return names.Contains("br", StringComparer.OrdinalIgnoreCase) ? "br" : names.Contains("gzip", StringComparer.OrdinalIgnoreCase) ? "gzip" : null;
    }

    /// <summary>The compressed content of a file.</summary>
    public async Task<byte[]> GetAsync(FileInfo file, string encoding)
    {
        var key = (file.FullName, encoding, file.LastWriteTimeUtc.Ticks);
        try
        {
            return await _kept.GetOrAdd(key, _ => new(() => Task.Run(() => CompressAsync(file.FullName, encoding)))).Value;
        }
        catch (IOException)
        {
            // Not remembered: the file may be readable the next time.
            _kept.TryRemove(key, out _);
            throw;
        }
    }

    private static async Task<byte[]> CompressAsync(string path, string encoding)
    {
        await using var source = File.OpenRead(path);
        using var result = new MemoryStream();
        // Brotli's default level takes seconds for the greatest script; this one a tenth of a second for nearly the same size.
        await using (Stream target = encoding == "br"
            ? new BrotliStream(result, new BrotliCompressionOptions { Quality = 5 }, leaveOpen: true)
            : new GZipStream(result, CompressionLevel.Optimal, leaveOpen: true))
        {
            await source.CopyToAsync(target);
        }

        return result.ToArray();
    }
}

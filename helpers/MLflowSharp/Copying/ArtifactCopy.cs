using System.IO.Hashing;
using MLflowSharp.Artifacts;

namespace MLflowSharp.Copying;

/// <summary>Copies files and reads them back.</summary>
internal sealed class ArtifactCopy(CopyReport report)
{
    /// <summary>Copies all files of a location.</summary>
    /// <exception cref="MlflowException">DATA_LOSS: what was written does not read back alike.</exception>
    public async Task CopyAsync(IArtifactRepository from, IArtifactRepository to, CancellationToken cancellationToken)
    {
        await foreach (var file in FilesAsync(from, null, cancellationToken))
        {
            var hash = new XxHash128();
            var length = 0L;
            using (var content = await from.OpenReadAsync(file, null, cancellationToken))
                await to.WriteAsync(file, async (target, cancellation) => length = await PumpAsync(content.Stream, target, hash, cancellation), cancellationToken);
            using var written = await to.OpenReadAsync(file, null, cancellationToken);
            var again = new XxHash128();
            if (await PumpAsync(written.Stream, Stream.Null, again, cancellationToken) != length || !again.GetCurrentHash().AsSpan().SequenceEqual(hash.GetCurrentHash()))
                throw new MlflowException($"The file '{file}' does not read back as it was written. Check the disk or the storage of the target.", ErrorCode.DataLoss);
            report.Files++;
            report.Bytes += length;
        }
    }

    private static async IAsyncEnumerable<string> FilesAsync(IArtifactRepository repository, string? folder, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var entry in await repository.ListArtifactsAsync(folder, cancellationToken))
        {
            if (!entry.IsDirectory)
            {
                yield return entry.Path;
                continue;
            }

            await foreach (var file in FilesAsync(repository, entry.Path, cancellationToken))
                yield return file;
        }
    }

    private static async Task<long> PumpAsync(Stream from, Stream to, XxHash128 hash, CancellationToken cancellationToken)
    {
        var buffer = new byte[1 << 17];
        var length = 0L;
        for (int read; (read = await from.ReadAsync(buffer, cancellationToken)) > 0; length += read)
        {
            hash.Append(buffer.AsSpan(0, read));
            await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return length;
    }
}

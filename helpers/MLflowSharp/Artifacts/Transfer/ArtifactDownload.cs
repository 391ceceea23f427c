using System.Buffers;
using System.Globalization;
using MLflowSharp.Artifacts.Local;

namespace MLflowSharp.Artifacts.Transfer;

/// <summary>
/// Downloads one file: to a temporary name, renamed when it is whole and verified. A connection that breaks or stalls is taken up again
/// where it stopped, in the same call and, for files of a megabyte and more, by a later call, as long as the original is unchanged.
/// </summary>
internal static class ArtifactDownload
{
    private const int BufferSize = 1 << 17;
    private const int ReportEvery = 1 << 20;
    private static readonly TimeSpan Stalled = TimeSpan.FromMinutes(2); // As long as MLflow waits for an answer.
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(200);

    /// <param name="open">Opens the original; see <see cref="IArtifactRepository.OpenReadAsync"/>.</param>
    /// <param name="source">What tells the original from all others, across processes.</param>
    /// <param name="artifactFile">The artifact's path, for progress and messages.</param>
    /// <param name="localFile">Where to.</param>
    /// <param name="transfer">Progress and retries.</param>
    /// <param name="cancellationToken">Cancels the call; what has arrived stays for the next one.</param>
    public static async Task RunAsync(
        Func<string, ArtifactPosition?, CancellationToken, Task<ArtifactContent>> open, string source, string artifactFile, string localFile,
        ArtifactTransferOptions transfer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var destination = Path.GetFullPath(localFile);
        try
        {
            using var partial = PartialDownload.Open(destination, source);
            try
            {
                await FetchAsync(open, partial, artifactFile, destination, transfer, cancellationToken);
                partial.Finish();
            }
            catch (Exception error)
            {
                partial.Leave(keep: !LocalErrors.IsFull(error) && error is not MlflowException { ErrorCode: ErrorCode.DataLoss });
                throw;
            }
        }
        catch (Exception error) when (LocalErrors.IsOfTheSystem(error))
        {
            throw LocalErrors.Of($"The artifact '{artifactFile}' cannot be written to '{destination}'", error);
        }
    }

    private static async Task FetchAsync(
        Func<string, ArtifactPosition?, CancellationToken, Task<ArtifactContent>> open, PartialDownload partial, string artifactFile, string destination,
        ArtifactTransferOptions transfer, CancellationToken cancellationToken)
    {
        var goesOn = partial.Position is { Offset: > 0 };
        for (var failures = 0; ;)
        {
            using var content = await open(artifactFile, partial.Position, cancellationToken);
            Directory.CreateDirectory(Path.GetDirectoryName(destination)!);
            partial.Begin(content);
            var before = partial.Length;
            var broken = await CopyAsync(content, partial, artifactFile, transfer, cancellationToken);
            if (broken is null && (content.Length is not { } whole || whole == partial.Length))
            {
                if (content.Md5 is not { } md5 || (await partial.Md5Async(cancellationToken)).AsSpan().SequenceEqual(md5.Span))
                    return;
                if (!goesOn)
                    throw Damaged(artifactFile, "does not have the checksum that the storage has for it");
                // What was there from before may have been damaged since: once more from the beginning.
                goesOn = false;
                partial.Forget();
                continue;
            }

            if (content.Length < partial.Length)
                throw Damaged(artifactFile, string.Create(CultureInfo.InvariantCulture, $"has {partial.Length} bytes where the storage announced {content.Length}"));
            failures = partial.Length > before ? 1 : failures + 1;
            if (failures > transfer.Retries)
            {
                throw new MlflowException(
                    string.Create(CultureInfo.InvariantCulture, $"The connection broke while '{artifactFile}' was downloaded, after {partial.Length} of {content.Length?.ToString(CultureInfo.InvariantCulture) ?? "an unknown number of"} bytes. ")
                    + "Download it again when the network is back: it goes on from there.",
                    ErrorCode.TemporarilyUnavailable, broken);
            }

            await Task.Delay(FirstWait * (1 << Math.Min(failures, 8)) * (0.5 + Random.Shared.NextDouble()), cancellationToken);
        }
    }

    /// <returns>How the connection broke; null when the stream came to its end.</returns>
    private static async Task<Exception?> CopyAsync(
        ArtifactContent content, PartialDownload partial, string artifactFile, ArtifactTransferOptions transfer, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        var reported = partial.Length;
        using var stalled = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            while (true)
            {
                int read;
                try
                {
                    stalled.CancelAfter(Stalled);
                    read = await content.Stream.ReadAsync(buffer.AsMemory(0, BufferSize), stalled.Token);
                }
                catch (Exception error) when (error is IOException or HttpRequestException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
                {
                    return error;
                }

                if (read > 0)
                    await partial.AppendAsync(buffer.AsMemory(0, read), cancellationToken);
                var isWhole = content.Length is { } whole ? partial.Length == whole : read == 0;
                if (isWhole || partial.Length - reported >= ReportEvery)
                {
                    reported = partial.Length;
                    transfer.Progress?.Report(new(artifactFile, reported, content.Length ?? (isWhole ? reported : null)));
                }

                if (read == 0)
                    return null;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static MlflowException Damaged(string artifactFile, string how) => new(
        $"The artifact '{artifactFile}' {how}, so it was not kept. Download it again; if that fails as well, the artifact itself is damaged.", ErrorCode.DataLoss);
}

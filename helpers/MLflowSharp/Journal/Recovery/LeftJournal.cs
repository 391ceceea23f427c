using MLflowSharp.Journal.Files;
using MLflowSharp.Journal.Records;

namespace MLflowSharp.Journal.Recovery;

/// <summary>The files of one journal in a folder, whoever writes it.</summary>
/// <param name="Stem">Path of the files without number and extension.</param>
/// <param name="Segments">Paths of the files with records, in order.</param>
internal sealed record LeftJournal(string Stem, IReadOnlyList<string> Segments)
{
    public string LockPath => Stem + OwnerLock.Extension;

    public string RejectedPath => Stem + RejectedRecords.Extension;

    /// <summary>When something was last written to it.</summary>
    public DateTimeOffset LastWritten =>
        new(((string[])[.. Segments, RejectedPath]).Where(File.Exists).DefaultIfEmpty(LockPath).Max(File.GetLastWriteTimeUtc));

    /// <summary>The journals in a folder; none when there is no such folder, or it may not be read.</summary>
    public static IReadOnlyList<LeftJournal> In(string folder)
    {
        string[] files;
        try
        {
            files = Directory.GetFiles(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }

        return
        [
            .. files.GroupBy(StemOf).Where(group => group.Key is not null).OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => new LeftJournal(group.Key!, [.. group.Where(IsSegment).Order(StringComparer.Ordinal)])),
        ];
    }

    /// <summary>Opens the files with records.</summary>
    /// <param name="access">Reading, or writing as well to replay them.</param>
    /// <returns>The files whose heads are whole; the others never held a record.</returns>
    public List<SegmentFile> Open(FileAccess access)
    {
        var segments = new List<SegmentFile>();
        try
        {
            foreach (var path in Segments)
            {
                if (SegmentFile.TryOpen(path, access) is { } segment)
                    segments.Add(segment);
            }

            return segments;
        }
        catch
        {
            segments.ForEach(segment => segment.Dispose());
            throw;
        }
    }

    /// <summary>The records that are still to be written to the store.</summary>
    /// <param name="segments">The opened files.</param>
    public static IEnumerable<JournalFrame> Pending(IEnumerable<SegmentFile> segments)
    {
        foreach (var segment in segments)
        {
            var from = segment.ReadDelivered();
            while (from < segment.End && segment.Read(from, segment.End) is { Count: > 0 } frames)
            {
                foreach (var frame in frames.Where(frame => !frame.IsWithdrawn))
                    yield return frame;
                from = frames[^1].Next;
            }
        }
    }

    private static bool IsSegment(string path) => path.EndsWith(SegmentFile.Extension, StringComparison.Ordinal);

    private static string? StemOf(string path)
    {
        // host-process-identifier.000001.journal, .lock, .rejected
        if (IsSegment(path) && Path.GetFileNameWithoutExtension(path) is var numbered && numbered.LastIndexOf('.') is var dot and > 0)
            return Path.Combine(Path.GetDirectoryName(path)!, numbered[..dot]);
        return Path.GetExtension(path) is OwnerLock.Extension or RejectedRecords.Extension ? path[..^Path.GetExtension(path).Length] : null;
    }
}

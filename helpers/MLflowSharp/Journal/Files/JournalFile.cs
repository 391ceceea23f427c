using System.Globalization;
using MLflowSharp.Journal.Records;
using MLflowSharp.Stores;

namespace MLflowSharp.Journal.Files;

/// <summary>
/// This process's journal of one store: files of up to 64 MB, one after another, under one lock. Those that the store has whole are deleted.
/// Appending and looking are safe from several threads; reading and delivering are for one.
/// </summary>
internal sealed class JournalFile : IDisposable
{
    private const int MostNames = 1000;

    private readonly Lock _lock = new();
    private readonly IReadOnlyList<string> _folders;
    private readonly Func<JournalHeader> _header;
    private readonly bool _flushToDisk;
    private readonly long _largestSegment;
    private readonly Queue<SegmentFile> _segments = new();
    private SegmentFile? _last;
    private OwnerLock? _owner;
    private string? _stem;
    private int _number;
    private long _appended;
    private long _delivered;
    private bool _closed;

    /// <summary>Prepares a journal; nothing is made before the first record.</summary>
    /// <param name="folders">Where it may be, best first.</param>
    /// <param name="header">Describes a new file.</param>
    /// <param name="flushToDisk">Whether each record is forced to the disk.</param>
    /// <param name="largestSegment">When a next file is begun, in bytes.</param>
    public JournalFile(IReadOnlyList<string> folders, Func<JournalHeader> header, bool flushToDisk, long largestSegment = 64 << 20)
    {
        _folders = folders;
        _header = header;
        _flushToDisk = flushToDisk;
        _largestSegment = largestSegment;
    }

    /// <summary>How many records were appended, by this process.</summary>
    public long Appended => Volatile.Read(ref _appended);

    /// <summary>How many of them are done with.</summary>
    public long Delivered => Volatile.Read(ref _delivered);

    /// <summary>Path of its files without number and extension; null before the first record.</summary>
    public string? Stem => Volatile.Read(ref _stem);

    /// <summary>Appends a record.</summary>
    /// <param name="frame">Its frame.</param>
    /// <param name="appended">Called with the record's number, from 1 on, and its place, before another record can be appended.</param>
    /// <returns>Whether it was appended; false when the journal is closed.</returns>
    /// <exception cref="IOException">The disk is full or gone: the record is not in the journal.</exception>
    /// <exception cref="UnauthorizedAccessException">No folder can be written.</exception>
    public bool Append(Span<byte> frame, Action<long, SegmentFile, long>? appended = null)
    {
        lock (_lock)
        {
            if (_closed)
                return false;
            if (_last is null || _last.End >= _largestSegment)
                Begin();
            var offset = _last!.End;
            _last.Append(frame, _flushToDisk);
            Volatile.Write(ref _appended, _appended + 1);
            appended?.Invoke(_appended, _last, offset);
            return true;
        }
    }

    /// <summary>Reads the next frames that are not delivered yet, with the file they are in.</summary>
    public (SegmentFile Segment, List<JournalFrame> Frames)? ReadNext()
    {
        SegmentFile segment;
        long end;
        lock (_lock)
        {
            DropDelivered();
            if (_segments.Count == 0)
                return null;
            segment = _segments.Peek();
            end = segment.End;
        }

        var from = segment.ReadDelivered();
        return from < end ? (segment, segment.Read(from, end)) : null;
    }

    /// <summary>Remembers that everything up to a place is done with.</summary>
    /// <param name="segment">In which file.</param>
    /// <param name="offset">The place.</param>
    /// <param name="records">How many records are before it that were not done with until now.</param>
    public void Advance(SegmentFile segment, long offset, int records)
    {
        lock (_lock)
        {
            segment.WriteDelivered(offset);
            var count = offset >= segment.End ? segment.Undelivered : Math.Min(records, segment.Undelivered);
            segment.Undelivered -= count;
            Volatile.Write(ref _delivered, _delivered + count);
        }
    }

    /// <summary>Closes the journal for further records.</summary>
    /// <returns>How many records are left to deliver.</returns>
    public long CloseForAppending()
    {
        lock (_lock)
        {
            _closed = true;
            return _appended - _delivered;
        }
    }

    /// <summary>Deletes what is delivered, and lets go of the rest for another process to replay.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _closed = true;
            var isDone = _appended == _delivered;
            while (_segments.TryDequeue(out var segment))
            {
                segment.Dispose();
                if (isDone)
                    PrivateFiles.Delete(segment.Path);
            }

            _last = null;
            if (isDone)
                _owner?.Delete();
            else
                _owner?.Dispose();
            _owner = null;
            if (isDone && _stem is not null)
                JournalFolders.DeleteIfEmpty(Path.GetDirectoryName(_stem)!);
        }
    }

    private void Begin()
    {
        if (_owner is null)
            ChooseFolder();
        var segment = SegmentFile.Create(string.Create(CultureInfo.InvariantCulture, $"{_stem}.{_number + 1:D6}{SegmentFile.Extension}"), _header());
        _number++;
        _segments.Enqueue(segment);
        _last = segment;
    }

    private void ChooseFolder()
    {
        var owner = HostIdentity.Current;
        var host = new string([.. owner.Host.Take(40).Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-')]);
        for (var i = 0; ; i++)
        {
            try
            {
                for (var attempt = 0; attempt < MostNames; attempt++)
                {
                    var stem = Path.Combine(_folders[i], string.Create(CultureInfo.InvariantCulture, $"{host}-{owner.ProcessId}-{Guid.NewGuid():N}"));
                    _owner = JournalFolders.WithFolder(_folders[i], () => OwnerLock.TryCreate(stem + OwnerLock.Extension));
                    if (_owner is null)
                        continue;
                    Volatile.Write(ref _stem, stem);
                    return;
                }

                throw new IOException($"No journal can be locked in '{_folders[i]}': other processes take each new lock at once.");
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException && i + 1 < _folders.Count)
            {
                // The next one is for this case: a store in a folder where nothing else may be written.
            }
        }
    }

    private void DropDelivered()
    {
        while (_segments.TryPeek(out var segment) && segment.ReadDelivered() >= segment.End)
        {
            if (segment.Undelivered > 0)
                GiveUp(segment);
            // The last one is kept while it is small: a new file costs more than a few bytes.
            if (segment == _last && segment.End < Math.Min(_largestSegment, 1 << 20))
                return;
            if (segment == _last)
                _last = null;
            _segments.Dequeue().Dispose();
            PrivateFiles.Delete(segment.Path);
        }
    }

    /// <summary>
    /// Somebody else wrote these records to the store: a person who took this process for dead, or another machine after the network took the lock
    /// away. The file is no longer ours and may be gone, so that the next record begins a journal under another name.
    /// </summary>
    private void GiveUp(SegmentFile segment)
    {
        Volatile.Write(ref _delivered, _delivered + segment.Undelivered);
        segment.Undelivered = 0;
        _last = null;
        _owner?.Dispose();
        _owner = null;
    }
}

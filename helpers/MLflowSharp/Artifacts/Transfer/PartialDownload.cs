using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MLflowSharp.Artifacts.Local;

namespace MLflowSharp.Artifacts.Transfer;

/// <summary>
/// The part of a file that has arrived, beside its destination under a name of its own, with a note of what it is a part of. Another
/// download of the same file at the same time gets a part of its own.
/// </summary>
internal sealed class PartialDownload : IDisposable
{
    private const long WorthKeeping = 1 << 20;
    private readonly string _destination;
    private readonly string _source;
    private string _path;
    private FileStream? _stream;

    private PartialDownload(string destination, string source)
    {
        (_destination, _source) = (destination, source);
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFileName(destination))), 0, 8);
        _path = Path.Combine(Path.GetDirectoryName(destination)!, $".artifact.downloading.{name}");
    }

    /// <summary>What is there of an earlier download; null when there is nothing to go on from.</summary>
    public ArtifactPosition? Position { get; private set; }

    /// <summary>How many bytes are there.</summary>
    public long Length => _stream?.Length ?? 0;

    private string Note => _path + ".of";

    public static PartialDownload Open(string destination, string source)
    {
        var partial = new PartialDownload(destination, source);
        partial.TakeUp();
        return partial;
    }

    /// <summary>Gets ready for what the storage answered: goes on, or begins anew when that is not the rest of what is there.</summary>
    public void Begin(ArtifactContent content)
    {
        _stream ??= Create();
        _stream.SetLength(content.Offset);
        _stream.Position = content.Offset;
        Position = null;
        if (content.Version is null && content.Length is null)
            return;
        Position = new(content.Offset, content.Version, content.Length);
        if (content.Length is null or >= WorthKeeping)
            File.WriteAllText(Note, string.Create(CultureInfo.InvariantCulture, $"{_source}\n{content.Length}\n{content.Version}"));
    }

    public async Task AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await _stream!.WriteAsync(bytes, cancellationToken);
        Position = Position is null ? null : Position with { Offset = _stream.Position };
    }

    /// <summary>Begins anew whatever is there.</summary>
    public void Forget() => Position = null;

    public async Task<byte[]> Md5Async(CancellationToken cancellationToken)
    {
        await _stream!.FlushAsync(cancellationToken);
        _stream.Position = 0;
        return await Checksums.Md5Async(_stream, cancellationToken);
    }

    /// <summary>Puts the whole file where it belongs.</summary>
    public void Finish()
    {
        _stream!.Flush(); // Here, not while disposing, does a full disk show.
        _stream.Dispose();
        File.Move(_path, _destination, overwrite: true);
        File.Delete(Note);
        _stream = null;
    }

    /// <summary>Removes what has arrived, unless it is worth keeping for next time.</summary>
    public void Leave(bool keep)
    {
        if (_stream is null)
            return;
        keep = keep && Position is { Offset: >= WorthKeeping };
        _stream.Dispose();
        _stream = null;
        if (keep)
            return;
        File.Delete(_path);
        File.Delete(Note);
    }

    public void Dispose() => Leave(keep: false);

    private void TakeUp()
    {
        if (!File.Exists(_path) || !File.Exists(Note))
            return;
        try
        {
            _stream = new FileStream(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1 << 17, useAsync: true);
        }
        catch (IOException)
        {
            _path += $".{Guid.NewGuid():N}"; // Someone else is downloading it.
            return;
        }

        var note = File.ReadAllText(Note);
        if (!note.StartsWith(_source + "\n", StringComparison.Ordinal) || note[(_source.Length + 1)..].Split('\n', 2) is not [var length, var version])
            return;
        Position = new(_stream.Length, version.Length == 0 ? null : version, long.TryParse(length, CultureInfo.InvariantCulture, out var bytes) ? bytes : null);
        if (Position.Length is { } whole && Position.Offset > whole)
            Forget();
    }

    private FileStream Create()
    {
        try
        {
            return new FileStream(_path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, bufferSize: 1 << 17, useAsync: true);
        }
        catch (IOException error) when (File.Exists(_path) && !LocalErrors.IsFull(error))
        {
            _path += $".{Guid.NewGuid():N}"; // Someone else is downloading it.
            return new FileStream(_path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 1 << 17, useAsync: true);
        }
    }
}

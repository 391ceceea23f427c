using System.Buffers.Binary;
using System.Text.Json;
using JupyterProtocol;
using Microsoft.Win32.SafeHandles;

namespace CSharpKernel.Lifetime;

/// <summary>
/// A small file beside the connection file that says which cells run. A process that is killed, or whose stack overflows, runs no code
/// of ours any more; when Jupyter starts the kernel again, with the same connection file, the new process finds here what it is to tell.
/// What is written reaches the system's memory, which outlives the process, within microseconds; the disk may take its time.
/// </summary>
internal sealed class RunRecord : IDisposable
{
    private const int Capacity = 64 * 1024;
    private const int LengthSize = sizeof(int);

    private readonly string? _path;
    private readonly TextWriter _log;
    private readonly Lock _lock = new();
    private SafeFileHandle? _file;
    private bool _isGivenUp;

    /// <summary>Creates a record; the file itself is made when the first cell runs.</summary>
    /// <param name="connectionFile">The connection file; null to write nothing down.</param>
    /// <param name="log">Told once when the file cannot be written; the kernel works without.</param>
    public RunRecord(string? connectionFile, TextWriter log)
    {
        _path = connectionFile is null ? null : PathFor(connectionFile);
        _log = log;
    }

    /// <summary>The record's file.</summary>
    public static string PathFor(string connectionFile) => connectionFile + ".running";

    /// <summary>The cells that ran when the process before this one died; none when there was none, or it ended in good order.</summary>
    public IReadOnlyList<OpenCell> ReadLast()
    {
        try
        {
            if (_path is null || !File.Exists(_path))
                return [];
            var bytes = File.ReadAllBytes(_path).AsSpan();
            var length = bytes.Length < LengthSize ? 0 : BinaryPrimitives.ReadInt32LittleEndian(bytes);
            return length <= 0 || length > bytes.Length - LengthSize
                ? []
                : JsonSerializer.Deserialize(bytes.Slice(LengthSize, length), LifetimeJson.Default.OpenCellArray) ?? [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            _log.WriteLine($"What ran when the last kernel process ended cannot be read from {_path}: {e.Message}");
            return [];
        }
    }

    /// <summary>Writes down which cells run.</summary>
    public void Write(IReadOnlyList<OpenCell> cells)
    {
        lock (_lock)
        {
            if (_path is null || _isGivenUp)
                return;
            try
            {
                _file ??= Open(_path);
                // In one piece, so that a reader never finds one half of it new.
                var json = cells.Count == 0 ? [] : JsonSerializer.SerializeToUtf8Bytes([.. cells], LifetimeJson.Default.OpenCellArray);
                var bytes = new byte[LengthSize + json.Length];
                if (bytes.Length > Capacity)
                    return;
                BinaryPrimitives.WriteInt32LittleEndian(bytes, json.Length);
                json.CopyTo(bytes.AsSpan(LengthSize));
                RandomAccess.Write(_file, bytes, 0);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                _isGivenUp = true;
                _log.WriteLine($"Which cell runs cannot be written to {_path}: {e.Message} Should the kernel die, it will not be able to say which cell ran.");
            }
        }
    }

    /// <summary>Removes the file: the process ends in good order.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isGivenUp = true;
            _file?.Dispose();
            try
            {
                if (_path is not null)
                    File.Delete(_path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                _log.WriteLine($"{_path} cannot be removed: {e.Message}");
            }
        }
    }

    private static SafeFileHandle Open(string path)
    {
        // Readable by its owner only: it holds a line of the notebook.
        using (new FileStream(path, Platform.PrivateFile()))
        {
        }

        return File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
    }
}

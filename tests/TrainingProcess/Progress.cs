using System.IO.MemoryMappedFiles;

namespace TrainingProcess;

/// <summary>How far a training came: a number in a mapped file, which the system keeps when the process is killed.</summary>
public sealed class Progress : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    /// <summary>Opens the file, or makes it with the number 0.</summary>
    /// <param name="path">Where it is.</param>
    public Progress(string path)
    {
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.OpenOrCreate, null, 8);
        _view = _file.CreateViewAccessor();
    }

    /// <summary>How many values were logged: their calls had returned.</summary>
    public long Logged
    {
        get => _view.ReadInt64(0);
        set => _view.Write(0, value);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }
}

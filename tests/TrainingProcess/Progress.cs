using System.IO.MemoryMappedFiles;

namespace TrainingProcess;

/// <summary>How far a training came: numbers in a mapped file, which the system keeps when the process is killed.</summary>
public sealed class Progress : IDisposable
{
    /// <summary>How often a parameter and a tag are logged: seldom enough for a training to be killed with metrics under way, not only while it waits for the store.</summary>
    public const long StepsBetweenParameters = 10_000;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    /// <summary>Opens the file, or makes it with zeros.</summary>
    /// <param name="path">Where it is.</param>
    public Progress(string path)
    {
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.OpenOrCreate, null, 16);
        _view = _file.CreateViewAccessor();
    }

    /// <summary>How many values were logged: their calls had returned.</summary>
    public long Logged
    {
        get => _view.ReadInt64(0);
        set => _view.Write(0, value);
    }

    /// <summary>How long the slowest call of a metric took.</summary>
    public TimeSpan Slowest
    {
        get => new(_view.ReadInt64(8));
        set => _view.Write(8, value.Ticks);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }
}

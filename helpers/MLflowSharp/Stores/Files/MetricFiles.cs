namespace MLflowSharp.Stores.Files;

/// <summary>The metric files that were written to last, kept open. The number of open files of a process is limited, and so is this.</summary>
internal sealed class MetricFiles(int capacity = 128) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<(string Path, MetricFile File)>> _files = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Path, MetricFile File)> _lastUsed = new();

    /// <summary>Adds lines to a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="temporaryFolder">Where a new file is written before it gets its name.</param>
    /// <param name="lines">Lines without line ends, which begin with the time.</param>
    public void Append(string path, string temporaryFolder, List<(long Time, string Line)> lines)
    {
        // It can be closed between finding and using it, when many others were used in between.
        while (!Get(path, temporaryFolder).TryAppend(lines))
        {
        }
    }

    public bool IsOpen(string path)
    {
        lock (_gate)
            return _files.ContainsKey(path);
    }

    /// <summary>Closes the files of a folder, which is about to be moved.</summary>
    public void Close(string folder)
    {
        List<MetricFile> closed;
        lock (_gate)
        {
            var nodes = _files.Values.Where(node => node.Value.Path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)).ToList();
            foreach (var node in nodes)
            {
                _files.Remove(node.Value.Path);
                _lastUsed.Remove(node);
            }

            closed = nodes.ConvertAll(node => node.Value.File);
        }

        closed.ForEach(file => file.Dispose());
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var (_, file) in _lastUsed)
                file.Dispose();
            _files.Clear();
            _lastUsed.Clear();
        }
    }

    private MetricFile Get(string path, string temporaryFolder)
    {
        MetricFile? oldest = null;
        MetricFile file;
        lock (_gate)
        {
            if (_files.TryGetValue(path, out var node) && !node.Value.File.IsDisposed)
            {
                _lastUsed.Remove(node);
                _lastUsed.AddFirst(node);
                return node.Value.File;
            }

            if (_lastUsed.Count >= capacity && _lastUsed.Last is { } last)
            {
                oldest = last.Value.File;
                _files.Remove(last.Value.Path);
                _lastUsed.RemoveLast();
            }

            file = new MetricFile(path, temporaryFolder);
            _files[path] = _lastUsed.AddFirst((path, file));
        }

        oldest?.Dispose();
        return file;
    }
}

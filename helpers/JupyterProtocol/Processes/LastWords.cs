namespace JupyterProtocol.Processes;

/// <summary>What a process wrote, cut to what explains its end: the first lines, where crashes say what happened, and the last.</summary>
internal sealed class LastWords
{
    private const int MostLines = 20;
    private const int Beginning = 8;

    private readonly List<string> _lines = [];

    public void Add(string? line)
    {
        if (string.IsNullOrEmpty(line))
            return;
        lock (_lines)
        {
            _lines.Add(line);
            if (_lines.Count <= MostLines)
                return;
            _lines.RemoveAt(Beginning);
            _lines[Beginning] = "…";
        }
    }

    public void Forget()
    {
        lock (_lines)
            _lines.Clear();
    }

    public override string ToString()
    {
        lock (_lines)
            return string.Join(Environment.NewLine, _lines);
    }
}

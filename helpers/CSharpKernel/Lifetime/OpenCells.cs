using JupyterProtocol.Messages;

namespace CSharpKernel.Lifetime;

/// <summary>The cells that run now; also written down, for the process that comes after one that died.</summary>
internal sealed class OpenCells(RunRecord record)
{
    private readonly Lock _lock = new();
    private readonly List<OpenCell> _cells = [];

    /// <summary>The cells that run now.</summary>
    public IReadOnlyList<OpenCell> Now
    {
        get
        {
            lock (_lock)
                return [.. _cells];
        }
    }

    /// <summary>A cell begins.</summary>
    public OpenCell Begin(MessageHeader request, int number, string code)
    {
        var cell = OpenCell.Of(request, number, code) with { Closed = End };
        lock (_lock)
        {
            _cells.Add(cell);
            record.Write(_cells);
        }

        return cell;
    }

    private void End(OpenCell cell)
    {
        lock (_lock)
        {
            _cells.RemoveAll(each => ReferenceEquals(each, cell));
            record.Write(_cells);
        }
    }
}

namespace MLflowSharp.Server.Scoring.Reading;

/// <summary>Takes the cells of a table, row by row, and makes of them what a model takes.</summary>
internal abstract class FrameTarget
{
    /// <summary>The number of rows that are finished.</summary>
    protected int RowCount { get; private set; }

    /// <summary>The number of columns.</summary>
    public int ColumnCount { get; private set; }

    /// <summary>What suits a model.</summary>
    /// <param name="inputs">What the model takes; none when it does not say.</param>
    public static FrameTarget Create(IReadOnlyList<FieldSpec> inputs) => inputs switch
    {
        [] => new MatrixTarget(null),
        [TensorSpec { Name: null } only] => new MatrixTarget(only),
        _ => new ColumnsTarget(inputs),
    };

    /// <summary>Adds a column; rows before it have no value there.</summary>
    /// <param name="name">Its name; null when columns have none.</param>
    public void AddColumn(string? name)
    {
        Open(name);
        ColumnCount++;
    }

    /// <summary>Adds columns without names.</summary>
    public void AddColumns(int count)
    {
        for (var index = 0; index < count; index++)
            AddColumn(null);
    }

    /// <summary>Reads the cell of the current row in a column; all columns take their turn.</summary>
    public abstract void ReadCell(ref JsonCursor json, int column);

    /// <summary>As <see cref="ReadCell"/>, of text.</summary>
    public abstract void AddField(string field, int column);

    /// <summary>As <see cref="ReadCell"/>, where there is no value.</summary>
    public abstract void AddMissing(int column);

    /// <summary>Finishes a row.</summary>
    public void EndRow() => RowCount++;

    /// <summary>Gives the data.</summary>
    public abstract ModelData Build();

    protected abstract void Open(string? name);

    /// <summary>Cells that hold lists hold what a tensor has in a row, laid out flat or not (as MLflow reshapes them).</summary>
    protected static ModelTensor Shape(ModelTensor cells, TensorSpec? spec)
    {
        if (spec is null || spec.Shape.Count == cells.Shape.Count || cells.Shape.Count == 0)
            return cells;
        long[] wanted = [cells.Shape[0], .. spec.Shape.Skip(1)];
        return Array.TrueForAll(wanted, size => size >= 0) && wanted.Aggregate(1L, (all, size) => all * size) == cells.Count ? cells.Reshape(wanted) : cells;
    }
}

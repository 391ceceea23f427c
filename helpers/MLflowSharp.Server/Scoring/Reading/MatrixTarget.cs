namespace MLflowSharp.Server.Scoring.Reading;

/// <summary>Makes one tensor of a table: a row of the table is a row of the tensor, whatever its columns are called.</summary>
/// <param name="spec">What the model takes; null when it does not say.</param>
internal sealed class MatrixTarget(TensorSpec? spec) : FrameTarget
{
    private readonly TensorBuilder _cells = TensorBuilder.Create(spec?.DataType ?? "float64");

    /// <inheritdoc/>
    public override void ReadCell(ref JsonCursor json, int column) => _cells.ReadItem(ref json);

    /// <inheritdoc/>
    public override void AddField(string field, int column) => _cells.AddField(field);

    /// <inheritdoc/>
    public override void AddMissing(int column) => _cells.AddMissing();

    /// <inheritdoc/>
    public override ModelData Build()
    {
        var cells = _cells.Build();
        if (RowCount == 0)
            throw new MlflowException("Invalid input. The table has no rows.", ErrorCode.BadRequest);
        if (ColumnCount == 1)
            return Shape(cells, spec);
        if (spec is not null && (spec.Shape.Count != 2 || (spec.Shape[1] >= 0 && spec.Shape[1] != ColumnCount)))
        {
            throw new MlflowException(
                $"The model takes one tensor, {spec}. Since the input data is a pandas DataFrame, it must have as many columns as that has in a row, but the input DataFrame passed had {ColumnCount} columns.",
                ErrorCode.InvalidParameterValue);
        }

        return cells.Reshape([RowCount, ColumnCount, .. cells.Shape.Skip(1)]);
    }

    /// <inheritdoc/>
    protected override void Open(string? name)
    {
        if (RowCount > 0)
            throw new MlflowException($"Invalid input. The record number {RowCount} has a field '{name}' that the records before it lack.", ErrorCode.BadRequest);
    }
}

namespace MLflowSharp.Server.Scoring.Reading;

/// <summary>Keeps the columns of a table that a model takes, each in its type.</summary>
/// <param name="inputs">What the model takes.</param>
internal sealed class ColumnsTarget(IReadOnlyList<FieldSpec> inputs) : FrameTarget
{
    private readonly List<(FieldSpec Spec, TensorBuilder Cells)?> _columns = [];

    /// <inheritdoc/>
    public override void ReadCell(ref JsonCursor json, int column)
    {
        if (_columns[column] is { } taken)
            taken.Cells.ReadItem(ref json);
        else
            json.Skip();
    }

    /// <inheritdoc/>
    public override void AddField(string field, int column) => _columns[column]?.Cells.AddField(field);

    /// <inheritdoc/>
    public override void AddMissing(int column) => _columns[column]?.Cells.AddMissing();

    /// <inheritdoc/>
    public override ModelData Build() => ModelData.Of(_columns.OfType<(FieldSpec Spec, TensorBuilder Cells)>().Select((column, index) =>
        KeyValuePair.Create(column.Spec.Name ?? FormattableString.Invariant($"{index}"), Shape(column.Cells.Build(), column.Spec as TensorSpec))));

    /// <inheritdoc/>
    protected override void Open(string? name)
    {
        // Where the model's columns have no names, they go by their order.
        var spec = inputs[0].Name is null ? inputs.ElementAtOrDefault(_columns.Count) : inputs.FirstOrDefault(input => input.Name == name);
        if (spec is null)
        {
            _columns.Add(null);
            return;
        }

        var cells = TensorBuilder.Create(InvocationReader.ElementOf(spec));
        for (var row = 0; row < RowCount; row++)
            cells.AddMissing();
        _columns.Add((spec, cells));
    }
}

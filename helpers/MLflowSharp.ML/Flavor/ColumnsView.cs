using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLflowSharp.ML;

/// <summary>Tensors by name as ML.NET's columns. Columns that the data lack, such as the labels of training, have their type's default values.</summary>
/// <param name="schema">The columns.</param>
/// <param name="data">The values, of one row in the first dimension each.</param>
internal sealed class ColumnsView(DataViewSchema schema, ModelData data) : IDataView
{
    public bool CanShuffle => false;

    public DataViewSchema Schema => schema;

    public long? GetRowCount() => data.RowCount;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => new Cursor(schema, data, columnsNeeded);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor : DataViewRowCursor
    {
        private readonly DataViewSchema _schema;
        private readonly int _rows;
        private readonly Delegate?[] _getters;
        private long _position = -1;

        public Cursor(DataViewSchema schema, ModelData data, IEnumerable<DataViewSchema.Column> needed)
        {
            (_schema, _rows) = (schema, data.RowCount);
            _getters = new Delegate?[schema.Count];
            foreach (var column in needed)
                _getters[column.Index] = ColumnTensors.Getter(column, data.Find(column.Name), () => (int)_position);
        }

        public override long Position => _position;

        public override long Batch => 0;

        public override DataViewSchema Schema => _schema;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => (ValueGetter<TValue>)_getters[column.Index]!;

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new((ulong)_position, 0);

        public override bool IsColumnActive(DataViewSchema.Column column) => _getters[column.Index] is not null;

        public override bool MoveNext() => ++_position < _rows;
    }
}

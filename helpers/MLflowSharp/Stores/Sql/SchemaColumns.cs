namespace MLflowSharp.Stores.Sql;

/// <summary>The tables and columns of an open database. Which there are depends on the MLflow version that made it.</summary>
internal sealed class SchemaColumns
{
    public static readonly SchemaColumns None = new([]);

    private readonly HashSet<(string Table, string Column)> _columns;
    private readonly HashSet<string> _tables;

    private SchemaColumns(HashSet<(string Table, string Column)> columns)
    {
        _columns = columns;
        _tables = [.. columns.Select(column => column.Table)];
    }

    public bool IsEmpty => _tables.Count == 0;

    public static SchemaColumns Read(SqlSession session) =>
        new([.. session.Query(session.Dialect.ColumnsQuery, row => (row.GetString(0), row.GetString(1)))]);

    public bool Has(string table) => _tables.Contains(table);

    public bool Has(string table, string column) => _columns.Contains((table, column));

    /// <summary>Refuses what needs a table that this version of the database does not have.</summary>
    /// <param name="table">The table.</param>
    /// <param name="what">What it is for, as the start of a sentence.</param>
    /// <param name="since">The first MLflow release that has it.</param>
    /// <exception cref="MlflowException">NOT_IMPLEMENTED.</exception>
    public void Require(string table, string what, string since)
    {
        if (!Has(table))
        {
            throw new MlflowException(
                $"{what} exist since MLflow {since}; this database is of an older version. Use a newer database "
                + $"({nameof(MlflowClientOptions)}.{nameof(MlflowClientOptions.DatabaseVersion)}), or upgrade a copy of this one with 'mlflow db upgrade'.",
                ErrorCode.NotImplemented);
        }
    }
}

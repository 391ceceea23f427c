namespace MLflowSharp.Stores.Sql;

/// <summary>A place for one connection, which is opened on first use and again when it was lost. One caller at a time has it.</summary>
internal sealed class SqlSlot
{
    /// <summary>The connection; null while there is none.</summary>
    public SqlSession? Session { get; set; }

    /// <summary>Closes the connection, if there is one.</summary>
    public void Close()
    {
        Session?.Dispose();
        Session = null;
    }
}

namespace MLflowSharp.Stores.Sql;

/// <summary>Another file has taken the place of a database while it was open. Nothing of the transaction is stored.</summary>
internal sealed class DatabaseReplacedException : Exception;

using System.Data.Common;

namespace MLflowSharp.Stores.Sql;

/// <summary>What differs between the kinds of database that MLflow keeps its tables in. Everything else is SQL that all of them understand.</summary>
internal abstract class SqlDialect
{
    /// <summary>How the database is called in messages, without any secret.</summary>
    public abstract string Name { get; }

    /// <summary>First part of the names of the schema scripts.</summary>
    public abstract string Schemas { get; }

    /// <summary>Argument of <c>mlflow db upgrade</c>, without any secret.</summary>
    public abstract string UriForUpgrade { get; }

    /// <summary>Query for <c>table, column</c> of every table there is.</summary>
    public abstract string ColumnsQuery { get; }

    /// <summary>Query for whether there is an index of the name $1.</summary>
    public abstract string IndexQuery { get; }

    /// <summary>Query for a text that differs when others, or this connection itself, have written since the connection was asked last.</summary>
    public abstract string StateQuery { get; }

    /// <summary>Whether the database is at the other end of a network, so that a caller's thread must not wait for it.</summary>
    public abstract bool IsRemote { get; }

    /// <summary>How many may read at once, beside one who writes.</summary>
    public abstract int Readers { get; }

    /// <summary>How many may write at once.</summary>
    public abstract int Writers { get; }

    /// <summary>Leaves the database as it was found, through the last connection before it is closed.</summary>
    public abstract void Leave(SqlSession session);

    /// <summary>Opens a connection and sets it up.</summary>
    public abstract DbConnection Connect(CancellationToken cancellationToken);

    /// <summary>Begins a transaction: one that writes, or one that only reads and sees one state of the database.</summary>
    public abstract void Begin(SqlSession session, bool writes, CancellationToken cancellationToken);

    /// <summary>Ends a transaction: what it wrote is stored.</summary>
    public abstract void Commit(SqlSession session, CancellationToken cancellationToken);

    /// <summary>Whether an error says that another file has taken the database's place.</summary>
    public virtual bool WasReplaced(Exception error) => false;

    /// <summary>Makes ready to close the connections to a database whose place another has taken, and to open that one.</summary>
    /// <exception cref="MlflowException">TEMPORARILY_UNAVAILABLE: that cannot be done now; the connections stay open.</exception>
    public virtual void Abandon(SqlSession session)
    {
        // Nothing to do.
    }

    /// <summary>Makes a statement that is running give up, from another thread.</summary>
    public abstract void Interrupt(DbConnection connection, DbCommand running);

    /// <summary>Name of the n-th parameter, counted from 1.</summary>
    public abstract string ParameterName(int number);

    /// <summary>Keeps others from creating the tables until the transaction ends.</summary>
    public abstract void LockForCreation(SqlSession session);

    /// <summary>A comparison by pattern: <c>%</c> and <c>_</c>, upper and lower case differ, nothing escapes.</summary>
    public abstract string Like(string column, string pattern);

    /// <summary>A comparison by pattern that does not tell upper from lower case.</summary>
    public abstract string ILike(string column, string pattern);

    /// <summary>A comparison by regular expression.</summary>
    public abstract string Matches(string column, string pattern);

    /// <summary>Whether a column's value is one of a list that is given as one parameter.</summary>
    public abstract string In(string column, string list);

    /// <summary>A list of texts as the value of one parameter.</summary>
    public abstract object TextList(string[] texts);

    /// <summary>A list of whole numbers as the value of one parameter.</summary>
    public abstract object NumberList(long[] numbers);

    /// <summary>Expression that sorts a table's rows by when they were inserted, as far as the database can tell.</summary>
    public abstract string InsertionOrder(string alias);

    /// <summary>Turns a database's error into a sentence that says what to do.</summary>
    public abstract MlflowException Translate(Exception error);

    /// <summary>Whether the error is one of this kind of database.</summary>
    public abstract bool Raised(Exception error);

    /// <summary>Whether a failed ROLLBACK means that the database has rolled back by itself.</summary>
    public abstract bool HasRolledBack(Exception error);

    /// <summary>Whether a transaction that failed like this may be repeated: nothing of it was stored.</summary>
    public abstract bool MayRepeat(Exception error);

    /// <summary>Whether the connection is of no use after this error.</summary>
    public abstract bool IsBroken(Exception error);
}

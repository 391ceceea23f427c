using Microsoft.Data.Sqlite;
using MLflowSharp.Stores.Sql.Sqlite;

namespace MLflowSharp.Server.Users;

/// <summary>Users and what they may, in a SQLite file of their own that only its owner can read.</summary>
internal sealed class UserDatabase : IDisposable
{
    /// <summary>As in MLflow 3.17.</summary>
    public const int ShortestPassword = 12;

    private const string Schema = """
        CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY AUTOINCREMENT, username TEXT NOT NULL UNIQUE, password_hash TEXT NOT NULL, is_admin INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS experiment_permissions (
            experiment_id TEXT NOT NULL, user_id INTEGER NOT NULL REFERENCES users(id) ON DELETE CASCADE, permission TEXT NOT NULL, PRIMARY KEY (experiment_id, user_id));
        CREATE TABLE IF NOT EXISTS registered_model_permissions (
            name TEXT NOT NULL, user_id INTEGER NOT NULL REFERENCES users(id) ON DELETE CASCADE, permission TEXT NOT NULL, PRIMARY KEY (name, user_id));
        """;

    private const int Constraint = 19;

    private readonly Lock _lock = new();
    private readonly SqliteConnection _connection;

    /// <summary>Opens the file, and makes it when it is missing.</summary>
    /// <exception cref="MlflowException">It is no database, or one of MLflow for Python.</exception>
    public UserDatabase(string file, int hashRounds)
    {
        HashRounds = hashRounds;
        var path = Path.GetFullPath(file);
        if (!File.Exists(path) && !OperatingSystem.IsWindows())
            File.Open(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }).Dispose();
        _connection = new(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, ForeignKeys = true, DefaultTimeout = 20 }.ConnectionString);
        try
        {
            _connection.Open();
            if (Scalar("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version_auth'") is not null)
                throw MlflowException.Invalid($"'{path}' is the users' database of MLflow for Python, whose layout is another. Give the name of a new file.");
            Execute(Schema);
        }
        catch (SqliteException error)
        {
            _connection.Dispose();
            throw new MlflowException($"The users' database '{path}' cannot be opened: {error.Message} Check the file, or give the name of a new one.", ErrorCode.InvalidState, error);
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>How often passwords are hashed.</summary>
    public int HashRounds { get; }

    /// <summary>A text that is another than before when anything was written since, by whomever.</summary>
    public string State => (string)Scalar(SqliteFile.StateQuery)!;

    /// <summary>Whether there is nobody yet.</summary>
    public bool IsEmpty => Scalar("SELECT 1 FROM users LIMIT 1") is null;

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    /// <summary>A user; null when there is none of that name.</summary>
    public UserAccount? Find(string username) => Users("WHERE username = $0", username).FirstOrDefault();

    /// <summary>A user.</summary>
    /// <exception cref="MlflowException">RESOURCE_DOES_NOT_EXIST.</exception>
    public UserAccount Get(string username) => Find(username) ?? throw MlflowException.Missing($"User with username={username} not found");

    /// <summary>All users, by name.</summary>
    public IReadOnlyList<UserAccount> List() => Users("ORDER BY username");

    /// <summary>Adds a user.</summary>
    /// <exception cref="MlflowException">RESOURCE_ALREADY_EXISTS; INVALID_PARAMETER_VALUE for a password that is too short.</exception>
    public UserAccount Create(string username, string password, bool isAdmin)
    {
        if (username.Length == 0)
            throw MlflowException.Invalid("Username cannot be empty.");
        var hash = HashOf(password);
        Add("INSERT INTO users (username, password_hash, is_admin) VALUES ($0, $1, $2)", $"User (username={username}) already exists.", username, hash, isAdmin);
        return Get(username);
    }

    /// <summary>Changes a user's password.</summary>
    public void SetPassword(string username, string password) => Execute("UPDATE users SET password_hash = $1 WHERE id = $0", Get(username).Id, HashOf(password));

    /// <summary>Makes a user an administrator, or no longer one.</summary>
    public void SetAdmin(string username, bool isAdmin) => Execute("UPDATE users SET is_admin = $1 WHERE id = $0", Get(username).Id, isAdmin);

    /// <summary>Deletes a user with all permissions.</summary>
    public void Delete(string username) => Execute("DELETE FROM users WHERE id = $0", Get(username).Id);

    /// <summary>What a user may do with a resource; null when nothing is written of it.</summary>
    public Permission? Find(ResourceKind kind, string key, long userId) =>
        Scalar($"SELECT permission FROM {kind.Table} WHERE {kind.Column} = $0 AND user_id = $1", key, userId) is string name ? PermissionNames.Parse(name) : null;

    /// <summary>All that is written of a user, by resource.</summary>
    public IReadOnlyList<(string Key, Permission Permission)> List(ResourceKind kind, long userId) =>
        Query($"SELECT {kind.Column}, permission FROM {kind.Table} WHERE user_id = $0 ORDER BY 1", row => (row.GetString(0), PermissionNames.Parse(row.GetString(1))), userId);

    /// <summary>Writes what a user may, for the first time.</summary>
    /// <exception cref="MlflowException">RESOURCE_ALREADY_EXISTS.</exception>
    public void Create(ResourceKind kind, string key, UserAccount user, Permission permission) => Add(
        $"INSERT INTO {kind.Table} ({kind.Column}, user_id, permission) VALUES ($0, $1, $2)",
        $"{kind.Label} permission ({kind.Column}={key}, username={user.Username}) already exists.", key, user.Id, permission.ToName());

    /// <summary>Writes what a user may, whatever was written before.</summary>
    public void Set(ResourceKind kind, string key, UserAccount user, Permission permission) => Execute(
        $"INSERT INTO {kind.Table} ({kind.Column}, user_id, permission) VALUES ($0, $1, $2) ON CONFLICT DO UPDATE SET permission = excluded.permission", key, user.Id, permission.ToName());

    /// <summary>Removes what is written of a user.</summary>
    /// <returns>Whether there was something.</returns>
    public bool Delete(ResourceKind kind, string key, UserAccount user) => Execute($"DELETE FROM {kind.Table} WHERE {kind.Column} = $0 AND user_id = $1", key, user.Id) > 0;

    /// <summary>Removes what is written of a resource that is gone.</summary>
    public void Forget(ResourceKind kind, string key) => Execute($"DELETE FROM {kind.Table} WHERE {kind.Column} = $0", key);

    /// <summary>Follows a resource to its new key.</summary>
    public void Rename(ResourceKind kind, string key, string newKey) => Execute($"UPDATE {kind.Table} SET {kind.Column} = $1 WHERE {kind.Column} = $0", key, newKey);

    private string HashOf(string password) => password.Length < ShortestPassword
        ? throw MlflowException.Invalid($"Password must be at least {ShortestPassword} characters.")
        : PasswordHash.Create(password, HashRounds);

    private List<UserAccount> Users(string condition, params object[] values) => Query(
        $"SELECT id, username, password_hash, is_admin FROM users {condition}", row => new UserAccount(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetBoolean(3)), values);

    private void Add(string sql, string exists, params object[] values)
    {
        try
        {
            Execute(sql, values);
        }
        catch (SqliteException error) when (error.SqliteErrorCode == Constraint)
        {
            throw new MlflowException(exists, ErrorCode.ResourceAlreadyExists, error);
        }
    }

    private int Execute(string sql, params object[] values) => With(sql, values, command => command.ExecuteNonQuery());

    private object? Scalar(string sql, params object[] values) => With(sql, values, command => command.ExecuteScalar());

    private List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params object[] values) => With(sql, values, command =>
    {
        var rows = new List<T>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    });

    private T With<T>(string sql, object[] values, Func<SqliteCommand, T> action)
    {
        lock (_lock)
        {
            using var command = _connection.CreateCommand();
            // Names of tables and columns are this class's own; all that others give is a parameter.
#pragma warning disable CA2100
            command.CommandText = sql;
#pragma warning restore CA2100
            for (var i = 0; i < values.Length; i++)
                command.Parameters.AddWithValue($"${i}", values[i]);
            return action(command);
        }
    }
}

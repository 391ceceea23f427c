using System.Net;
using System.Net.Sockets;
using CliWrap;
using CliWrap.Buffered;
using Npgsql;

[assembly: AssemblyFixture(typeof(Interop.Stores.Postgres.PostgresServer))]

namespace Interop.Stores.Postgres;

/// <summary>A real PostgreSQL server, started when a test first asks for it and stopped with the last.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly Lazy<PostgresServer> Server = new(Start);

    private readonly string _folder;

    /// <summary>Made by xunit to hear of the end; starts nothing.</summary>
    public PostgresServer() => _folder = "";

    private PostgresServer(string folder, int port)
    {
        _folder = folder;
        Port = port;
        Password = File.ReadAllText(Path.Combine(folder, "password")).TrimEnd();
    }

    /// <summary>The server; without PostgreSQL the test is skipped, or fails where the peers are required.</summary>
    public static PostgresServer Running => Server.Value;

    /// <summary>Starts one that no other test uses, to be ended by <see cref="EndAsync"/>.</summary>
    public static PostgresServer StartAnother() => Start();

    public int Port { get; }

    /// <summary>Has characters in it that a URI must encode.</summary>
    public string Password { get; } = "";

    /// <summary>Creates an empty database.</summary>
    /// <returns>Its tracking URI, as MLflow for Python wants it.</returns>
    public string NewDatabase()
    {
        var name = $"test_{Guid.NewGuid():N}";
        Execute($"CREATE DATABASE {name}");
        return Uri(name);
    }

    /// <summary>The tracking URI of a database.</summary>
    public string Uri(string database) => $"postgresql+psycopg2://mlflow:{System.Uri.EscapeDataString(Password)}@127.0.0.1:{Port}/{database}";

    /// <summary>Executes a statement, past our client.</summary>
    /// <returns>The first column of the first row.</returns>
    public object? Execute(string sql, string database = "postgres")
    {
        var settings = new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = Port, Username = "mlflow", Password = Password, Database = database, Pooling = false };
        using var connection = new NpgsqlConnection(settings.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    /// <summary>Stops it, as its administrator would: connections are ended.</summary>
    public async Task StopAsync() => await Script("stop", _folder).ExecuteAsync();

    /// <summary>Starts it again where it was.</summary>
    public async Task StartAgainAsync() => await Script("again", _folder).ExecuteAsync();

    /// <summary>Stops it and removes all that it kept.</summary>
    public async Task EndAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    public async ValueTask DisposeAsync()
    {
        if (_folder.Length == 0 && Server.IsValueCreated)
            await Server.Value.EndAsync();
    }

    private static PostgresServer Start()
    {
        if (!Directory.Exists("/usr/lib/postgresql"))
            PythonEnvironment.Missing("No PostgreSQL server in /usr/lib/postgresql. On Debian: apt-get install postgresql-15.");
        var folder = Directory.CreateTempSubdirectory("interop-postgres-").FullName;
        // The server's own user has to pass.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, (UnixFileMode)Convert.ToInt32("755", 8));
        var port = FreePort();
        var result = Script("start", folder, $"{port}").WithValidation(CommandResultValidation.None).ExecuteBufferedAsync().GetAwaiter().GetResult();
        if (result.ExitCode != 0)
            throw new InvalidOperationException($"PostgreSQL did not start in '{folder}':\n{result.StandardOutput}\n{result.StandardError}");
        return new(folder, port);
    }

    private static Command Script(params string[] arguments) =>
        Cli.Wrap("bash").WithArguments([Path.Combine(AppContext.BaseDirectory, "Services", "postgres.sh"), .. arguments]);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

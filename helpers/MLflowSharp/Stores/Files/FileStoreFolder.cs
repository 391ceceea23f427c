using System.Globalization;
using MLflowSharp.Stores.Files.Yaml;
using MLflowSharp.Stores.Sql;
using YamlDotNet.Core;

namespace MLflowSharp.Stores.Files;

/// <summary>
/// The folder of a file store (<c>mlruns</c>), shared by its tracking store and its model registry. It is looked at on first use and made
/// then if it is new. What reads, changes and writes back a file holds <see cref="Locked{T}"/>; what is only added needs no lock.
/// </summary>
internal sealed class FileStoreFolder(string path, MlflowClientOptions options) : IDisposable
{
    public const string MetaFile = "meta.yaml";
    public const string Trash = ".trash";
    public const string Models = "models";
    private const string LockFile = ".lock";

    private readonly Lock _gate = new();
    private FileStream? _lock;
    private bool _opened;
    private bool _disposed;

    public string FullName { get; } = path;

    public string TrashPath { get; } = Path.Combine(path, Trash);

    public string ModelsPath { get; } = Path.Combine(path, Models);

    public MlflowClientOptions Options { get; } = options;

    public long Now => Options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>What makes a new folder a store: the experiment Default. Set by the tracking store.</summary>
    public Action Initialize { get; set; } = static () => { };

    // File systems are asked synchronously: the work is done here and a completed task returned.
    public Task<T> RunAsync<T>(Func<T> body, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<T>(cancellationToken);
        try
        {
            Open();
            return Task.FromResult(body());
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }
        catch (Exception error) when (FileErrors.IsAbout(error))
        {
            return Task.FromException<T>(FileErrors.Translate(error, FullName));
        }
        catch (Exception error) when (error is MlflowException or ObjectDisposedException)
        {
            return Task.FromException<T>(error);
        }
    }

    public Task RunAsync(Action body, CancellationToken cancellationToken) =>
        RunAsync(() =>
        {
            body();
            return true;
        }, cancellationToken);

    /// <summary>Does something while no other thread and no other of our processes is in such a body on this store.</summary>
    public T Locked<T>(Func<T> body)
    {
        lock (_gate)
        {
            if (_lock is not null)
                return body();
            using (_lock = TakeLock())
            {
                try
                {
                    return body();
                }
                finally
                {
                    _lock = null;
                }
            }
        }
    }

    public void Locked(Action body) =>
        Locked(() =>
        {
            body();
            return true;
        });

    /// <summary>Reads a folder's <c>meta.yaml</c>; null when there is none, as in a folder that is just being made.</summary>
    /// <exception cref="MlflowException">DATA_LOSS when the file cannot be understood.</exception>
    public static YamlMap? ReadMeta(string folder)
    {
        var path = Path.Combine(folder, MetaFile);
        for (var attempt = 0; ; attempt++)
        {
            if (StoreFile.ReadText(path) is not { } text)
                return null;
            try
            {
                if (YamlReader.Read(text) is { } map)
                    return map;
                if (attempt == 3)
                    throw new MlflowException($"'{path}' is empty. Restore it from a copy, or move its folder out of the store.", ErrorCode.DataLoss);
            }
            catch (YamlException error)
            {
                if (attempt == 3)
                    throw new MlflowException($"'{path}' cannot be read as YAML ({error.Message}). Restore it from a copy, or move its folder out of the store.", ErrorCode.DataLoss, error);
            }

            // Python writes these files in place: for a moment they are empty or half written.
            Thread.Sleep(20 << attempt);
        }
    }

    public static void WriteMeta(string folder, YamlMap meta) => StoreFile.Write(Path.Combine(folder, MetaFile), YamlWriter.Write(meta), folder);

    /// <summary>Creates a folder's <c>meta.yaml</c>, unless it has one.</summary>
    public static bool TryCreateMeta(string folder, YamlMap meta)
    {
        Directory.CreateDirectory(folder);
        return StoreFile.TryCreate(Path.Combine(folder, MetaFile), YamlWriter.Write(meta), folder);
    }

    public void Warn(string message) => Options.Warn(message);

    /// <summary>The time of a value; values outside the range of <see cref="DateTimeOffset"/> become its nearest end.</summary>
    public static DateTimeOffset? ToTime(long? milliseconds) => milliseconds is { } value
        ? DateTimeOffset.FromUnixTimeMilliseconds(
            Math.Clamp(value, DateTimeOffset.MinValue.ToUnixTimeMilliseconds(), DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()))
        : null;

    public void Dispose()
    {
        lock (_gate)
            _disposed = true;
    }

    private void Open()
    {
        if (Volatile.Read(ref _opened) && !Volatile.Read(ref _disposed))
            return;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(MlflowClient));
            if (_opened)
                return;
            if (!SchemaRevision.Creatable.Contains(Options.DatabaseVersion))
            {
                throw MlflowException.Invalid(
                    $"Files cannot be written for MLflow '{Options.DatabaseVersion}'. Choose one of {string.Join(", ", SchemaRevision.Creatable)} "
                    + $"in {nameof(MlflowClientOptions)}.{nameof(MlflowClientOptions.DatabaseVersion)}.");
            }

            if (File.Exists(FullName))
                throw MlflowException.Invalid($"'{FullName}' is a file. The tracking URI of a file store names a folder; a database is named sqlite:///{FullName}.");
            var isNew = !Directory.Exists(FullName) || !Directory.EnumerateFileSystemEntries(FullName).Any();
            if (!isNew)
            {
                CheckIsStore();
            }
            else
            {
                // What is in it is kept from others by it.
                PrivateFiles.CreateFolder(FullName);
                Locked(Initialize);
                Directory.CreateDirectory(TrashPath);
            }

            Volatile.Write(ref _opened, true);
        }
    }

    /// <summary>MLflow would write into any folder. One that holds other things is more likely named by mistake.</summary>
    private void CheckIsStore()
    {
        if (Directory.Exists(TrashPath) || File.Exists(Path.Combine(FullName, LockFile))
            || Directory.EnumerateDirectories(FullName).Any(folder => File.Exists(Path.Combine(folder, MetaFile)))
            || (Directory.Exists(ModelsPath) && Directory.EnumerateDirectories(ModelsPath).All(folder => File.Exists(Path.Combine(folder, MetaFile)))))
        {
            return;
        }

        throw MlflowException.Invalid(
            $"'{FullName}' holds other things than an MLflow file store, and is left alone. Name a new or empty folder, for instance {Path.Combine(FullName, "mlruns")}. "
            + "A folder that a database keeps its artifacts in is opened through the database: sqlite:///mlflow.db.");
    }

    private FileStream TakeLock()
    {
        var waitUntil = Environment.TickCount64 + (long)Math.Max(Options.BusyTimeout.TotalMilliseconds, 1000);
        for (var pause = 1; ; pause = Math.Min(pause * 2, 50))
        {
            try
            {
                return new FileStream(Path.Combine(FullName, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
            }
            catch (IOException error) when (FileErrors.IsInUse(error))
            {
                if (Environment.TickCount64 > waitUntil)
                {
                    throw new MlflowException(
                        $"The file store '{FullName}' is locked by another process; waited {Options.BusyTimeout.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)} s. "
                        + "Close the program that is writing to it (or wait for it), then repeat the call.", ErrorCode.TemporarilyUnavailable, error);
                }

                Thread.Sleep(pause);
            }
        }
    }
}

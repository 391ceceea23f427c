namespace MLflowSharp.Projects.Running;

/// <summary>What a program says: shown at once, and kept as an artifact of its run.</summary>
internal sealed class ProjectLog : IDisposable
{
    /// <summary>Where the log is among the run's artifacts.</summary>
    public const string ArtifactFolder = "logs";

    private readonly TextWriter _shown;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlflow-project-log-");
    private readonly StreamWriter _file;
    private readonly Lock _writing = new();
    private bool _isClosed;

    public ProjectLog(TextWriter shown)
    {
        _shown = shown;
        _file = new StreamWriter(FilePath);
    }

    private string FilePath => Path.Combine(_folder.FullName, "project.log");

    public void Write(ReadOnlyMemory<char> text)
    {
        lock (_writing)
        {
            // Something that the program left behind may still talk.
            if (_isClosed)
                return;
            _file.Write(text.Span);
            _shown.Write(text.Span);
            _shown.Flush();
        }
    }

    /// <summary>Logs it; that this fails does not change how the program ended.</summary>
    public async Task SaveAsync(MlflowClient client, string runId, ProjectRunOptions options)
    {
        lock (_writing)
        {
            _isClosed = true;
            _file.Dispose();
        }

        try
        {
            await client.LogArtifactAsync(runId, FilePath, ArtifactFolder);
        }
        catch (Exception error) when (error is MlflowException or IOException or UnauthorizedAccessException or HttpRequestException)
        {
            options.Tell($"The program's output could not be kept as an artifact of run {runId}: {error.Message}");
        }
    }

    public void Dispose()
    {
        _file.Dispose();
        _folder.Delete(recursive: true);
    }
}

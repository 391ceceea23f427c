using System.Globalization;
using System.Text;
using MLflowSharp.Projects.Running;

namespace MLflowSharp.Projects.Slurm;

/// <summary>The files that a job writes into its folder: what its programs say, and how they ended.</summary>
/// <param name="folder">The folder.</param>
/// <param name="shown">Where logs are shown.</param>
internal sealed class SlurmLogs(string folder, TextWriter shown)
{
    private readonly Dictionary<string, (long Position, Decoder Decoder)> _read = [];

    /// <summary>Shows what was added to the logs since the last call.</summary>
    public async Task ShowAsync(CancellationToken cancellationToken)
    {
        foreach (var path in Directory.EnumerateFiles(folder, "*.log").Order(StringComparer.Ordinal))
        {
            var (position, decoder) = _read.TryGetValue(path, out var known) ? known : (0, Encoding.UTF8.GetDecoder());
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length > position)
            {
                file.Seek(position, SeekOrigin.Begin);
                var buffer = new byte[81920];
                var text = new char[Encoding.UTF8.GetMaxCharCount(buffer.Length)];
                while (await file.ReadAsync(buffer, cancellationToken) is var count and > 0)
                {
                    position += count;
                    await shown.WriteAsync(text.AsMemory(0, decoder.GetChars(buffer, 0, count, text, 0)), cancellationToken);
                }
            }

            _read[path] = (position, decoder);
        }

        await shown.FlushAsync(cancellationToken);
    }

    /// <summary>How a run's program ended, as the job script noted it; empty when it did not.</summary>
    public static Dictionary<string, string> ReadEnd(string folder, int number)
    {
        var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"task-{number}.end"));
        return File.Exists(path) ? File.ReadLines(path).Select(line => line.Split('=', 2)).Where(parts => parts.Length == 2).ToDictionary(parts => parts[0], parts => parts[1]) : [];
    }

    /// <summary>Keeps the log and the job script as artifacts of a run.</summary>
    public async Task SaveAsync(MlflowClient client, string runId, int number, ProjectRunOptions options)
    {
        try
        {
            var log = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"task-{number}.log"));
            if (File.Exists(log))
                await client.LogTextAsync(runId, await File.ReadAllTextAsync(log), $"{ProjectLog.ArtifactFolder}/project.log");
            foreach (var path in Directory.EnumerateFiles(folder, "job*.log").Where(path => Path.GetFileName(path) == "job.log" || Path.GetFileName(path) == string.Create(CultureInfo.InvariantCulture, $"job-{number}.log")))
                await client.LogArtifactAsync(runId, path, ProjectLog.ArtifactFolder);
            await client.LogArtifactAsync(runId, Path.Combine(folder, "job.sh"), ProjectLog.ArtifactFolder);
        }
        catch (Exception error) when (error is MlflowException or IOException or UnauthorizedAccessException or HttpRequestException)
        {
            options.Tell($"The job's log could not be kept as an artifact of run {runId}: {error.Message}");
        }
    }
}

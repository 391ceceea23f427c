using System.Globalization;
using System.Text.RegularExpressions;
using MLflowSharp.Projects.Running;

namespace MLflowSharp.Projects.Slurm;

/// <summary>Speaks with Slurm through its own programs, which any cluster has.</summary>
internal static partial class SlurmQueue
{
    /// <summary>Submits a script.</summary>
    /// <returns>The job's identifier.</returns>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when Slurm refuses it, with Slurm's reason.</exception>
    public static async Task<string> SubmitAsync(string script, CancellationToken cancellationToken)
    {
        Require();
        // The environment goes along, as with sbatch by hand.
        var answer = await Programs.RunAsync("sbatch", ["--parsable", "--export=ALL", script], Path.GetDirectoryName(script), cancellationToken);
        return answer.IsSuccess && IdPattern().Match(answer.Output) is { Success: true } id
            ? id.Groups[1].Value
            : throw MlflowException.Invalid($"Slurm refused the job {script}: {answer.Error.Trim().ReplaceLineEndings(" ")}. Correct the back end's configuration (--backend-config), such as account, partition and time.");
    }

    /// <summary>What the queue says of a job; empty when it does not know it any more; null when it does not answer.</summary>
    public static async Task<IReadOnlyList<SlurmJobState>?> AskAsync(string jobId, CancellationToken cancellationToken)
    {
        var answer = await Programs.RunAsync("squeue", ["--noheader", "--array", "--states=all", $"--jobs={jobId}", "--format=%i|%T|%r|%P|%N|%C|%m|%l|%D"], cancellationToken: cancellationToken);
        if (!answer.IsSuccess)
            return answer.Error.Contains("Invalid job id", StringComparison.OrdinalIgnoreCase) ? [] : null;
        return
        [
            .. answer.Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('|')).Where(parts => parts.Length == 9)
                .Select(parts => new SlurmJobState(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5], parts[6], parts[7], parts[8])),
        ];
    }

    /// <summary>Cancels a job, in whatever state it is.</summary>
    public static Task CancelAsync(string jobId) => Programs.RunAsync("scancel", [jobId]);

    /// <summary>The memory that a job used at most, where the cluster keeps accounts; null where it does not.</summary>
    public static async Task<string?> PeakMemoryAsync(string jobId, CancellationToken cancellationToken)
    {
        if (Programs.Find("sacct") is null)
            return null;
        var answer = await Programs.RunAsync("sacct", ["--noheader", "--parsable2", $"--jobs={jobId}", "--format=MaxRSS"], cancellationToken: cancellationToken);
        return answer.IsSuccess
            ? answer.Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).MaxBy(Kibibytes)
            : null;
    }

    private static void Require()
    {
        if (Programs.Find("sbatch") is null)
            throw MlflowException.Missing("There is no program sbatch on PATH, so this machine submits no jobs to Slurm. Log in to a cluster, use --backend local, or see with --dry-run what would be submitted.");
    }

    private static double Kibibytes(string text) =>
        double.TryParse(text.TrimEnd('K', 'M', 'G'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number * text[^1] switch { 'M' => 1024, 'G' => 1048576, _ => 1 } : 0;

    // Of a federation, `12;cluster`.
    [GeneratedRegex(@"^(\d+)(?:;|\s|\z)", RegexOptions.Multiline)]
    private static partial Regex IdPattern();
}

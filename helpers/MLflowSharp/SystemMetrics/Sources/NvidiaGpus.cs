using System.Diagnostics;
using System.Globalization;
using MLflowSharp.Values;

namespace MLflowSharp.SystemMetrics.Sources;

/// <summary>
/// GPUs of NVIDIA, asked through <c>nvidia-smi</c>, which comes with the driver (https://docs.nvidia.com/deploy/nvidia-smi/).
/// </summary>
/// <param name="program">Full path of the program.</param>
internal sealed class NvidiaGpus(string program) : ISystemMetricsSource
{
    private const double BytesOfMebibyte = 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The GPUs; null when the program is not on the path, or finds none.</summary>
    /// <param name="path">The variable <c>PATH</c>.</param>
    public static NvidiaGpus? Find(string? path)
    {
        if (ProgramPath.Find("nvidia-smi", path) is not { } program)
            return null;
        var found = new NvidiaGpus(program);
        try
        {
            return found.Read().Any() ? found : null;
        }
        catch (Exception error) when (error is IOException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // The program is installed on nodes without a GPU, too, and fails there.
            return null;
        }
    }

    public IEnumerable<Reading> Read()
    {
        var readings = new List<Reading>();
        var index = 0;
        foreach (var line in Ask().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var gpu = $"gpu_{index++.ToString(CultureInfo.InvariantCulture)}";
            // What a GPU does not tell stands as "[N/A]".
            var values = line.Split(',', StringSplitOptions.TrimEntries)
                .Select(text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : (double?)null)
                .ToList();
            if (values is not [var used, var total, var utilization, var power, var limit])
                throw new IOException($"nvidia-smi answered '{line}', which is not five values.");
            Add($"{gpu}_memory_usage_percentage", used / total * 100);
            Add($"{gpu}_memory_usage_megabytes", used * BytesOfMebibyte / 1e6);
            Add($"{gpu}_utilization_percentage", utilization);
            Add($"{gpu}_power_usage_watts", power);
            Add($"{gpu}_power_usage_percentage", power / limit * 100);
        }

        return readings;

        void Add(string key, double? value)
        {
            if (value is { } number && double.IsFinite(number))
                readings.Add(new(key, number));
        }
    }

    private string Ask()
    {
        using var process = Process.Start(new ProcessStartInfo(
            program, ["--query-gpu=memory.used,memory.total,utilization.gpu,power.draw,power.limit", "--format=csv,noheader,nounits"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        })!;
        var answer = process.StandardOutput.ReadToEndAsync();
        if (!answer.Wait(Patience) || !process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new IOException($"{program} did not answer within {Patience.TotalSeconds.ToString(CultureInfo.InvariantCulture)} seconds.");
        }

        return process.ExitCode == 0 ? answer.Result : throw new IOException($"{program} ended with code {process.ExitCode.ToString(CultureInfo.InvariantCulture)}.");
    }
}

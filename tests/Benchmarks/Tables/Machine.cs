using System.Globalization;
using System.Runtime.InteropServices;

namespace Benchmarks;

/// <summary>Says where and when the figures were taken.</summary>
internal static class Machine
{
    public static string Describe(TimeProvider time)
    {
        var date = time.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return $"{date}, {Processor()}, {Environment.ProcessorCount} cores, {System()}, {RuntimeInformation.FrameworkDescription}.";
    }

    private static string Processor() => Line("/proc/cpuinfo", "model name", ':') ?? RuntimeInformation.ProcessArchitecture.ToString();

    private static string System() => Line("/etc/os-release", "PRETTY_NAME", '=')?.Trim('"') ?? RuntimeInformation.OSDescription;

    /// <summary>The value of the first line of a file that begins with the key; null where there is no such file or line.</summary>
    private static string? Line(string file, string key, char separator) =>
        File.Exists(file)
            ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))?.Split(separator, 2)[^1].Trim()
            : null;
}

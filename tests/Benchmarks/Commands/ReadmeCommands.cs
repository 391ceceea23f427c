using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Benchmarks;

/// <summary>Runs the two commands that the README shows and takes down what they print and how long they take.</summary>
internal static class ReadmeCommands
{
    /// <summary>Runs one after the other, and gives the README's block of each by its name as soon as it has ended.</summary>
    /// <exception cref="InvalidOperationException">A command failed: what does not work is not shown.</exception>
    public static async IAsyncEnumerable<(string Name, string Block)> RunAsync()
    {
        // Built first, so that the times are those of the commands.
        await PrintedByAsync("build", "Tutorial.sln");
        await PrintedByAsync("tutorial.cs", "build");
        var (run, runTime) = await PrintedByAsync("tutorial.cs", "run");
        yield return ("run-output", Block(run, runTime));
        var (test, testTime) = await PrintedByAsync("test");
        // Of the tests the summary; before it comes a line for each project at its start and end.
        var summary = test[test.LastIndexOf("Test run summary", StringComparison.Ordinal)..];
        yield return ("test-output", Block(summary, testTime));
    }

    private static string Block(string printed, TimeSpan time)
    {
        // Paths as the reader has them: from the checkout's folder.
        var text = printed.Replace(Checkout.Root + Path.DirectorySeparatorChar, "", StringComparison.Ordinal).Trim();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"```text\n{text}\n```\n\n{(int)time.TotalMinutes} min {time.Seconds} s with everything built. {Machine.Describe(TimeProvider.System)}\n");
    }

    private static async Task<(string Text, TimeSpan Time)> PrintedByAsync(params string[] arguments)
    {
        await Console.Error.WriteLineAsync($"Running dotnet {string.Join(' ', arguments)} …");
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = Checkout.Root,
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
        })!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? (text, clock.Elapsed)
            : throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)} ended with code {process.ExitCode}; it printed:\n{text}");
    }
}

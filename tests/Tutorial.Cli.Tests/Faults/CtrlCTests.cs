using System.Diagnostics;
using System.Xml.Linq;
using JupyterProtocol;
using Tutorial.Cli.Faults;
using Tutorial.Cli.Running;

namespace Tutorial.Cli.Tests.Faults;

/// <summary>The signal that a terminal's Ctrl-C sends, to the real process.</summary>
public sealed class CtrlCTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Course _course = new();

    public void Dispose() => _course.Dispose();

    [Fact]
    public async Task Once_stops_the_cell_and_writes_what_is_known()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        using var process = await StartAsync("await Task.Delay(600_000);");

        Platform.Interrupt(process.Id);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.Equal((int)ExitCode.Interrupted, process.ExitCode);
        var cases = XDocument.Parse(_course.Read("out/junit.xml")).Descendants("testcase").ToList();
        Assert.Contains("was stopped; interrupted.", (string)cases[0].Element("skipped")!.Attribute("message")!, StringComparison.Ordinal);
        Assert.Contains("was stopped", _course.Read("out/report.html"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Twice_ends_at_once()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        // It gives in to no interrupt, for which the first Ctrl-C waits ten seconds.
        using var process = await StartAsync("[System.Runtime.InteropServices.DllImport(\"libc\")] static extern int pause();\nwhile (true) pause();");

        Platform.Interrupt(process.Id);
        string? line;
        do line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken);
        while (line is not null && !line.StartsWith("Stopping", StringComparison.Ordinal));
        Assert.NotNull(line);
        var clock = Stopwatch.StartNew();
        Platform.Interrupt(process.Id);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.Equal((int)ExitCode.Interrupted, process.ExitCode);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(8));
    }

    /// <summary>Starts the command line on a notebook, and waits until its cell runs.</summary>
    private async Task<Process> StartAsync(string cell)
    {
        _course.WriteNotebook("mine.ipynb", $"System.IO.File.WriteAllText(\"started\", \"\");\n{cell}");
        var program = Path.Combine(Checkout.Find().Artifacts, "bin", "Tutorial.Cli", "Tutorial.Cli.dll");
        var process = Process.Start(new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [program, "check", "mine.ipynb", "--report", "out"])
        {
            WorkingDirectory = _course.Root,
            RedirectStandardOutput = true,
        })!;
        var clock = Stopwatch.StartNew();
        while (!File.Exists(_course.PathOf("started")))
        {
            Assert.False(process.HasExited, "The command ended before its cell ran.");
            Assert.InRange(clock.Elapsed, TimeSpan.Zero, Patience);
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
        return process;
    }
}

using System.Diagnostics;

namespace MLflowSharp.Onnx.Tests.Scoring;

public sealed class RuntimeTelemetryTests : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory();

    [Fact]
    public async Task Scoring_leaves_nothing_in_the_home_folder()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "On Windows the events go to the system's own log.");
        // This very program once more, at a home of its own: what a process has switched off stays so.
        var program = Path.Combine(AppContext.BaseDirectory, "MLflowSharp.Onnx.Tests");
        var start = new ProcessStartInfo(program, ["-class", typeof(OnnxModelTests).FullName!])
        {
            RedirectStandardOutput = true,
            Environment = { ["HOME"] = _home.FullName, ["XDG_CACHE_HOME"] = null, ["ORT_DISABLE_TELEMETRY"] = null },
        };
        using var child = Process.Start(start)!;
        var said = await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(child.ExitCode == 0, said);
        Assert.Empty(_home.EnumerateFiles("*onnxruntime*", SearchOption.AllDirectories));
        Assert.Empty(_home.EnumerateFiles("deviceid", SearchOption.AllDirectories));
    }

    public void Dispose() => _home.Delete(recursive: true);
}

using System.Globalization;
using CliWrap;
using MLflowSharp.Tests;

namespace MLflowSharp.Server.Tests.Projects;

/// <summary>The command <c>project</c> as the program it is for users, which a signal ends.</summary>
public sealed class ProjectProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_signal_ends_the_program_and_the_run_is_killed(string signal)
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("Windows has no signals.");
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "MLproject"), "entry_points:\n  main: {command: \"sleep 97 & echo $! > started; mv started child; wait\"}", Stop);
        var running = Cli.Wrap(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
            .WithArguments([Path.Combine(AppContext.BaseDirectory, "MLflowSharp.Serving.dll"), "project", "run", _folder.FullName])
            .WithWorkingDirectory(_folder.FullName)
            .WithEnvironmentVariables(variables => variables.Set("MLFLOW_TRACKING_URI", _folder.TrackingUri))
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(Stop);
        var child = Path.Combine(_folder.FullName, "child");
        for (var i = 0; !File.Exists(child); i++)
        {
            Assert.True(i < 600 && !running.Task.IsCompleted, "The program did not start within 30 seconds.");
            await Task.Delay(50, Stop);
        }

        await Cli.Wrap("kill").WithArguments([$"-{signal}", running.ProcessId.ToString(CultureInfo.InvariantCulture)]).ExecuteAsync(Stop);
        var ended = await running.Task.WaitAsync(TimeSpan.FromSeconds(60), Stop);

        Assert.NotEqual(0, ended.ExitCode);
        using var client = new MlflowClient(_folder.TrackingUri);
        Assert.Equal(RunStatus.Killed, Assert.Single(await client.SearchRunsAsync(["0"], cancellationToken: Stop)).Info.Status);
        var left = $"/proc/{(await File.ReadAllTextAsync(child, Stop)).Trim()}/stat";
        Assert.True(!File.Exists(left) || (await File.ReadAllTextAsync(left, Stop)).Contains(") Z ", StringComparison.Ordinal), "What the program started goes on.");
    }
}

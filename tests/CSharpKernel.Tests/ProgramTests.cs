using System.Diagnostics;
using System.Globalization;
using CSharpKernel.KernelSpecs;
using JupyterProtocol.KernelSpecs;
using JupyterProtocol.Processes;

namespace CSharpKernel.Tests;

/// <summary>The kernel as a process.</summary>
public sealed class ProgramTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("var kept = 42; Console.WriteLine(\"started\"); while (true) { }")]
    [InlineData("var kept = 42; Console.WriteLine(\"started\"); System.Threading.Thread.Sleep(100_000);")]
    [InlineData("var kept = 42; Console.WriteLine(\"started\"); await Task.Delay(100_000);")]
    public async Task A_signal_interrupts_the_running_cell_and_keeps_its_variables(string code)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        // As if its kernelspec asked for signals, so that the interrupt sends one.
        await using var kernel = await StartAsync(KernelSpecInstaller.Create() with { InterruptMode = "signal" });
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = kernel.Client.ExecuteAsync(code, message => _ = message.MessageType == "stream" && started.TrySetResult(), cancellationToken: Token);
        await kernel.WithExitAsync(WaitAsync(started.Task));

        await kernel.InterruptAsync(Token);
        // The message that a front end in the same terminal sends as well.
        await kernel.Client.InterruptAsync(Token);

        Assert.Contains("was interrupted", (string)(await kernel.WithExitAsync(running)).Content["evalue"]!, StringComparison.Ordinal);
        Assert.True(await HasKeptAsync(kernel));
    }

    [Fact]
    public async Task A_signal_is_heard_although_the_server_was_started_in_the_background_where_it_is_ignored()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        var spec = KernelSpecInstaller.Create();
        await using var kernel = await StartAsync(spec with { InterruptMode = "signal", Argv = ["sh", "-c", "trap '' INT; exec \"$0\" \"$@\"", .. spec.Argv] });
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = kernel.Client.ExecuteAsync("var kept = 42; Console.WriteLine(1); while (true) ;", message => _ = message.MessageType == "stream" && started.TrySetResult(), cancellationToken: Token);
        await kernel.WithExitAsync(WaitAsync(started.Task));

        await kernel.InterruptAsync(Token);

        Assert.Equal("error", (string)(await kernel.WithExitAsync(running).WaitAsync(TimeSpan.FromSeconds(60), Token)).Content["status"]!);
        Assert.Equal("ok", await StatusOfAsync(kernel, "if (kept != 42) throw new Exception();"));
    }

    [Fact]
    public async Task Cultures_are_what_they_are_and_the_current_one_is_that_of_no_country()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT") is "1" or "true", "There is no ICU here.");
        await using var kernel = await StartAsync(KernelSpecInstaller.Create());
        Assert.Equal("ok", await StatusOfAsync(kernel, """
            using System.Globalization;
            void Check(bool right, string what) { if (!right) throw new Exception(what); }
            Check(1.5.ToString(new CultureInfo("de-DE")) == "1,5", "German numbers");
            Check(5.ToString("C", new CultureInfo("en-US")) == "$5.00", "dollars");
            Check(string.Compare("a", "Alice") < 0, "order of words");
            Check(CultureInfo.CurrentCulture.Name == "" && await Task.Run(() => CultureInfo.CurrentCulture.Name) == "", "current culture");
            """));
    }

    [Fact]
    public async Task A_signal_between_cells_changes_nothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        await using var kernel = await StartAsync(KernelSpecInstaller.Create() with { InterruptMode = "signal" });

        Assert.Equal("ok", await StatusOfAsync(kernel, "var kept = 42;"));

        await kernel.InterruptAsync(Token);

        Assert.True(await HasKeptAsync(kernel));
        Assert.False(kernel.Exited.IsCompleted);
    }

    [Fact]
    public async Task The_kernel_ends_when_the_process_that_started_it_is_gone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows hands over a handle instead.");
        using var parent = Process.Start(new ProcessStartInfo("sleep", ["60"]))!;
        await using var kernel = await StartAsync(KernelSpecInstaller.Create(), parent.Id.ToString(CultureInfo.InvariantCulture));
        _ = kernel.Client.ExecuteAsync("while (true) ;", cancellationToken: Token);

        parent.Kill();
        await parent.WaitForExitAsync(Token);

        Assert.Equal(0, await kernel.Exited.WaitAsync(TimeSpan.FromSeconds(30), Token));
    }

    private static async Task<bool> WaitAsync(Task task)
    {
        await task.WaitAsync(TimeSpan.FromSeconds(60), Token);
        return true;
    }

    /// <summary>Whether the variable is still there. A signal is delivered some time after it was sent, so it may still meet the first question.</summary>
    private static async Task<bool> HasKeptAsync(KernelProcess kernel)
    {
        const string code = "if (kept != 42) throw new Exception();";
        return await StatusOfAsync(kernel, code) == "ok" || await StatusOfAsync(kernel, code) == "ok";
    }

    private static async Task<string> StatusOfAsync(KernelProcess kernel, string code) =>
        (string)(await kernel.WithExitAsync(kernel.Client.ExecuteAsync(code, cancellationToken: Token))).Content["status"]!;

    private static Task<KernelProcess> StartAsync(KernelSpec spec, string? parent = null) =>
        KernelProcess.StartAsync(
            new InstalledKernelSpec(KernelSpecInstaller.KernelName, AppContext.BaseDirectory, spec),
            new KernelStartOptions { Environment = parent is null ? new Dictionary<string, string?>() : new() { [KernelProcess.ParentVariable] = parent } },
            Token);
}

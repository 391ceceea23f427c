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

    [Fact]
    public async Task A_terminals_ctrl_c_neither_ends_the_kernel_nor_interrupts_its_cell()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        // As if it were interrupted by signals, so that the interrupt sends what a terminal sends.
        await using var kernel = await StartAsync(KernelSpecInstaller.Create() with { InterruptMode = "signal" });
        var running = kernel.Client.ExecuteAsync("await Task.Delay(1500); 1", cancellationToken: Token);

        await kernel.InterruptAsync(Token);

        Assert.Equal("ok", (await kernel.WithExitAsync(running)).Content["status"]!.GetValue<string>());
        Assert.Equal("ok", (await kernel.WithExitAsync(kernel.Client.ExecuteAsync("2", cancellationToken: Token))).Content["status"]!.GetValue<string>());
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

    private static Task<KernelProcess> StartAsync(KernelSpec spec, string? parent = null) =>
        KernelProcess.StartAsync(
            new InstalledKernelSpec(KernelSpecInstaller.KernelName, AppContext.BaseDirectory, spec),
            new KernelStartOptions { Environment = parent is null ? new Dictionary<string, string?>() : new() { [KernelProcess.ParentVariable] = parent } },
            Token);
}

using System.Diagnostics;
using CSharpKernel.KernelSpecs;
using JupyterProtocol.KernelSpecs;
using JupyterProtocol.Processes;

namespace Benchmarks;

/// <summary>How long a kernel takes from the start of its process to the first result, and for a further cell: ours beside Python's.</summary>
internal sealed class KernelTimes : IMeasurement
{
    private const int WarmCells = 50;

    // The last state of .NET Interactive, which can no longer be installed: medians and ranges of 5 rounds by jupyter_client 7.4.9 on
    // another machine of 2 cores with .NET 10.0.12.
    private const string DotNetInteractive = ".NET Interactive (recorded, other machine)";
    private static readonly Spread RecordedStart = new(3.12, 2.76, 3.40);
    private static readonly Spread RecordedCell = new(24.7, 24.3, 28.8);

    /// <inheritdoc/>
    public string Name => "kernel";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Comparison>> RunAsync(int rounds)
    {
        var ours = new InstalledKernelSpec(
            KernelSpecInstaller.KernelName, Checkout.Root, KernelSpecInstaller.Create(Checkout.Path("artifacts", "bin", "CSharpKernel", "CSharpKernel.dll")));
        var python = PythonPeer.Find("ipykernel");
        var ipykernel = python is null ? null : new InstalledKernelSpec("python3", Checkout.Root, new KernelSpec
        {
            Argv = [python, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
            DisplayName = "Python 3 (ipykernel)",
            Language = "python",
        });

        var (oursTimes, peerTimes) = (new List<Times>(), new List<Times>());
        for (var round = 0; round <= rounds; round++)
        {
            oursTimes.Add(await MeasureAsync(ours));
            if (ipykernel is not null)
                peerTimes.Add(await MeasureAsync(ipykernel));
        }

        var (start, cell) = (Start(oursTimes), Cell(oursTimes));
        var peer = ipykernel is null ? "ipykernel" : $"ipykernel {peerTimes[0].Version}";
        return
        [
            new Comparison("Kernel: start to first result, s", start, peer, ipykernel is null ? null : Start(peerTimes)),
            new Comparison("Kernel: start to first result, s", start, DotNetInteractive, RecordedStart),
            new Comparison("Kernel: a warm cell, ms", cell, peer, ipykernel is null ? null : Cell(peerTimes)),
            new Comparison("Kernel: a warm cell, ms", cell, DotNetInteractive, RecordedCell),
        ];
    }

    // The first start also fills the disk cache and does not count.
    private static Spread Start(List<Times> times) => Spread.Of(times.Skip(1).Select(time => time.Start.TotalSeconds));

    private static Spread Cell(List<Times> times) => Spread.Of(times.Skip(1).Select(time => time.Cell.TotalMilliseconds));

    private static async Task<Times> MeasureAsync(InstalledKernelSpec spec)
    {
        var began = Stopwatch.GetTimestamp();
        await using var kernel = await KernelProcess.StartAsync(spec);
        await ExecuteAsync(kernel, "1+1");
        var start = Stopwatch.GetElapsedTime(began);

        var cells = new List<TimeSpan>(WarmCells);
        for (var number = 1; number <= WarmCells; number++)
        {
            began = Stopwatch.GetTimestamp();
            await ExecuteAsync(kernel, $"1+{number}");
            cells.Add(Stopwatch.GetElapsedTime(began));
        }

        cells.Sort();
        return new Times(start, cells[WarmCells / 2], kernel.Info.Content["implementation_version"]?.GetValue<string>() ?? "");
    }

    private static async Task ExecuteAsync(KernelProcess kernel, string code)
    {
        var reply = await kernel.WithExitAsync(kernel.Client.ExecuteAsync(code));
        if (reply.Content["status"]?.GetValue<string>() != "ok")
            throw new InvalidOperationException($"The kernel {kernel.Kernel.Name} did not execute {code}: {reply.Content.ToJsonString()}");
    }

    private sealed record Times(TimeSpan Start, TimeSpan Cell, string Version);
}

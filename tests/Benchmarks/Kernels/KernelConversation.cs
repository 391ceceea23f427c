using System.Diagnostics;
using System.Text.Json.Nodes;
using JupyterProtocol.Processes;

namespace Benchmarks;

/// <summary>Talks with a kernel as a notebook would, and takes the times.</summary>
internal static class KernelConversation
{
    public const string Information = "Start to kernel_info, s";
    public const string FirstResult = "Start to first result, s";
    public const string WarmCell = "A warm cell, ms";
    public const string FirstDisplay = "First display of HTML, ms";
    public const string FirstChart = "First chart (Plotly.NET), ms";
    public const string Lines = "2,000 lines to the console, ms";
    public const string Completion = "A completion, ms";
    public const string Memory = "Memory after 1+1, MB";
    public const string MemoryOfCell = "Memory of a cell, of 1,000, MB";
    public const string Growth = "Cells 901–1,000 against 1–100, ratio of medians";
    public const string PackageCold = "#r nuget, nothing cached, ms";
    public const string PackageWarm = "#r nuget, known, new kernel, ms";
    public const string PackageAgain = "#r nuget, again in the same kernel, ms";

    private const int WarmCells = 50;
    private const int ManyCells = 1000;
    private const string Package = "#r \"nuget: Newtonsoft.Json, 13.0.4\"";
    private const string ChartPackages = "#r \"nuget: Plotly.NET, 6.0.0\"\n#r \"nuget: Plotly.NET.CSharp, 0.14.0\"";
    private const string Chart = "var xs = new[] { 1.0, 2, 3 };\nPlotly.NET.CSharp.Chart.Line<double, double, string>(xs, xs.Select(x => x * x).ToArray())";
    private static readonly string[] Completions = ["Console.Wr", "value10.To", "Mat", "new List<int>().Sel", "\"a\".Su"];
    private static readonly string[] PythonCompletions = ["print", "value10.to_", "ma", "[].ap", "\"a\".sp"];

    /// <summary>What is measured, in the order of the table, with what it should be at the most; null where nothing was set.</summary>
    public static IReadOnlyList<(string What, double? Target)> Targets { get; } =
    [
        (Information, 0.35), (FirstResult, 0.75), (Memory, 130), (WarmCell, 4), (FirstDisplay, null), (FirstChart, 300), (Lines, 40), (Completion, 30),
        (MemoryOfCell, 0.15), (Growth, 1.1), (PackageCold, 3080), (PackageWarm, 60), (PackageAgain, null),
    ];

    /// <summary>Measures one start of a kernel; what it cannot do is left out.</summary>
    public static async Task<IReadOnlyDictionary<string, double>> MeasureAsync(KernelSubject subject)
    {
        var figures = new Dictionary<string, double>();
        var began = Stopwatch.GetTimestamp();
        await using (var kernel = await KernelProcess.StartAsync(subject.Spec))
        {
            figures[Information] = Stopwatch.GetElapsedTime(began).TotalSeconds;
            await RunAsync(kernel, "1+1");
            figures[FirstResult] = Stopwatch.GetElapsedTime(began).TotalSeconds;
            figures[Memory] = MemoryOf(kernel);
            figures[Lines] = await RunAsync(kernel, subject.IsPython ? "for i in range(2000): print(f'line {i}')" : "for (var i = 0; i < 2000; i++) Console.WriteLine($\"line {i}\");");
            figures[WarmCell] = Median(await RunManyAsync(kernel, WarmCells, number => $"1+{number}"));
            await RunManyAsync(kernel, WarmCells, number => subject.IsPython ? $"value{number} = {number}" : $"var value{number} = {number};");
            figures[Completion] = Median(await CompleteAsync(kernel, subject.IsPython ? PythonCompletions : Completions));

            var before = MemoryOf(kernel);
            var many = await RunManyAsync(kernel, ManyCells, number => $"1+{number}");
            figures[MemoryOfCell] = (MemoryOf(kernel) - before) / ManyCells;
            figures[Growth] = Median(many[^100..]) / Median(many[..100]);
        }

        if (!subject.IsPython)
            await MeasurePackagesAsync(subject, figures);
        return figures;
    }

    private static async Task MeasurePackagesAsync(KernelSubject subject, Dictionary<string, double> figures)
    {
        await using (var kernel = await StartWarmAsync(subject, []))
            figures[FirstDisplay] = await RunAsync(kernel, "display(HTML(\"<b>a</b>\"));");
        await using (var kernel = await StartWarmAsync(subject, []))
        {
            await RunAsync(kernel, ChartPackages);
            // .NET Interactive brings another FSharp.Core than the one that this chart needs, and so cannot draw it.
            if (await TryRunAsync(kernel, Chart) is { Error: null, Time: var time })
                figures[FirstChart] = time;
        }

        await using (var kernel = await StartWarmAsync(subject, []))
        {
            figures[PackageWarm] = await RunAsync(kernel, Package);
            figures[PackageAgain] = await RunAsync(kernel, Package);
        }

        // Where .NET Interactive keeps its answers is not to be moved: what it takes with nothing cached stands among the recorded figures.
        if (!subject.IsOurs)
            return;
        var folder = Directory.CreateTempSubdirectory("cold-");
        string Below(string name) => Path.Combine(folder.FullName, name);
        await using (var kernel = await StartWarmAsync(subject, new() { ["NUGET_PACKAGES"] = Below("packages"), ["NUGET_HTTP_CACHE_PATH"] = Below("http"), ["CSHARPKERNEL_CACHE"] = Below("answers") }))
            figures[PackageCold] = await RunAsync(kernel, Package);
        folder.Delete(recursive: true);
    }

    private static async Task<KernelProcess> StartWarmAsync(KernelSubject subject, Dictionary<string, string?> environment)
    {
        var kernel = await KernelProcess.StartAsync(subject.Spec, new KernelStartOptions { Environment = environment });
        await RunAsync(kernel, "1+1");
        return kernel;
    }

    private static async Task<List<double>> RunManyAsync(KernelProcess kernel, int count, Func<int, string> code)
    {
        var times = new List<double>(count);
        for (var number = 1; number <= count; number++)
            times.Add(await RunAsync(kernel, code(number)));
        return times;
    }

    private static async Task<double> RunAsync(KernelProcess kernel, string code) =>
        await TryRunAsync(kernel, code) is var (time, error) && error is null ? time
            : throw new InvalidOperationException($"The kernel {kernel.Kernel.Name} did not execute {code}: {error}");

    private static async Task<(double Time, string? Error)> TryRunAsync(KernelProcess kernel, string code)
    {
        var began = Stopwatch.GetTimestamp();
        var reply = await kernel.WithExitAsync(kernel.Client.ExecuteAsync(code));
        var time = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        return (time, reply.Content["status"]?.GetValue<string>() == "ok" ? null : reply.Content.ToJsonString());
    }

    private static async Task<List<double>> CompleteAsync(KernelProcess kernel, IReadOnlyList<string> codes)
    {
        var times = new List<double>();
        // The first of each also wakes up what completes.
        for (var round = 0; round <= 4; round++)
            foreach (var code in codes)
            {
                var began = Stopwatch.GetTimestamp();
                await kernel.WithExitAsync(kernel.Client.RequestAsync("complete_request", new JsonObject { ["code"] = code, ["cursor_pos"] = code.Length }));
                if (round > 0)
                    times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }

        return times;
    }

    private static double Median(IEnumerable<double> values) => Spread.Of(values).Median;

    private static double MemoryOf(KernelProcess kernel)
    {
        using var process = Process.GetProcessById(kernel.ProcessId);
        return process.WorkingSet64 / 1024.0 / 1024.0;
    }
}

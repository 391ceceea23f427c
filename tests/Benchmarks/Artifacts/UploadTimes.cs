using System.Diagnostics;
using System.Globalization;
using MLflowSharp;

namespace Benchmarks;

/// <summary>How long <c>log_artifact</c> takes for one gigabyte into a local store, beside <c>cp</c> and MLflow for Python.</summary>
internal sealed class UploadTimes : IMeasurement
{
    private const long Size = 1L << 30;

    /// <inheritdoc/>
    public string Name => "upload";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Comparison>> RunAsync(int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("benchmarks-").FullName;
        try
        {
            var source = Path.Combine(folder, "source.bin");
            await WriteSourceAsync(source);
            using var peer = PythonPeer.Find("mlflow") is { } python
                ? await PythonPeer.StartAsync(python, Checkout.Path("tests", "Benchmarks", "Artifacts", "log_artifact.py"), $"sqlite:///{folder}/theirs.db", $"{folder}/theirs", source)
                : null;
            using var client = new MlflowClient($"sqlite:///{folder}/ours.db", new MlflowClientOptions { DefaultArtifactRoot = $"{folder}/ours" });
            var run = client.CreateRun("0");

            var (ours, copies, theirs) = (new List<double>(), new List<double>(), new List<double>());
            for (var round = 0; round <= rounds; round++)
            {
                await SettleAsync();
                ours.Add(await TimeAsync(() => client.LogArtifactAsync(run.Info.RunId, source)));
                File.Delete(Path.Combine(run.Info.ArtifactUri, "source.bin"));
                await SettleAsync();
                copies.Add(await TimeAsync(() => CopyAsync(source, Path.Combine(folder, "copy.bin"))));
                File.Delete(Path.Combine(folder, "copy.bin"));
                await SettleAsync();
                if (peer is not null)
                    theirs.Add((await peer.AskAsync("1"))["seconds"]!.GetValue<double>());
            }

            var mine = Spread.Of(ours.Skip(1));
            var cp = Spread.Of(copies.Skip(1));
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"1 GB into a local store: {mine.Median / cp.Median:0.00} × the time of cp."));
            return
            [
                // Within a tenth of cp is what was set.
                new Comparison("MLflow: log_artifact of 1 GB into a local store, seconds", mine, "cp", cp, Target: 1.1 * cp.Median),
                new Comparison(
                    "MLflow: log_artifact of 1 GB into a local store, seconds", mine, peer is null ? "MLflow for Python" : $"MLflow {peer.Greeting["mlflow"]}", peer is null ? null : Spread.Of(theirs.Skip(1))),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task WriteSourceAsync(string path)
    {
        var block = new byte[1 << 20];
        new Random(1).NextBytes(block);
        await using var file = File.Create(path);
        for (var written = 0L; written < Size; written += block.Length)
            await file.WriteAsync(block);
    }

    /// <summary>Waits until what was written is on the disk: else each would pay for the one before.</summary>
    private static async Task SettleAsync()
    {
        using var sync = Process.Start("sync");
        await sync.WaitForExitAsync();
    }

    private static async Task CopyAsync(string source, string destination)
    {
        using var cp = Process.Start("cp", [source, destination]);
        await cp.WaitForExitAsync();
        if (cp.ExitCode != 0)
            throw new InvalidOperationException($"cp ended with {cp.ExitCode}.");
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var began = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}

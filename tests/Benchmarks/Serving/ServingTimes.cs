using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using MLflowSharp.Onnx;
using MLflowSharp.TorchSharp;
using Tutorial.Helpers;

namespace Benchmarks;

/// <summary>
/// Our scoring server beside <c>mlflow models serve</c>, on the same ONNX model (784-128-64-10) with images of MNIST, over the same client. The
/// client's own time is in both.
/// </summary>
internal sealed class ServingTimes : IMeasurement
{
    private const int Clients = 64;
    private const int RequestsASecond = 400;
    private const int ManyRequests = 1_000_000;

    private static readonly (int Rows, int Requests, double Factor, string Name)[] Sizes = [(1, 300, 8, "1 row"), (32, 60, 10, "32 rows"), (1000, 7, 15, "1,000 rows")];

    /// <inheritdoc/>
    public string Name => "serving";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Comparison>> RunAsync(int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("benchmarks-").FullName;
        try
        {
            var model = Path.Combine(folder, "model");
            using (var network = MultilayerPerceptron.Create(784, [128, 64], 10))
                OnnxFlavor.SaveModel(network.ToOnnx(), model);
            return await RunAsync(rounds, model, PythonPeer.Find("mlflow"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<IReadOnlyList<Comparison>> RunAsync(int rounds, string model, string? python)
    {
        var (ours, theirs) = (new List<Round>(), new List<Round>());
        for (var round = 0; round <= rounds; round++)
        {
            ours.Add(await MeasureAsync(() => ScoringServers.OursAsync(model)));
            if (python is not null)
                theirs.Add(await MeasureAsync(() => ScoringServers.TheirsAsync(python, model)));
            await Console.Error.WriteLineAsync($"  round {round}: {ours[^1]} | {theirs.LastOrDefault()}");
        }

        // The first round warms the disk.
        ours.RemoveAt(0);
        theirs = [.. theirs.Skip(1)];
        List<Comparison> lines =
        [
            Line("Scoring server: start to first answer, s", round => round.Start, _ => 0.4),
            Line("Scoring server: memory after the start, MB", round => round.Memory, _ => 90),
        ];
        for (var size = 0; size < Sizes.Length; size++)
        {
            var index = size;
            lines.Add(Line($"Scoring server: {Sizes[size].Name}, ms", round => round.Milliseconds[index], peer => peer / Sizes[index].Factor));
        }

        lines.Add(Line(string.Create(CultureInfo.InvariantCulture, $"Scoring server: {Clients} clients, {RequestsASecond} requests a second, median, ms"), round => round.Load.Median, _ => null));
        lines.Add(Line("Scoring server: the same, 99th percentile as a multiple of the median", round => round.Load.Tail / round.Load.Median, _ => 5));
        lines.Add(Line("Scoring server: the same, failed requests", round => round.Load.Failed, _ => 0));
        lines.Add(new("Scoring server: growth over a million requests, MB", Spread.Of([await GrowthAsync(model)]), "", null, Target: 5));
        return lines;

        Comparison Line(string what, Func<Round, double> of, Func<double?, double?> target)
        {
            var peer = theirs.Count == 0 ? null : Spread.Of(theirs.Select(of));
            return new(what, Spread.Of(ours.Select(of)), "mlflow models serve", peer, Target: target(peer?.Median));
        }
    }

    private static async Task<Round> MeasureAsync(Func<Task<ServerProcess>> start)
    {
        using var server = await start();
        var memory = server.MemoryMegabytes();
        using var http = Client(server.Uri);
        var milliseconds = new double[Sizes.Length];
        for (var size = 0; size < Sizes.Length; size++)
        {
            var body = Body(Sizes[size].Rows);
            var times = new List<double>();
            for (var request = 0; request < Sizes[size].Requests + (Sizes[size].Requests / 3); request++)
                times.Add(await AskAsync(http, body));
            milliseconds[size] = Spread.Of(times.Skip(Sizes[size].Requests / 3)).Median;
        }

        return new(server.StartSeconds, memory, milliseconds, await LoadAsync(http));
    }

    /// <summary>Clients that ask at a fixed rate, whether answers are quick or not.</summary>
    private static async Task<Load> LoadAsync(HttpClient http)
    {
        var body = Body(1);
        var pause = TimeSpan.FromSeconds(Clients / (double)RequestsASecond);
        var perClient = 10 * RequestsASecond / Clients;
        var answers = await Task.WhenAll(Enumerable.Range(0, Clients).Select(async client =>
        {
            var (times, failed) = (new List<double>(), 0);
            await Task.Delay(pause * client / Clients);
            using var timer = new PeriodicTimer(pause);
            for (var request = 0; request < perClient; request++)
            {
                await timer.WaitForNextTickAsync();
                try
                {
                    times.Add(await AskAsync(http, body));
                }
                catch (HttpRequestException)
                {
                    failed++;
                }
            }

            return (Times: times, Failed: failed);
        }));
        var sorted = answers.SelectMany(answer => answer.Times).Order().ToList();
        return new(sorted[sorted.Count / 2], sorted[(int)(sorted.Count * 0.99)], answers.Sum(answer => answer.Failed));
    }

    /// <summary>How much larger the server is after a million requests than after the first fiftieth of them.</summary>
    private static async Task<double> GrowthAsync(string model)
    {
        using var server = await ScoringServers.OursAsync(model);
        using var http = Client(server.Uri);
        var body = Body(1);
        await ManyAsync(ManyRequests / 50);
        var before = server.MemoryMegabytes();
        await ManyAsync(ManyRequests);
        return server.MemoryMegabytes() - before;

        Task ManyAsync(int count) => Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, _) => await AskAsync(http, body));
    }

    private static async Task<double> AskAsync(HttpClient http, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var began = Stopwatch.GetTimestamp();
        using var answer = await http.PostAsync(new Uri("invocations", UriKind.Relative), content);
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static HttpClient Client(Uri uri) => new(new SocketsHttpHandler { MaxConnectionsPerServer = Clients }) { BaseAddress = uri, Timeout = TimeSpan.FromMinutes(5) };

    /// <summary>Images as a client in Python writes them, <c>json.dumps({"inputs": images.tolist()})</c>.</summary>
    private static byte[] Body(int rows)
    {
        var images = Mnist.Load().Test.Images.AsSpan(0, rows * MnistImage.PixelCount);
        var text = new StringBuilder("{\"inputs\": [");
        for (var index = 0; index < images.Length; index++)
        {
            text.Append(index % MnistImage.PixelCount == 0 ? (index == 0 ? "[" : "], [") : ", ");
            text.Append(images[index] == 0 ? "0.0" : ((double)images[index]).ToString("R", CultureInfo.InvariantCulture));
        }

        return Encoding.ASCII.GetBytes(text.Append("]]}").ToString());
    }

    private sealed record Load(double Median, double Tail, int Failed);

    private sealed record Round(double Start, double Memory, double[] Milliseconds, Load Load)
    {
        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture, $"start {Start:0.00} s, {Memory:0} MB, {string.Join(" / ", Milliseconds.Select(time => $"{time:0.00}"))} ms, load {Load.Median:0.0} / {Load.Tail:0.0} ms");
    }
}

using System.Diagnostics;
using System.Globalization;
using MLflowSharp.Tests;

namespace MLflowSharp.Server.Tests.Faults;

/// <summary>What a server goes through: afterwards everything that it has acknowledged is there, and it serves on. Each test fills a row of docs/tracking-faults.md.</summary>
/// <param name="table">The rows.</param>
public sealed partial class TrackingFaultTests(TrackingFaultTable table) : IClassFixture<TrackingFaultTable>, IDisposable
{
    private const int Kills = 12;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_server_that_is_killed_has_all_that_it_acknowledged(bool isFolder)
    {
        const int Programs = 8;
        using var server = await ServerProcess.StartAsync(_folder, isFolder ? Path.Combine(_folder.FullName, "mlruns") : _folder.TrackingUri);
        using var writers = new Writers(server.Uri);
        var runs = new List<string>();
        for (var i = 0; i < Programs; i++)
            runs.Add(await writers.RunAsync());
        var end = false;
        var logging = runs.Select(run => writers.LogAsync(run, "m", _ => Volatile.Read(ref end))).ToList();
        var files = PutAsync(writers.Http, () => Volatile.Read(ref end));
        var random = new Random(8);
        for (var kill = 0; kill < Kills; kill++)
        {
            await Task.Delay(random.Next(20, 400), Cancellation);
            await server.KillAndStartAsync();
        }

        Volatile.Write(ref end, true);
        var (acknowledged, found) = (0, 0);
        foreach (var (run, steps) in runs.Zip(await Task.WhenAll(logging)))
        {
            acknowledged += steps.Count;
            found += await writers.CheckAsync(run, "m", steps);
        }

        Assert.InRange(acknowledged, Kills, int.MaxValue);
        Assert.Equal(0, writers.Refused);
        var kept = await files;
        foreach (var (name, content) in kept)
            Assert.Equal(content, await writers.Http.GetByteArrayAsync(new Uri($"/api/2.0/mlflow-artifacts/artifacts/{name}", UriKind.Relative), Cancellation));
        Assert.Equal(0, server.FaultsTold);
        if (!isFolder)
            Assert.Equal("ok", await IntegrityAsync());
        table.Add(
            isFolder ? "kill -9 of the server, folder of files" : "kill -9 of the server, SQLite",
            string.Create(CultureInfo.InvariantCulture, $"{Kills} times at random moments, while {Programs} programs logged values alone and in batches, and one sent files"),
            string.Create(CultureInfo.InvariantCulture, $"{acknowledged:N0} values and {kept.Count} files acknowledged, all there once and whole ({found - acknowledged} more whose answer was lost); no batch in part; no fault told"));
    }

    [Fact]
    public async Task Sixty_four_writers_get_no_error()
    {
        const int Programs = 64;
        using var server = await ServerProcess.StartAsync(_folder, _folder.TrackingUri);
        using var writers = new Writers(server.Uri);
        var runs = new List<string>();
        for (var i = 0; i < Programs; i++)
            runs.Add(await writers.RunAsync());
        var began = Stopwatch.GetTimestamp();

        var logged = await Task.WhenAll(runs.Select(run => writers.LogAsync(run, "m", step => step > 3000 || Stopwatch.GetElapsedTime(began) > TimeSpan.FromSeconds(15))));

        Assert.Equal(0, writers.Refused);
        var found = 0;
        foreach (var (run, steps) in runs.Zip(logged))
            found += await writers.CheckAsync(run, "m", steps);
        Assert.Equal(logged.Sum(steps => steps.Count), found);
        Assert.All(logged, steps => Assert.InRange(steps.Count, 10, int.MaxValue));
        Assert.Empty(server.Errors);
        table.Add("64 writers at once", "64 programs logged to one SQLite file for up to 15 s", string.Create(CultureInfo.InvariantCulture, $"{found:N0} values, each there once; no error; every program got its turn"));
    }

    /// <summary>Sends files of changing size until told to stop.</summary>
    /// <returns>Those whose request was answered with 200.</returns>
    private static async Task<Dictionary<string, byte[]>> PutAsync(HttpClient http, Func<bool> stop)
    {
        var (kept, random) = (new Dictionary<string, byte[]>(), new Random(1));
        for (var i = 0; !stop(); i++)
        {
            var content = new byte[random.Next(1, 300_000)];
            random.NextBytes(content);
            try
            {
                using var answer = await http.PutAsync(new Uri($"/api/2.0/mlflow-artifacts/artifacts/f/{i % 500}", UriKind.Relative), new ByteArrayContent(content), Cancellation);
                if (answer.IsSuccessStatusCode)
                    kept[$"f/{i % 500}"] = content;
            }
            catch (HttpRequestException)
            {
                // The old content or the new may be there.
                kept.Remove($"f/{i % 500}");
                await Task.Delay(5, Cancellation);
            }
        }

        return kept;
    }

    private async Task<string?> IntegrityAsync()
    {
        await using var database = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_folder.FullName}/mlflow.db;Pooling=False");
        await database.OpenAsync(Cancellation);
        await using var command = database.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        return (string?)await command.ExecuteScalarAsync(Cancellation);
    }
}

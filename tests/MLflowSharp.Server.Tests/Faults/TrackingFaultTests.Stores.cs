using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using MLflowSharp.Tests.Journal.Faults;

namespace MLflowSharp.Server.Tests.Faults;

public sealed partial class TrackingFaultTests
{
    [Fact]
    public async Task A_full_disk_is_told_and_nothing_acknowledged_is_lost()
    {
        using var disk = SmallDisk.TryMount(_folder, 6000);
        if (disk is null)
        {
            table.Add("disk full", "a small disk is mounted for the test", "not tried here: needs an administrator of Linux");
            Assert.Skip("A small disk can only be mounted by an administrator of Linux.");
        }

        using var server = await ServerProcess.StartAsync(_folder, $"sqlite:///{disk.Path}/mlflow.db", Path.Combine(disk.Path, "served"));
        using var writers = new Writers(server.Uri);
        var run = await writers.RunAsync();
        var before = await writers.LogAsync(run, "before", step => step >= 200);
        disk.Fill();
        var during = await writers.LogAsync(run, "during", step => step >= 400);
        var refused = writers.Refused;
        Assert.InRange(refused, 1, 400);
        Assert.Equal(["RESOURCE_EXHAUSTED"], writers.Codes);
        using (var answer = await writers.Http.PutAsync(new Uri("/api/2.0/mlflow-artifacts/artifacts/large/file", UriKind.Relative), new ByteArrayContent(new byte[1_000_000]), Cancellation))
        {
            var error = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation))!;
            Assert.Equal("RESOURCE_EXHAUSTED", (string?)error["error_code"]);
        }

        Assert.False(Directory.Exists(Path.Combine(disk.Path, "served")) && Directory.EnumerateFiles(Path.Combine(disk.Path, "served"), "*", SearchOption.AllDirectories).Any());
        // What is there can still be read.
        await writers.CheckAsync(run, "before", before);
        Assert.Equal(HttpStatusCode.OK, (await writers.Http.GetAsync(new Uri($"/light/run?id={run}", UriKind.Relative), Cancellation)).StatusCode);
        disk.Free();
        var after = await writers.LogAsync(run, "after", step => step >= 200);

        await writers.CheckAsync(run, "before", before);
        await writers.CheckAsync(run, "during", during);
        Assert.Equal(200, await writers.CheckAsync(run, "after", after));
        Assert.Equal(refused, writers.Refused);
        table.Add(
            "disk full", "the disk of database and files was filled while a program logged, and freed again",
            string.Create(CultureInfo.InvariantCulture, $"{refused} requests refused with RESOURCE_EXHAUSTED, reading went on, no part of the file that had no room; {before.Count + during.Count + after.Count:N0} values acknowledged, all there; logging went on without a restart"));
    }

    [Fact]
    public async Task A_damaged_database_is_told_of_and_the_server_serves_on()
    {
        using var server = await ServerProcess.StartAsync(_folder, _folder.TrackingUri);
        using var writers = new Writers(server.Uri);
        var run = await writers.RunAsync();
        await writers.LogAsync(run, "m", step => step >= 2000);
        await server.KillAndStartAsync(between: () => DamageAsync(run));
        var (answers, failures) = (0, 0);
        foreach (var target in (string[])[$"runs/get?run_id={run}", $"metrics/get-history?run_id={run}&metric_key=m", "experiments/get?experiment_id=0", $"runs/get?run_id={run}"])
        {
            using var answer = await writers.Http.GetAsync(new Uri($"/api/2.0/mlflow/{target}", UriKind.Relative), Cancellation);
            var text = await answer.Content.ReadAsStringAsync(Cancellation);
            answers++;
            if (!answer.IsSuccessStatusCode)
            {
                failures++;
                Assert.Equal("DATA_LOSS", (string?)JsonNode.Parse(text)!["error_code"]);
                Assert.Contains(".recover", text, StringComparison.Ordinal);
            }
        }

        Assert.Equal((4, 3), (answers, failures));
        Assert.Equal(failures, server.FaultsTold);
        Assert.Equal("OK", await writers.Http.GetStringAsync(new Uri("/health", UriKind.Relative), Cancellation));
        table.Add("database damaged", "all pages of the SQLite file that name the run were overwritten", $"{failures} of {answers} calls answered with DATA_LOSS and how to rescue what is left, each with a line in the log; the server serves on");
    }

    [Fact]
    public async Task A_database_that_is_deleted_is_told_of_and_nothing_is_acknowledged_into_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows deletes no file that is open.");
        using var server = await ServerProcess.StartAsync(_folder, _folder.TrackingUri);
        using var writers = new Writers(server.Uri);
        var run = await writers.RunAsync();
        Assert.Equal(20, (await writers.LogAsync(run, "before", step => step >= 20)).Count);
        var away = Path.Combine(_folder.FullName, "away");
        Directory.CreateDirectory(away);
        foreach (var file in Directory.GetFiles(_folder.FullName, "mlflow.db*"))
            File.Move(file, Path.Combine(away, Path.GetFileName(file)));

        Assert.Empty(await writers.LogAsync(run, "gone", step => step >= 20));
        Assert.Equal(["INVALID_STATE"], writers.Codes);
        Assert.Equal(writers.Refused, server.FaultsTold);
        foreach (var file in Directory.GetFiles(away))
            File.Move(file, Path.Combine(_folder.FullName, Path.GetFileName(file)));
        var after = await writers.LogAsync(run, "after", step => step >= 20);

        Assert.Equal(20, await writers.CheckAsync(run, "after", after));
        Assert.Equal(0, await writers.CheckAsync(run, "gone", []));
        table.Add("database deleted", "its files were moved away under the server, and put back", $"{writers.Refused} requests refused with INVALID_STATE and what to do, each with a line in the log; none acknowledged; put back, it was written again without a restart");
    }

    [Fact]
    public async Task A_database_that_is_replaced_is_noticed_and_the_new_one_served()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows replaces no file that is open.");
        using var server = await ServerProcess.StartAsync(_folder, _folder.TrackingUri);
        using var writers = new Writers(server.Uri);
        var run = await writers.RunAsync();
        var before = await writers.LogAsync(run, "m", step => step >= 20);
        var backup = Path.Combine(_folder.FullName, "backup.db");
        await using (var database = new SqliteConnection($"Data Source={_folder.FullName}/mlflow.db;Pooling=False"))
        {
            await database.OpenAsync(Cancellation);
            await ExecuteAsync(database, $"VACUUM INTO '{backup}'");
        }

        // Logged after the backup, and in the log of the old file, which has the name of the new one's.
        Assert.Equal(20, (await writers.LogAsync(run, "later", step => step >= 20)).Count);
        File.SetLastWriteTimeUtc(backup, DateTime.UtcNow - TimeSpan.FromMinutes(1));
        File.Move(Path.Combine(_folder.FullName, "mlflow.db"), Path.Combine(_folder.FullName, "old.db"));
        File.Move(backup, Path.Combine(_folder.FullName, "mlflow.db"));

        // By renaming: at once.
        Assert.Equal(20, await writers.CheckAsync(run, "m", before));
        Assert.Equal(0, await writers.CheckAsync(run, "later", []));
        var after = await writers.LogAsync(run, "after", step => step >= 20);
        Assert.Equal(20, await writers.CheckAsync(run, "after", after));
        Assert.Equal("ok", await IntegrityAsync());
        Assert.Equal(20, await CountAsync("old.db", "later"));

        // By copying: once it is quiet.
        File.Delete(Path.Combine(_folder.FullName, "mlflow.db"));
        await File.WriteAllBytesAsync(Path.Combine(_folder.FullName, "mlflow.db"), await File.ReadAllBytesAsync(Path.Combine(_folder.FullName, "old.db"), Cancellation), Cancellation);
        var target = new Uri($"/api/2.0/mlflow/runs/get?run_id={run}", UriKind.Relative);
        var (refused, began) = (0, System.Diagnostics.Stopwatch.GetTimestamp());
        while (true)
        {
            using var answer = await writers.Http.GetAsync(target, Cancellation);
            if (answer.IsSuccessStatusCode)
                break;
            refused++;
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "TEMPORARILY_UNAVAILABLE"), (answer.StatusCode, (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation))!["error_code"]));
            Assert.InRange(System.Diagnostics.Stopwatch.GetElapsedTime(began).TotalSeconds, 0, 20);
            await Task.Delay(100, Cancellation);
        }

        Assert.Equal(20, (await writers.LogAsync(run, "again", step => step >= 20)).Count);
        Assert.Equal(0, writers.Refused);
        Assert.Equal(2, server.Errors.Count(line => line.Contains("was replaced by another file while it was open; the new one is used", StringComparison.Ordinal)));
        Assert.Equal(refused, server.FaultsTold);
        table.Add(
            "database replaced", "another file was renamed to its name, and later copied there, while the write-ahead log of the old one held values",
            "the next request was answered from the new file, with one line in the log; a file that was just copied with 503 TEMPORARILY_UNAVAILABLE for a second; "
            + "the old file has all of its values, the new one none of them, and is whole; what was logged then is there");
    }

    private async Task<long?> CountAsync(string file, string key)
    {
        await using var database = new SqliteConnection($"Data Source={Path.Combine(_folder.FullName, file)};Pooling=False");
        await database.OpenAsync(Cancellation);
        await using var command = database.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM metrics WHERE key = '{key}'";
        return (long?)await command.ExecuteScalarAsync(Cancellation);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_at_the_start()
    {
        var path = Path.Combine(_folder.FullName, "mlflow.db");
        await File.WriteAllTextAsync(path, new string('x', 10_000), Cancellation);
        using var server = ServerProcess.StartInVain(_folder, _folder.TrackingUri);

        Assert.NotEqual(0, await server.EndAsync());

        Assert.Contains(server.Errors, line => line.Contains("is not a SQLite database", StringComparison.Ordinal));
        Assert.DoesNotContain(server.Errors, line => line.StartsWith("   at ", StringComparison.Ordinal));
        Assert.Equal(new string('x', 10_000), await File.ReadAllTextAsync(path, Cancellation));
        table.Add("not a database", "the server was started over a file with something else in it", "it says so in a sentence, ends, and leaves the file as it was");
    }

    [Fact]
    public async Task A_locked_database_is_waited_for_and_then_told_of_while_the_rest_goes_on()
    {
        const int Waiting = 40;
        var faults = 0;
        await using var server = await TrackingServer.StartAsync(
            new()
            {
                BackendStoreUri = _folder.TrackingUri, ArtifactsDestination = Path.Combine(_folder.FullName, "served"), Port = 0,
                StoreOptions = new() { BusyTimeout = TimeSpan.FromSeconds(3) }, OnError = _ => Interlocked.Increment(ref faults),
            },
            Cancellation);
        using var writers = new Writers(server.TrackingUri);
        var run = await writers.RunAsync();
        await using var other = new SqliteConnection($"Data Source={_folder.FullName}/mlflow.db;Pooling=False");
        await other.OpenAsync(Cancellation);
        await ExecuteAsync(other, "BEGIN EXCLUSIVE");

        // Shorter than it is waited for: nobody notices.
        var patient = Enumerable.Range(0, Waiting).Select(i => writers.LogAsync(run, $"short{i}", step => step > 0)).ToList();
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal("OK", await writers.Http.GetStringAsync(new Uri("/health", UriKind.Relative), Cancellation).WaitAsync(TimeSpan.FromSeconds(2), Cancellation));
            await Task.Delay(50, Cancellation);
        }

        await ExecuteAsync(other, "COMMIT");
        Assert.All(await Task.WhenAll(patient), steps => Assert.Equal([0], steps));
        Assert.Equal(0, writers.Refused);

        // Longer: told as what may be tried again.
        await ExecuteAsync(other, "BEGIN EXCLUSIVE");
        using var answer = await writers.Http.PostAsync(
            new Uri("/api/2.0/mlflow/runs/log-metric", UriKind.Relative), new StringContent($"{{\"run_id\": \"{run}\", \"key\": \"long\", \"value\": 1, \"timestamp\": 1}}", System.Text.Encoding.UTF8, "application/json"), Cancellation);
        var error = await answer.Content.ReadAsStringAsync(Cancellation);
        await ExecuteAsync(other, "COMMIT");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "TEMPORARILY_UNAVAILABLE"), (answer.StatusCode, (string?)JsonNode.Parse(error)!["error_code"]));
        Assert.Equal(1, faults);
        Assert.Equal([0], await writers.LogAsync(run, "again", step => step > 0));

        table.Add("database locked by another program", $"for 1 s with {Waiting} requests waiting, and for longer than is waited", "the first went through; the other was answered with 503 TEMPORARILY_UNAVAILABLE, which clients repeat, and a line in the log; /health answered at once all the time");
    }

    /// <summary>Overwrites every page of the database in which a text stands.</summary>
    private async Task DamageAsync(string text)
    {
        const int PageSize = 4096;
        var path = Path.Combine(_folder.FullName, "mlflow.db");
        await using (var database = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            await database.OpenAsync(Cancellation);
            await ExecuteAsync(database, "PRAGMA wal_checkpoint(TRUNCATE)");
        }

        var (content, damaged) = (await File.ReadAllBytesAsync(path, Cancellation), 0);
        for (var page = PageSize; page < content.Length; page += PageSize)
        {
            var bytes = content.AsSpan(page, PageSize);
            if (bytes.IndexOf(System.Text.Encoding.ASCII.GetBytes(text)) < 0)
                continue;
            bytes.Fill(0xA5);
            damaged++;
        }

        Assert.InRange(damaged, 3, content.Length / PageSize / 2);
        await File.WriteAllBytesAsync(path, content, Cancellation);
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}

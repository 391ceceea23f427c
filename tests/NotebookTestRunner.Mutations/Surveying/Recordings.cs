using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NotebookTestRunner.Mutations.Running;
using NotebookTestRunner.Mutations.Seeding;

namespace NotebookTestRunner.Mutations.Surveying;

/// <summary>Records which faults each test method reaches while none is on. What was recorded is kept in a file, so that only tests and code that changed are recorded anew.</summary>
internal static class Recordings
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    /// <summary>What takes longer does so for other reasons than code that is run for the first time.</summary>
    private const double MostToCompile = 800;

    /// <summary>Records all test methods.</summary>
    /// <param name="tests">The tests, with the assembly that has the faults.</param>
    /// <param name="checkout">The checkout's top folder.</param>
    /// <param name="mutants">The faults.</param>
    /// <param name="file">What was recorded before, and will be.</param>
    /// <param name="onlyQuick">Leaves out the rest of a class of which a test is slow.</param>
    public static async Task<IReadOnlyList<TestRecord>> ReadAsync(TestCopy tests, string checkout, IReadOnlyList<Mutant> mutants, string file, bool onlyQuick)
    {
        var known = File.Exists(file)
            ? File.ReadLines(file).Select(line => JsonSerializer.Deserialize(line, RunningJson.Default.TestRecord)!).DistinctBy(record => (record.Key, record.Test)).ToDictionary(record => (record.Key, record.Test))
            : [];
        var sources = tests.Subject.TestFiles(checkout).GroupBy(path => Path.GetFileNameWithoutExtension(path)).ToDictionary(group => group.Key, group => group.First());
        var code = Hash(string.Join('\n', mutants.Select(mutant => $"{mutant.Id} {mutant}")) + string.Join('\n', tests.Subject.SourceFiles(checkout).Select(File.ReadAllText)));
        var keys = new Dictionary<string, string>();
        List<TestRecord> records = [];
        HashSet<string> slow = [];
        var worker = await WorkerProcess.StartAsync(tests);
        try
        {
            foreach (var test in await worker.ListAsync())
            {
                var testClass = TestRecord.ClassOf(test);
                var key = KeyOf(testClass.Split('.')[^1]);
                if (onlyQuick && slow.Contains(testClass)) continue;
                if (!known.TryGetValue((key, test), out var record))
                {
                    if (!worker.IsAlive) worker = await WorkerProcess.StartAsync(tests);
                    // The first time compiles, which would count as the test's time.
                    var answer = await worker.RunAsync(test, -1, Limit, record: true);
                    var again = answer is { End: TestEnd.Passed, Milliseconds: < MostToCompile } ? await worker.RunAsync(test, -1, Limit) : answer;
                    record = new TestRecord(key, test, again.End == TestEnd.Passed, Math.Min(answer.Milliseconds, again.Milliseconds), answer.Reached.ToHashSet(), answer.ReachedOnce.ToHashSet());
                    await File.AppendAllTextAsync(file, JsonSerializer.Serialize(record, RunningJson.Default.TestRecord) + "\n");
                    if (!record.Passes) await Console.Error.WriteLineAsync($"  {test}: left out, because it fails without any fault: {again.Message}");
                }

                records.Add(record);
                if (!record.IsQuick) slow.Add(testClass);
            }
        }
        finally
        {
            await worker.DisposeAsync();
        }

        return records;

        string KeyOf(string testClass) =>
            keys.TryGetValue(testClass, out var key) ? key : keys[testClass] = Hash(code + (sources.TryGetValue(testClass, out var path) ? File.ReadAllText(path) : ""));
    }

    /// <summary>A hash of a text, short enough for a line.</summary>
    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
}

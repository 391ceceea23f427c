using MLflowSharp.Tests;

namespace MLflowSharp.Server.Tests.Faults;

/// <summary>
/// What the tests of faults have seen. With the environment variable <c>UPDATE_FAULT_TABLE=1</c> it is written into <c>docs/tracking-faults.md</c>, once all have run.
/// </summary>
public sealed class TrackingFaultTable : IDisposable
{
    /// <summary>The faults, in the order of the page.</summary>
    private static readonly string[] Faults =
    [
        "kill -9 of the server, SQLite", "kill -9 of the server, folder of files", "disk full", "database damaged", "database deleted", "database replaced", "not a database", "database locked by another program",
        "client stops in the middle of an upload", "slow requests", "slow readers", "malformed requests", "64 writers at once",
    ];

    private readonly Dictionary<string, (string Done, string Seen)> _rows = [];

    /// <summary>Adds a row.</summary>
    /// <param name="fault">One of the page's faults.</param>
    /// <param name="done">What was done.</param>
    /// <param name="seen">What was seen.</param>
    public void Add(string fault, string done, string seen)
    {
        Assert.Contains(fault, Faults);
        TestContext.Current.TestOutputHelper!.WriteLine($"{fault} | {done} | {seen}");
        _rows[fault] = (done, seen);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Environment.GetEnvironmentVariable("UPDATE_FAULT_TABLE") != "1" || _rows.Count < Faults.Length)
            return;
        new PageBlock("tracking-faults", "tracking-faults").Write(
            "| Fault | What was done | What was seen |\n|---|---|---|\n" + string.Concat(Faults.Select(fault => $"| {fault} | {_rows[fault].Done} | {_rows[fault].Seen} |\n")));
    }
}

using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Interop.Neighbour;

/// <summary>A server that was started as its documentation says, in a folder of its own.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly System.Text.StringBuilder _log = new();

    private RunningServer(Process process) => _process = process;

    /// <summary>Its process.</summary>
    public int ProcessId => _process.Id;

    /// <summary>What it said that was waited for.</summary>
    public Match Greeting { get; private set; } = Match.Empty;

    /// <summary>What it wrote so far, to either stream.</summary>
    public string Log
    {
        get
        {
            lock (_log)
                return _log.ToString();
        }
    }

    /// <summary>Starts it and waits for its greeting.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="greeting">What it says when it is ready.</param>
    /// <param name="variables">What is set in its environment; null takes a variable away.</param>
    /// <param name="command">Its command line.</param>
    public static async Task<RunningServer> StartAsync(string folder, Regex greeting, IReadOnlyDictionary<string, string?> variables, params string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        var server = new RunningServer(Process.Start(start)!);
        try
        {
            server._process.OutputDataReceived += server.Note;
            server._process.ErrorDataReceived += server.Note;
            server._process.BeginOutputReadLine();
            server._process.BeginErrorReadLine();
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            limit.CancelAfter(Patience);
            while (!(server.Greeting = greeting.Match(server.Log)).Success)
            {
                Assert.False(server._process.HasExited, $"{string.Join(' ', command)} ended:\n{server.Log}");
                await Task.Delay(20, limit.Token);
            }

            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends it, with all it started.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Note(object sender, DataReceivedEventArgs line)
    {
        lock (_log)
            _log.AppendLine(line.Data);
    }
}

using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace NotebookTestRunner.Tests.Checks.Contracts.Machine;

public sealed partial class MachineContractTests() : ContractTest(isHosted: false)
{
    [Fact]
    public async Task A_port_that_is_left_open_is_named()
    {
        var result = await RunAsync("cells:\n  1:\n    ports: closed\n  2:\n    ports: closed\n  3:\n    ports: closed", () => { }, "listen", "print two", "listen\nclose");

        Assert.Equal([Verdict.Failed, Verdict.Passed, Verdict.Passed], Verdicts(result));
        Assert.Matches("no new port .*there is \\d+", Assert.Single(Messages(result)));
    }

    [Fact]
    public async Task Certain_ports_can_be_promised_open_or_closed()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var port = ((IPEndPoint)server.LocalEndpoint).Port;

        Assert.Empty(await JudgeAsync($"ports: {{open: {port}}}", () => { }));
        Assert.Matches($"port {port}: to be closed, and somebody listens", Assert.Single(await JudgeAsync($"ports: {{closed: [{port}]}}", () => { })));
        server.Stop();
        Assert.Empty(await JudgeAsync($"ports: {{closed: {port}}}", () => { }));
        Assert.Matches($"port {port}: to be open, and nobody listens", Assert.Single(await JudgeAsync($"ports: {{open: [{port}]}}", () => { })));
    }

    [Fact]
    public async Task A_process_that_is_left_is_named()
    {
        var result = await RunAsync("cells:\n  1:\n    processes: ended\n  2:\n    processes: ended\n  3:\n    processes: ended", () => { }, "spawn", "print two", "spawn\nend-spawned");

        Assert.Equal([Verdict.Failed, Verdict.Passed, Verdict.Passed], Verdicts(result));
        Assert.Matches("everything started is to have ended, and there is still ScriptedKernel", Assert.Single(Messages(result)));
    }

    [Fact]
    public async Task A_process_that_outlives_the_kernel_is_named_for_the_notebook()
    {
        var result = await RunAsync("notebook:\n  processes: ended\n  ports: closed", () => { }, "spawn");

        var message = Assert.Single(result.Findings).Message;
        Assert.Equal((Verdict.Failed, Verdict.Passed), (result.Verdict, result.Cells[0].Verdict));
        Assert.Contains("ended with the kernel", message);
        End(message);
    }

    [Fact]
    public async Task A_process_that_has_left_its_parent_is_found_where_the_system_tells()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux shows with which environment a process was started.");
        var result = await RunAsync("cells:\n  1:\n    processes: ended\nnotebook:\n  processes: ended", () => { }, "spawn-orphan");

        Assert.Single(result.Cells[0].Findings);
        End(Assert.Single(result.Findings).Message);
    }

    [Fact]
    public async Task What_ended_with_the_kernel_leaves_nothing() =>
        Assert.Empty(Messages(await RunAsync("notebook:\n  processes: ended\n  ports: closed", () => { }, "listen\nspawn", "end-spawned")));

    [Fact]
    public async Task A_kernel_of_an_unknown_language_cannot_be_asked() =>
        Assert.Contains("only C# and Python kernels can", Assert.Single(await JudgeAsync("environment: unchanged", () => { })));

    // The processes are told by the message; they would end by themselves after a while.
    private static void End(string message)
    {
        foreach (Match match in Process().Matches(message))
        {
            using var process = System.Diagnostics.Process.GetProcessById(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
            process.Kill();
        }
    }

    [GeneratedRegex(@"\(process (\d+)\)")]
    private static partial Regex Process();
}

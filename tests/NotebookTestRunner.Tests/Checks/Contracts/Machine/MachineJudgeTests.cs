using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using NotebookTestRunner.Checks.Contracts.Machine;
using NotebookTestRunner.Checks.Contracts.Reading;
using YamlDotNet.RepresentationModel;

namespace NotebookTestRunner.Tests.Checks.Contracts.Machine;

public sealed class MachineJudgeTests
{
    private static readonly ProcessEntry Kernel = new(1, 0, "0", "kernel");
    private static readonly ProcessEntry Child = new(2, 1, "1", "child");
    private static readonly MachinePicture Before = new([Kernel], new HashSet<int> { 80 }, new KernelState("/work", new Dictionary<string, string> { ["A"] = "1" }));

    [Theory]
    [InlineData("ports: closed", 80, null)]
    [InlineData("ports: closed", 81, "ports: no new port is to be listened on, and there is 80, 81. Stop the server at the end of the cell")]
    [InlineData("ports: {others: closed}", 81, "ports: no new port is to be listened on, and there is 80, 81. Stop the server at the end of the cell")]
    [InlineData("processes: ended", 81, null)]
    public void Ports_that_are_new_are_named(string terms, int port, string? message)
    {
        var before = Before with { Ports = message is null ? new HashSet<int> { 80 } : new HashSet<int> { 1 } };

        Assert.Equal(message, MachineJudge.Judge(Read(terms), before, Before with { Ports = new HashSet<int> { port, 80 } }).SingleOrDefault()?.Message);
    }

    [Fact]
    public void A_port_that_is_promised_open_is_no_surprise_and_others_still_are()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var port = ((IPEndPoint)server.LocalEndpoint).Port;
        var terms = Read($"ports: {{open: [{port}], others: closed}}");

        Assert.Empty(MachineJudge.Judge(terms, Before, Before with { Ports = new HashSet<int> { 80, port } }));
        Assert.EndsWith("and there is 1. Stop the server at the end of the cell", Assert.Single(MachineJudge.Judge(terms, Before, Before with { Ports = new HashSet<int> { 1, port } })).Message, StringComparison.Ordinal);
        // A promise that it is closed is no permission for it to be open.
        Assert.Equal(2, MachineJudge.Judge(Read($"ports: {{closed: [{port}], others: closed}}"), Before, Before with { Ports = new HashSet<int> { port } }).Count());
    }

    [Fact]
    public void Processes_that_are_new_are_named_and_only_where_it_is_promised()
    {
        var after = Before with { Processes = [Kernel, Child] };

        Assert.Equal("processes: everything started is to have ended, and there is still child (process 2)", Assert.Single(MachineJudge.Judge(Read("processes: ended"), Before, after)).Message);
        Assert.Empty(MachineJudge.Judge(Read("processes: ended"), after, after));
        Assert.Empty(MachineJudge.Judge(Read("ports: closed"), Before, after));
        Assert.Single(MachineJudge.Judge(Read("processes: ended"), after, after with { Processes = [Kernel, Child with { Started = "2" }] }));
    }

    [Fact]
    public void What_the_kernel_says_of_itself_is_compared_where_it_is_promised()
    {
        var after = Before with { State = new KernelState("/else", new Dictionary<string, string> { ["A"] = "2" }) };

        Assert.Equal("environment: to be unchanged, and A was changed", Assert.Single(MachineJudge.JudgeState(Read("environment: unchanged"), Before, after)).Message);
        Assert.Equal("working-folder: /work expected, /else found", Assert.Single(MachineJudge.JudgeState(Read("working-folder: unchanged"), Before, after)).Message);
        Assert.Equal(2, MachineJudge.Judge(Read("environment: unchanged\nworking-folder: unchanged"), Before, after).Count());
        Assert.Empty(MachineJudge.JudgeState(Read("environment: unchanged\nworking-folder: unchanged"), Before, Before));
        Assert.Empty(MachineJudge.JudgeState(Read("ports: closed"), Before with { State = null }, after));
    }

    [Fact]
    public void What_is_left_after_the_kernel_is_what_was_seen_and_is_the_same_still()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no shell.");
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "sleep 60"]))!;
        try
        {
            var seen = ProcessTable.Read().Single(entry => entry.Id == process.Id);
            var ended = Read("processes: ended");

            Assert.Matches($"ended with the kernel, and there is still .* \\(process {process.Id}\\)$", Assert.Single(End(ended, [seen], kernel: 1)));
            Assert.Empty(End(ended, [seen with { Started = "long ago" }], kernel: 1));
            Assert.Empty(End(ended, [seen], kernel: process.Id));
            Assert.Empty(End(ended, [seen with { Id = int.MaxValue }], kernel: 1));
            Assert.Empty(End(Read("environment: unchanged"), [seen], kernel: 1));
            Assert.Empty(End(Read("ports: closed"), [seen], kernel: 1));
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public void A_port_of_what_is_left_is_named()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells whose a port is.");
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var port = ((IPEndPoint)server.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        var here = ProcessTable.Read().Single(entry => entry.Id == Environment.ProcessId);

        Assert.Matches($"^ports: to be closed when the kernel has ended, and there is .*\\b{port}\\b", Assert.Single(End(Read("ports: closed"), [here], kernel: 1)));
        Assert.Empty(End(Read("ports: closed"), [], kernel: 1));
    }

    [Fact]
    public void Processes_that_carry_the_kernels_mark_are_left_over_too_but_not_the_kernel()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux shows with which environment a process was started.");
        var start = new ProcessStartInfo("/bin/sleep", ["60"]) { Environment = { ["MACHINE_JUDGE"] = "marked" } };
        using var process = Process.Start(start)!;
        try
        {
            Assert.True(SpinWait.SpinUntil(() => ProcessTable.Marked("MACHINE_JUDGE=marked").Any(), TimeSpan.FromSeconds(20)));
            Assert.Single(MachineJudge.JudgeEnd(Read("processes: ended"), [], 1, new HashSet<int>(), "MACHINE_JUDGE=marked"));
            Assert.Empty(MachineJudge.JudgeEnd(Read("processes: ended"), [], process.Id, new HashSet<int>(), "MACHINE_JUDGE=marked"));
            Assert.Empty(MachineJudge.JudgeEnd(Read("processes: ended"), [], 1, new HashSet<int>(), null));
        }
        finally
        {
            process.Kill();
        }
    }

    [Theory]
    [InlineData("ports: {open: [1, 65535], closed: 80}", "1 open, 65535 open, 80 closed")]
    [InlineData("ports: closed", "")]
    public void Ports_are_read(string terms, string ports) =>
        Assert.Equal(ports, string.Join(", ", Read(terms).Ports.Select(port => string.Create(CultureInfo.InvariantCulture, $"{port.Port} {(port.IsOpen ? "open" : "closed")}"))));

    [Theory]
    [InlineData("ports: {open: [0]}", "0 is no port: write 1 to 65535")]
    [InlineData("ports: {open: [65536]}", "65536 is no port")]
    [InlineData("ports: {others: open}", "others is \"open\": write closed")]
    [InlineData("ports: open", "ports is \"open\": write closed")]
    [InlineData("processes: running", "processes is \"running\": write ended")]
    [InlineData("environment: ended", "environment is \"ended\": write unchanged")]
    public void What_cannot_be_promised_is_refused(string terms, string why) =>
        Assert.Contains(why, Assert.Throws<NotebookRunException>(() => Read(terms)).Message, StringComparison.Ordinal);

    [Fact]
    public void Only_promises_about_the_kernels_state_need_it_asked()
    {
        Assert.False(Read("ports: closed").AsksKernel);
        Assert.True(Read("environment: unchanged").AsksKernel);
        Assert.True(Read("working-folder: unchanged").AsksKernel);
        Assert.Null(MachineTerms.Read(new Dictionary<string, ContractNode>()));
        Assert.Null(MachineTerms.Read(Node("files: none").Members("a contract").ToDictionary(member => member.Key, member => member.Value)));
        Assert.NotNull(MachineTerms.Read(Node("files: none\nports: closed").Members("a contract").ToDictionary(member => member.Key, member => member.Value)));
    }

    private static IEnumerable<string> End(MachineTerms terms, ProcessEntry[] seen, int kernel) =>
        MachineJudge.JudgeEnd(terms, seen, kernel, new HashSet<int>(), null).Select(violation => violation.Message);

    private static MachineTerms Read(string terms) => MachineTerms.Read(Node(terms).Members("a contract").ToDictionary(member => member.Key, member => member.Value))!;

    private static ContractNode Node(string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        return new ContractNode(yaml.Documents[0].RootNode, line => $"line {line}");
    }
}

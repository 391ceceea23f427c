using System.Diagnostics;
using JupyterProtocol.Processes;
using NotebookTestRunner.Checks.Contracts.Machine;

namespace NotebookTestRunner.Tests.Checks.Contracts.Machine;

/// <summary>On processes of a shell, so not on Windows.</summary>
public sealed class ProcessTableTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly List<Process> started = [];

    public void Dispose()
    {
        foreach (var process in started)
        {
            process.Kill(entireProcessTree: true);
            process.Dispose();
        }
        folder.Dispose();
    }

    [Fact]
    public void A_process_and_what_it_started_are_a_tree_in_order_without_those_around()
    {
        var parent = Start("sleep 60 & sleep 60 & wait");
        var other = Start("sleep 60 & wait");
        var children = Await(() => ProcessTable.Tree(parent.Id, null), tree => tree.Count == 3);

        Assert.Equal(children.Select(process => process.Id).Order(), children.Select(process => process.Id));
        Assert.Equal((Environment.ProcessId, "sh"), children.Where(process => process.Id == parent.Id).Select(process => (process.Parent, process.Name)).Single());
        Assert.All(children.Where(process => process.Id != parent.Id), child => Assert.Equal((parent.Id, "sleep"), (child.Parent, child.Name)));
        Assert.DoesNotContain(children, process => process.Id == other.Id);
        Assert.Contains(ProcessTable.Tree(Environment.ProcessId, null), process => process.Id == children[^1].Id);
        Assert.Empty(ProcessTable.Tree(int.MaxValue, null));
    }

    [Fact]
    public void A_process_is_told_from_a_later_one_of_its_number_by_its_beginning()
    {
        var (first, again) = (ProcessTable.Read().Single(IsHere), ProcessTable.Read().Single(IsHere));
        var child = Start("sleep 60 & wait");

        Assert.Equal(first, again);
        Assert.NotEmpty(first.Started);
        Assert.NotEqual(first.Started, ProcessTable.Read().Single(process => process.Id == child.Id).Started);

        static bool IsHere(ProcessEntry process) => process.Id == Environment.ProcessId;
    }

    [Fact]
    public void A_process_that_ended_is_gone_whether_or_not_somebody_asked_how()
    {
        // The shell does not wait for its child: without that it stays in the table, dead.
        var parent = Start("sh -c 'exit 0' & exec sleep 60");
        var tree = Await(() => ProcessTable.Tree(parent.Id, null), tree => tree is [{ Name: "sleep" }]);

        Assert.Equal(parent.Id, Assert.Single(tree).Id);
    }

    [Fact]
    public void Without_a_folder_of_processes_ps_tells_the_same_of_them()
    {
        Assert.SkipUnless(File.Exists("/bin/ps"), "There is no ps.");
        var parent = Start("sh -c 'exit 0' & exec sleep 60");
        Await(() => ProcessTable.Tree(parent.Id, null), tree => tree is [{ Name: "sleep" }]);

        var (told, again) = (ProcessTable.ReadPs(), ProcessTable.ReadPs());
        Assert.Equal((Environment.ProcessId, "sleep"), told.Where(process => process.Id == parent.Id).Select(process => (process.Parent, process.Name)).Single());
        // The dead child is no process, nor is the one that was asked.
        Assert.DoesNotContain(told, process => process.Parent == parent.Id || (process.Name == "ps" && process.Parent == Environment.ProcessId));
        Assert.Contains(again, process => process == told.Single(one => one.Id == Environment.ProcessId));
        Assert.All(told.Where(process => process.Id == parent.Id), process => Assert.Equal(5, process.Started.Split(' ').Length));
    }

    [Fact]
    public void A_parent_that_is_younger_than_its_child_is_another_process_of_that_number()
    {
        ProcessEntry[] processes = [new(1, 0, "0005", "old"), new(2, 1, "0006", "child"), new(3, 2, "0006", "twin"), new(4, 3, "0002", "orphan"), new(5, 3, "", "hidden"), new(6, 99, "0001", "alone")];

        Assert.Equal([0, 1, 2, 0, 3, 99], ProcessTable.WithTrueParents(processes).Select(process => process.Parent));
    }

    [Fact]
    public void A_name_may_hold_blanks_and_parentheses()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Names are read otherwise elsewhere.");
        var program = folder.File("a) S 1 (b");
        File.Copy("/bin/sleep", program);
        var process = Run(program, "60");

        var entry = Await(() => ProcessTable.Tree(process.Id, null), tree => tree is [{ Name: "a) S 1 (b" }])[0];
        Assert.Equal((process.Id, Environment.ProcessId), (entry.Id, entry.Parent));
    }

    [Fact]
    public void Processes_are_found_by_the_variable_they_were_started_with()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux shows with which environment a process was started.");
        var marked = Start("sleep 60 & wait", (KernelProcess.MarkVariable, "kernel-rest"));
        var alike = Start("sleep 60 & wait", (KernelProcess.MarkVariable, "kernel-rest-2"), ("OTHER" + KernelProcess.MarkVariable, "kernel-rest"));
        const string Marker = KernelProcess.MarkVariable + "=kernel-rest";

        var found = Await(() => ProcessTable.Tree(int.MaxValue, Marker), tree => tree.Count == 2);
        Assert.Contains(found, process => process.Id == marked.Id);
        Assert.DoesNotContain(found, process => process.Id == alike.Id);
        Assert.Equal(found.Select(process => process.Id), ProcessTable.Marked(Marker).Select(process => process.Id).Order());
        Assert.Equal(Marker, KernelMarker.Of(marked.Id));
        Assert.Null(KernelMarker.Of(int.MaxValue));
        Assert.Empty(ProcessTable.Tree(int.MaxValue, null));
    }

    private Process Start(string script, params (string Name, string Value)[] environment)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no shell.");
        return Run("/bin/sh", "-c", script, environment);
    }

    private Process Run(string program, string argument) => Run(new ProcessStartInfo(program, [argument]));

    private Process Run(string program, string first, string second, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, [first, second]);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Run(start);
    }

    private Process Run(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        var process = Process.Start(start)!;
        started.Add(process);
        return process;
    }

    private static IReadOnlyList<ProcessEntry> Await(Func<IReadOnlyList<ProcessEntry>> look, Func<IReadOnlyList<ProcessEntry>, bool> isThere)
    {
        IReadOnlyList<ProcessEntry> seen = [];
        Assert.True(SpinWait.SpinUntil(() => isThere(seen = look()), TimeSpan.FromSeconds(20)), string.Join(", ", seen));
        return seen;
    }
}

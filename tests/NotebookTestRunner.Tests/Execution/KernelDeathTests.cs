using CSharpKernel.KernelSpecs;

namespace NotebookTestRunner.Tests.Execution;

/// <summary>What the runner says when a cell ends the real kernel's process.</summary>
public sealed class KernelDeathTests : IDisposable
{
    private const string NativeRead = "[System.Runtime.InteropServices.DllImport(\"libc\")] static extern nint strlen(nint text);";

    private readonly TemporaryFolder _folder = new();

    public KernelDeathTests() => KernelSpecInstaller.InstallInto(_folder.File("jupyter"));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Environment.Exit(3);", "KernelEnded: The kernel's process was ended by Environment.Exit(3).")]
    [InlineData("Environment.FailFast(\"on purpose\");", "on purpose")]
    [InlineData("class R : IComparable { public int CompareTo(object? o) { Array.Sort(new[] { new R(), new R() }); return 0; } } new R().CompareTo(null)", "Stack overflow|as after a stack overflow in it")]
    [InlineData("System.Diagnostics.Process.GetCurrentProcess().Kill(); await Task.Delay(-1);", "SIGKILL: it was ended from outside")]
    [InlineData(NativeRead + " strlen(1)", "SIGSEGV: native code touched memory")]
    public async Task The_cell_that_ended_the_kernel_is_named_with_the_reason(string code, string reason)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        var path = _folder.Write("lesson.ipynb", TestNotebook.Json(KernelSpecInstaller.KernelName, "var fine = 1;", code, "fine"));

        var result = await new NotebookRunner(new RunOptions { KernelSpecDirectories = [_folder.File("jupyter")], Mode = ComparisonMode.Lax })
            .RunAsync(path, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal([Verdict.Passed, Verdict.Failed, Verdict.NotRun], result.Cells.Select(cell => cell.Verdict));
        // Where the stack overflows in the runtime's own code, the runtime says nothing, and only the exit code is left.
        Assert.Contains(reason.Split('|'), words => result.Cells[1].Message?.Contains(words, StringComparison.Ordinal) == true);
        if (!code.StartsWith("Environment.Exit", StringComparison.Ordinal))
            Assert.Contains("while it executed cell 2", result.Cells[1].Message, StringComparison.Ordinal);
    }
}

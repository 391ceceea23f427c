using JupyterProtocol.KernelSpecs;
using NotebookTestRunner.Events;
using ScriptedKernel;

namespace NotebookTestRunner.Tests.Execution;

/// <summary>For tests that run notebooks on the scripted kernel, each in a folder of its own.</summary>
public abstract class RunningTest : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private readonly HostedKernels? hosted;

    /// <param name="isHosted">Whether the kernel may live in the tests' process, which is quick: not where cells do something to their process.</param>
    protected RunningTest(bool isHosted = true)
    {
        if (!isHosted || !HostedKernels.ArePossible)
        {
            InstallKernel("message");
            return;
        }

        hosted = new HostedKernels();
        KernelSpecStore.Install(ScriptedKernelSpec.Name, hosted.Spec, folder.File("jupyter"));
    }

    private protected TemporaryFolder Folder => folder;

    /// <summary>Limits as short as they can be without making a slow machine's tests fail for no reason.</summary>
    protected RunOptions Options => new()
    {
        KernelSpecDirectories = [folder.File("jupyter")],
        InterruptGracePeriod = TimeSpan.FromSeconds(5),
    };

    private protected List<RunEvent> Events { get; } = [];

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        hosted?.Dispose();
        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected void InstallKernel(string interruptMode, params string[] flags) =>
        KernelSpecStore.Install(ScriptedKernelSpec.Name, ScriptedKernelSpec.Create(interruptMode, flags), folder.File("jupyter"));

    private protected string Save(params TestCell[] cells) => folder.Write("lesson.ipynb", TestNotebook.Json(ScriptedKernelSpec.Name, cells));

    private protected Task<NotebookResult> RunAsync(RunOptions options, params TestCell[] cells) => RunAsync(options, Save(cells), Token);

    private protected Task<NotebookResult> RunAsync(params TestCell[] cells) => RunAsync(Options, cells);

    private protected Task<NotebookResult> RunAsync(RunOptions options, string path, CancellationToken cancellationToken) =>
        new NotebookRunner(options).RunAsync(path, new Recorder(Events), cancellationToken);

    private protected static Verdict[] Verdicts(NotebookResult result) => [.. result.Cells.Select(cell => cell.Verdict)];

    private protected sealed class Recorder(List<RunEvent> events) : IProgress<RunEvent>
    {
        public void Report(RunEvent value) => events.Add(value);
    }

    /// <summary>Stops a run at one of its steps.</summary>
    private protected sealed class StopAt(CancellationTokenSource stop, Func<RunEvent, bool> when) : IProgress<RunEvent>
    {
        public void Report(RunEvent value)
        {
            if (when(value)) stop.Cancel();
        }
    }
}

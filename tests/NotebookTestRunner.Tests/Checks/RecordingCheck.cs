using NotebookTestRunner.Checks;
using NotebookTestRunner.Notebooks;

namespace NotebookTestRunner.Tests.Checks;

/// <summary>A check that notes what it is told, and does what a test wants at each step.</summary>
internal sealed class RecordingCheck : INotebookCheck
{
    public List<string> Calls { get; } = [];

    public NotebookCheckContext? Context { get; private set; }

    public Func<string, Task<IReadOnlyList<Finding>>> At { get; init; } = _ => Task.FromResult<IReadOnlyList<Finding>>([]);

    public string Name => "recording";

    public Task<NotebookCheckSession?> BeginAsync(NotebookCheckContext context, CancellationToken cancellationToken)
    {
        Context = context;
        return Task.FromResult<NotebookCheckSession?>(new Session(this));
    }

    private Task<IReadOnlyList<Finding>> NoteAsync(string call)
    {
        Calls.Add(call);
        return At(call);
    }

    private sealed class Session(RecordingCheck check) : NotebookCheckSession
    {
        public override Task<IReadOnlyList<Finding>> BeforeCellAsync(NotebookCell cell, CancellationToken cancellationToken) => check.NoteAsync($"before {cell.Number}");

        public override Task<IReadOnlyList<Finding>> AfterCellAsync(ExecutedCell cell, CancellationToken cancellationToken) => check.NoteAsync($"after {cell.Cell.Number}");

        public override Task<IReadOnlyList<Finding>> EndAsync(CancellationToken cancellationToken) => check.NoteAsync("end");

        public override Task<IReadOnlyList<Finding>> AfterKernelAsync(CancellationToken cancellationToken) => check.NoteAsync("after the kernel");

        public override ValueTask DisposeAsync()
        {
            check.Calls.Add("dispose");
            return base.DisposeAsync();
        }
    }
}

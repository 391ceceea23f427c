using NotebookTestRunner.Checks;

namespace NotebookTestRunner.Tests.Checks;

/// <summary>Asks the kernel something at the end.</summary>
internal sealed class AskingCheck(string code) : INotebookCheck
{
    public string Name => "asking";

    public Task<NotebookCheckSession?> BeginAsync(NotebookCheckContext context, CancellationToken cancellationToken) =>
        Task.FromResult<NotebookCheckSession?>(new Session(context.Kernel!, code));

    private sealed class Session(IRunningKernel kernel, string code) : NotebookCheckSession
    {
        public override async Task<IReadOnlyList<Finding>> EndAsync(CancellationToken cancellationToken)
        {
            await kernel.EvaluateAsync(code, cancellationToken);
            return [];
        }
    }
}

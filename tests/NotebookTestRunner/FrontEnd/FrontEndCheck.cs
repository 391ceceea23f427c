using NotebookTestRunner.Checks;
using NotebookTestRunner.Notebooks;
using NotebookTestRunner.Widgets;

namespace NotebookTestRunner.FrontEnd;

/// <summary>
/// Plays the user of notebooks with questions and widgets: answers, clicks, moves sliders, draws, and waits to see what should come of it, over real
/// comm messages. See <see cref="UserScript"/> for where that is written.
/// </summary>
/// <param name="patience">How long a step waits for what it needs; 10 seconds by default.</param>
public sealed class FrontEndCheck(TimeSpan? patience = null) : INotebookCheck
{
    private readonly TimeSpan patience = patience ?? TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public string Name => "front-end";

    /// <inheritdoc/>
    public Task<NotebookCheckSession?> BeginAsync(NotebookCheckContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var script = UserScript.Read(context.Notebook, context.Path);
        return Task.FromResult<NotebookCheckSession?>(script.IsEmpty || context.Kernel is null ? null : new Session(script, context.Kernel, context.Widgets, context.WorkingDirectory, patience));
    }

    private sealed class Session : NotebookCheckSession
    {
        private const string CheckName = "front-end";

        private readonly UserScript script;
        private readonly IRunningKernel kernel;
        private readonly UserView view;
        private readonly SimulatedUser user;
        private readonly Queue<string> answers = new();
        private readonly List<string> unanswered = [];
        private Task<IReadOnlyList<string>> acting = Task.FromResult<IReadOnlyList<string>>([]);

        public Session(UserScript script, IRunningKernel kernel, WidgetModels models, string folder, TimeSpan patience)
        {
            this.script = script;
            this.kernel = kernel;
            view = new(kernel, models);
            user = new(kernel, models, view, folder, patience);
            kernel.Input = AnswerAsync;
        }

        public override Task<IReadOnlyList<Finding>> BeforeCellAsync(NotebookCell cell, CancellationToken cancellationToken)
        {
            var steps = script.At(cell.Number);
            lock (answers)
            {
                foreach (var step in steps.Where(step => step.Kind == UserStepKind.Answer)) answers.Enqueue(step.Value);
            }
            // While the cell runs: it may wait for the very click.
            var others = steps.Where(step => step.Kind != UserStepKind.Answer).ToList();
            acting = others.Count == 0 ? Task.FromResult<IReadOnlyList<string>>([]) : Task.Run(() => ActAsync(others, cancellationToken), cancellationToken);
            return base.BeforeCellAsync(cell, cancellationToken);
        }

        public override async Task<IReadOnlyList<Finding>> AfterCellAsync(ExecutedCell cell, CancellationToken cancellationToken)
        {
            var problems = cell.KernelLost ? [] : (await acting).ToList();
            lock (answers)
            {
                problems.AddRange(unanswered.Select(prompt => $"It asked \"{prompt}\", to which the script has no answer left: the user said nothing."));
                if (cell.Error is null) problems.AddRange(answers.Select(answer => $"The answer \"{answer}\" was never asked for."));
                unanswered.Clear();
                answers.Clear();
            }
            return [.. problems.Select(problem => new Finding(CheckName, cell.Cell.Number, problem))];
        }

        public override ValueTask DisposeAsync()
        {
            view.Dispose();
            kernel.Input = null;
            return base.DisposeAsync();
        }

        private async Task<IReadOnlyList<string>> ActAsync(IReadOnlyList<UserStep> steps, CancellationToken cancellationToken)
        {
            foreach (var step in steps)
            {
                // What follows a step that failed would only fail for its sake.
                if (await user.DoAsync(step, cancellationToken) is { } problem) return [problem];
            }
            return [];
        }

        private Task<string> AnswerAsync(string prompt, bool isPassword, CancellationToken cancellationToken)
        {
            lock (answers)
            {
                if (answers.TryDequeue(out var answer)) return Task.FromResult(answer);
                unanswered.Add(prompt);
                return Task.FromResult("");
            }
        }
    }
}

using NotebookTestRunner.Checks;
using NotebookTestRunner.Outputs;

namespace NotebookTestRunner.Exercises;

/// <summary>
/// Judges a reader's answer, as <see cref="ReaderAnswers.Place"/> put it: the exercise's check must give a result that begins with "Right!". What is only
/// printed does not count, as an answer may print, too; and code that is meant to deceive can. Each failing says in its message what the reader is told.
/// </summary>
public sealed class AnswerCheck : INotebookCheck
{
    /// <summary>What checks say to a right answer, and to no other.</summary>
    public const string RightWord = "Right!";

    /// <summary>The name in findings.</summary>
    public const string CheckName = "exercise";

    /// <inheritdoc/>
    public string Name => CheckName;

    /// <inheritdoc/>
    public Task<NotebookCheckSession?> BeginAsync(NotebookCheckContext context, CancellationToken cancellationToken) =>
        Task.FromResult<NotebookCheckSession?>(new Session());

    /// <summary>Whether a check said that the answer is right.</summary>
    /// <param name="outputs">What it showed.</param>
    public static bool IsRight(IEnumerable<CellOutput> outputs) => Said(outputs)?.StartsWith(RightWord, StringComparison.Ordinal) == true;

    /// <summary>What a check said: its result as words; null when it gave none.</summary>
    /// <param name="outputs">What it showed.</param>
    public static string? Said(IEnumerable<CellOutput> outputs) => outputs.OfType<ExecuteResultOutput>().LastOrDefault()?.Text("text/plain")?.Trim();

    private sealed class Session : NotebookCheckSession
    {
        public override Task<IReadOnlyList<Finding>> AfterCellAsync(ExecutedCell cell, CancellationToken cancellationToken)
        {
            var isCheck = cell.Cell.Tags.Contains(Exercise.CheckTag);
            if ((!isCheck && !cell.Cell.Tags.Contains(ReaderAnswers.AnswerTag)) || cell.KernelLost) return Task.FromResult<IReadOnlyList<Finding>>([]);
            var problem = cell.Error is { } error ? $"{(isCheck ? "The check" : "The answer")} ends with {error.Name}: {error.Value.Split('\n')[0]}"
                : !isCheck || IsRight(cell.Outputs) ? null
                : Said(cell.Outputs) ?? "The check says nothing.";
            return Task.FromResult<IReadOnlyList<Finding>>(problem is null ? [] : [new(CheckName, cell.Cell.Number, problem)]);
        }
    }
}

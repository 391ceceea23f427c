using System.Text.RegularExpressions;
using NotebookTestRunner.Checks;
using NotebookTestRunner.Notebooks;
using NotebookTestRunner.Outputs;

namespace NotebookTestRunner.Exercises;

/// <summary>
/// Proves that exercises work: before a solution is executed, the kernel is where a reader is who comes to the exercise; there the blank cell and each
/// wrong answer are tried with the check, which must answer with their own hint and never with a stack trace. Then the solution itself is executed,
/// and its check must not say any of these hints.
/// </summary>
public sealed partial class ExercisesCheck : INotebookCheck
{
    private const string CheckName = "exercises";

    /// <inheritdoc/>
    public string Name => CheckName;

    /// <inheritdoc/>
    public Task<NotebookCheckSession?> BeginAsync(NotebookCheckContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var exercises = Exercise.ReadAll(context.Notebook);
        exercises.ToList().ForEach(exercise => _ = exercise.Blank);
        return Task.FromResult<NotebookCheckSession?>(exercises.Count == 0 || context.Kernel is null ? null : new Session(exercises, context.Kernel));
    }

    private sealed partial class Session(IReadOnlyList<Exercise> exercises, IRunningKernel kernel) : NotebookCheckSession
    {
        public override async Task<IReadOnlyList<Finding>> BeforeCellAsync(NotebookCell cell, CancellationToken cancellationToken)
        {
            var findings = new List<Finding>();
            foreach (var exercise in exercises.Where(exercise => exercise.Solution == cell))
            {
                if (await ProblemAsync(exercise, exercise.Blank, exercise.BlankHint, cancellationToken) is { } blank)
                    findings.Add(new(CheckName, cell.Number, $"While nothing is written yet, {blank}"));
                foreach (var answer in exercise.WrongAnswers)
                {
                    if (await ProblemAsync(exercise, answer.Code, answer.Hint, cancellationToken) is { } problem)
                        findings.Add(new(CheckName, cell.Number, $"To the wrong answer in cell {answer.Cell.Number} ({answer.FirstLine}), {problem}"));
                }
                if (exercise.WrongAnswers.Count == 0)
                    findings.Add(new(CheckName, cell.Number, $"The exercise has no wrong answers: that its check refuses any is not shown. Add cells with the tag {Exercise.WrongAnswerTag}.", FindingSeverity.Warning));
            }
            return findings;
        }

        public override Task<IReadOnlyList<Finding>> AfterCellAsync(ExecutedCell cell, CancellationToken cancellationToken)
        {
            var said = Words(Shown(cell.Outputs));
            return Task.FromResult<IReadOnlyList<Finding>>([.. exercises.Where(exercise => exercise.Check == cell.Cell)
                .SelectMany(exercise => exercise.WrongAnswers.Select(answer => answer.Hint).Prepend(exercise.BlankHint))
                .Where(hint => said.Contains(Words(hint), StringComparison.OrdinalIgnoreCase))
                .Select(hint => new Finding(CheckName, cell.Cell.Number, $"The check says \"{hint}\" to the solution itself."))]);
        }

        private async Task<string?> ProblemAsync(Exercise exercise, string answer, string hint, CancellationToken cancellationToken)
        {
            var checkNumber = exercise.Check.Number;
            foreach (var (code, what) in (IEnumerable<(string, string)>)
                [(answer, "the answer itself"), .. exercise.Between.Select(between => (between.Source, $"cell {between.Number}")), (exercise.Check.Source, $"the check in cell {checkNumber}")])
            {
                var evaluation = await kernel.EvaluateAsync(code, cancellationToken);
                var shown = Shown(evaluation.Outputs);
                if (evaluation.Error is { } error)
                    return $"{what} ends with a stack trace, {error.Name}: {error.Value}, where readers should get the hint \"{hint}\".";
                if (StackTrace().IsMatch(shown))
                    return $"{what} shows a stack trace where readers should get the hint \"{hint}\":\n{shown}";
                if (code == exercise.Check.Source && !Words(shown).Contains(Words(hint), StringComparison.OrdinalIgnoreCase))
                    return $"{what} does not give the hint \"{hint}\". It says: {(shown.Trim().Length == 0 ? "nothing" : shown.Trim())}";
            }
            return null;
        }

        /// <summary>Everything a reader sees as words.</summary>
        private static string Shown(IReadOnlyList<CellOutput> outputs) => string.Join('\n', outputs.Select(output => output switch
        {
            StreamOutput printed => printed.Text,
            DisplayOutput display => $"{display.Text("text/plain")}\n{Tags().Replace(display.Text("text/html") ?? display.Text("text/markdown") ?? "", " ")}",
            _ => "",
        }));

        private static string Words(string text) => Blanks().Replace(System.Net.WebUtility.HtmlDecode(text), " ").Trim();
    }

    [GeneratedRegex(@"^\s+at [\w.<>`+\[\]]+\(.*\)|^Traceback \(most recent call last\)|^Unhandled exception", RegexOptions.Multiline)]
    private static partial Regex StackTrace();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}

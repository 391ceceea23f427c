using NotebookTestRunner.Comparison;
using NotebookTestRunner.Notebooks;

namespace NotebookTestRunner.Execution;

/// <summary>
/// What a cell says about how it is to be judged: tags in its metadata, by the names nbval and nbclient know, comments
/// <c>// test: …</c> in its first lines (<c># test: …</c>, <c>-- test: …</c> in other languages), and nbval's own comments
/// (<c># NBVAL_SKIP</c>). What a comment can say, a tag <c>test: …</c> can say without the reader of the notebook seeing it.
/// Jupyter's tags about publishing (<c>remove-output</c>, <c>hide-output</c>, <c>remove-cell</c>, …) change nothing here.
/// </summary>
public sealed partial record CellDirectives
{
    /// <summary>Not to be executed: tags <c>skip-execution</c>, <c>nbval-skip</c>, <c>wrong-answer</c>; comment <c>// test: skip</c>.</summary>
    public bool Skip { get; private init; }

    /// <summary>Outputs are not compared: tag <c>nbval-ignore-output</c>; comment <c>// test: ignore-output</c>.</summary>
    public bool IgnoreOutput { get; private init; }

    /// <summary>Outputs are compared even where the run compares none: tag <c>nbval-check-output</c>; comment <c>// test: check-output</c>.</summary>
    public bool CheckOutput { get; private init; }

    /// <summary>Must end with an error: tags <c>raises-exception</c>, <c>nbval-raises-exception</c>; comment <c>// test: raises</c>.</summary>
    public bool RaisesException { get; private init; }

    /// <summary>The type the error must have (<c>// test: raises MlflowException</c>), with or without its namespace; null for any.</summary>
    public string? ExceptionName { get; private init; }

    /// <summary>What the error's message must hold (<c>// test: raises MlflowException "not found"</c>, or a pattern <c>/no .* found/</c>); null for any.</summary>
    public ExpectedMessage? ExceptionMessage { get; private init; }

    /// <summary>The cell's own time limit (<c>// test: timeout 300</c>, seconds), or null.</summary>
    public TimeSpan? Timeout { get; private init; }

    /// <summary>The cell's own tolerance for numbers (<c>// test: tolerance 0.02</c>, <c>tolerance abs 1e-6</c>, or both), or null.</summary>
    public NumberTolerance? Tolerance { get; private init; }

    /// <summary>How alike the cell's pictures must be (<c>// test: similarity 0.8</c>, 0 to 1), or null.</summary>
    public double? Similarity { get; private init; }

    /// <summary>Further normalizers for this cell by their names (<c>// test: normalize run-name</c>).</summary>
    public IReadOnlyList<string> Normalize { get; private init; } = [];

    /// <summary>Normalizers this cell does without (<c>// test: no-normalize timestamps</c>).</summary>
    public IReadOnlyList<string> DoNotNormalize { get; private init; } = [];

    /// <summary>Its section needs all that stands above (<c>// test: needs above</c>), when sections are run by themselves.</summary>
    public bool NeedsAbove { get; private init; }

    /// <summary>The headings of the sections that its section needs (<c>// test: needs section Load the data</c>).</summary>
    public IReadOnlyList<string> NeedsSections { get; private init; } = [];

    /// <summary>Where each mark stands, by what it is about.</summary>
    private Dictionary<string, CellMark> Marks { get; init; } = [];

    /// <summary>Reads the tags and leading comments of a cell.</summary>
    /// <exception cref="NotebookRunException">
    /// A comment says something that is not understood (a misspelt one must not pass for none), or two marks contradict each other.
    /// </exception>
    public static CellDirectives Read(NotebookCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        var marks = new Dictionary<string, CellMark>();
        var directives = new CellDirectives { Marks = marks };
        foreach (var mark in CellMark.ReadAll(cell))
        {
            foreach (var subject in Subjects(mark))
            {
                if (!marks.TryGetValue(subject, out var other) || Refines(mark, other)) marks[subject] = mark;
                else if (other.Text != mark.Text && !Refines(other, mark))
                    throw new NotebookRunException($"Cell {cell.Number} contradicts itself: {other.Place} says \"{other.Text}\" and {mark.Place} says \"{mark.Text}\". Take one of them out.");
            }
            directives = directives.With(mark, cell.Number);
        }
        return directives;
    }

    internal static bool IsDirective(string line) => CellMark.IsMark(line);

    /// <summary>Where the cell says something, for a message.</summary>
    /// <param name="subject">What about: a mark's first word, or "normalizer NAME".</param>
    internal string PlaceOf(string subject) => Marks.TryGetValue(subject, out var mark) ? mark.Place : "the cell";

    /// <summary>What a mark is about: of two marks about the same, which differ, only one can be meant.</summary>
    private static IEnumerable<string> Subjects(CellMark mark) => mark.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries) switch
    {
        ["ignore-output" or "check-output", ..] => ["output"],
        ["normalize" or "no-normalize", .. var names] => names.Select(name => $"normalizer {name}"),
        ["needs", ..] => [mark.Text],
        [var word, ..] => [word],
        [] => [],
    };

    // Several comments may name normalizers, and a comment may say which error it is that a tag announces.
    private static bool Refines(CellMark mark, CellMark other) =>
        (other.Text == "raises" && mark.Text.StartsWith("raises ", StringComparison.Ordinal))
        || (mark.Text.Split(' ')[0] is "normalize" or "no-normalize" && mark.Text.Split(' ')[0] == other.Text.Split(' ')[0]);
}

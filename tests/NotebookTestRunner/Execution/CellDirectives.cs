using System.Globalization;
using System.Text.RegularExpressions;
using NotebookTestRunner.Comparison;
using NotebookTestRunner.Exercises;
using NotebookTestRunner.Notebooks;

namespace NotebookTestRunner.Execution;

/// <summary>
/// What a cell says about how it is to be judged: tags in its metadata, by the names nbval and nbclient know, and comments
/// <c>// test: …</c> in its first lines (<c># test: …</c> in other languages). What a comment can say, a tag <c>test: …</c> can say
/// without the reader of the notebook seeing it.
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

    /// <summary>The cell's own time limit (<c>// test: timeout 300</c>, seconds), or null.</summary>
    public TimeSpan? Timeout { get; private init; }

    /// <summary>The cell's own relative tolerance for numbers (<c>// test: tolerance 0.02</c>, 0 to 1), or null.</summary>
    public double? Tolerance { get; private init; }

    /// <summary>Further normalizers for this cell by their names (<c>// test: normalize run-name</c>).</summary>
    public IReadOnlyList<Normalizer> Normalizers { get; private init; } = [];

    /// <summary>Reads the tags and leading comments of a cell.</summary>
    /// <exception cref="NotebookRunException">A comment says something that is not understood: a misspelt one must not pass for none.</exception>
    public static CellDirectives Read(NotebookCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        var directives = cell.Tags.Aggregate(new CellDirectives(), (all, tag) => tag switch
        {
            "skip-execution" or "nbval-skip" or Exercise.WrongAnswerTag => all with { Skip = true },
            "raises-exception" or "nbval-raises-exception" => all with { RaisesException = true },
            "nbval-ignore-output" => all with { IgnoreOutput = true },
            "nbval-check-output" => all with { CheckOutput = true },
            _ => all,
        });
        var comments = cell.Source.Split('\n').Select(line => line.Trim()).TakeWhile(line => line.Length == 0 || IsComment(line));
        foreach (var line in cell.Tags.Select(tag => $"# {tag}").Concat(comments))
        {
            if (Directive().Match(line) is { Success: true } match)
                directives = directives.With(match.Groups["text"].Value.Trim(), cell.Number);
        }
        return directives;
    }

    internal static bool IsDirective(string line) => Directive().IsMatch(line);

    private static bool IsComment(string line) =>
        line.StartsWith("//", StringComparison.Ordinal) || line.StartsWith('#') || line.StartsWith("--", StringComparison.Ordinal);

    private CellDirectives With(string text, int cell)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            ["skip"] => this with { Skip = true },
            ["ignore-output"] => this with { IgnoreOutput = true },
            ["check-output"] => this with { CheckOutput = true },
            ["raises"] => this with { RaisesException = true },
            ["raises", var name] => this with { RaisesException = true, ExceptionName = name },
            ["timeout", var seconds] when Number(seconds) is > 0 and <= 1e6 and var limit => this with { Timeout = TimeSpan.FromSeconds(limit) },
            ["tolerance", var relative] when Number(relative) is >= 0 and <= 1 and var tolerance => this with { Tolerance = tolerance },
            ["normalize", .. var names] when names.Length > 0 => this with { Normalizers = [.. Normalizers, .. names.Select(name => Normalizer.Named(name, $"cell {cell}"))] },
            _ => throw new NotebookRunException(
                $"Cell {cell} says \"test: {text}\", which is not understood: write skip, ignore-output, check-output, raises [TYPE], timeout SECONDS, "
                + "tolerance 0…1, or normalize NAME…."),
        };
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    [GeneratedRegex(@"^(?://|\#|--)\s*test:(?<text>.*)$")]
    private static partial Regex Directive();
}

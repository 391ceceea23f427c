using System.Globalization;
using System.Text.RegularExpressions;
using JupyterProtocol;
using NotebookTestRunner.Comparison;

namespace NotebookTestRunner.Execution;

/// <content>What marks can say.</content>
public sealed partial record CellDirectives
{
    private static readonly string[] FirstWords =
        ["skip", "ignore-output", "check-output", "raises", "timeout", "tolerance", "similarity", "normalize", "no-normalize", "needs"];

    private CellDirectives With(CellMark mark, int cell)
    {
        var words = mark.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            ["skip"] => this with { Skip = true },
            ["ignore-output"] => this with { IgnoreOutput = true },
            ["check-output"] => this with { CheckOutput = true },
            ["raises"] => this with { RaisesException = true },
            ["raises", ..] when Raises().Match(mark.Text) is { Success: true } error => With(error, mark, cell),
            ["timeout", .. var time] when Seconds(time) is > 0 and <= 1e6 and var limit => this with { Timeout = TimeSpan.FromSeconds(limit) },
            ["tolerance", .. var numbers] when ReadTolerance(numbers) is { } tolerance => this with { Tolerance = tolerance },
            ["similarity", var share] when Number(share) is >= 0 and <= 1 and var similarity => this with { Similarity = similarity },
            ["normalize", .. var names] when names.Length > 0 => this with { Normalize = [.. Normalize.Union(names)] },
            ["no-normalize", .. var names] when names.Length > 0 => this with { DoNotNormalize = [.. DoNotNormalize.Union(names)] },
            ["needs", "above"] => this with { NeedsAbove = true },
            ["needs", "section", .. var title] when title.Length > 0 => this with { NeedsSections = [.. NeedsSections.Append(string.Join(' ', title))] },
            ["retries" or "retry" or "rerun" or "reruns" or "flaky", ..] => throw new NotebookRunException(
                $"Cell {cell} says \"{mark.Text}\" ({mark.Place}), but a cell is never run again until it passes: that hides the fault. Give what varies a tolerance or a normalizer, or ignore-output."),
            _ => throw NotUnderstood(mark, words, cell),
        };
    }

    private CellDirectives With(Match error, CellMark mark, int cell)
    {
        var type = error.Groups["type"];
        var pattern = error.Groups["pattern"];
        var part = error.Groups["part"];
        try
        {
            return this with
            {
                RaisesException = true,
                ExceptionName = type.Success ? type.Value : null,
                ExceptionMessage = pattern.Success ? ExpectedMessage.Matching(pattern.Value) : part.Success ? ExpectedMessage.Holding(part.Value) : null,
            };
        }
        catch (ArgumentException fault)
        {
            throw new NotebookRunException($"Cell {cell} says \"{mark.Text}\" ({mark.Place}), and the pattern between the slashes is no regular expression: {fault.Message}", fault);
        }
    }

    private static NotebookRunException NotUnderstood(CellMark mark, string[] words, int cell)
    {
        var slip = words is [var first, ..] && !FirstWords.Contains(first) && NearestName.FindSlip(first, FirstWords) is { } meant ? $" (did you mean {meant}?)" : "";
        return new NotebookRunException(
            $"Cell {cell} says \"test: {mark.Text}\", which is not understood{slip}: write skip, ignore-output, check-output, raises [TYPE] [\"PART OF THE MESSAGE\" or /PATTERN/], "
            + "timeout SECONDS, tolerance 0…1, tolerance abs NUMBER, similarity 0…1, normalize NAME…, no-normalize NAME…, needs above, or needs section HEADING.");
    }

    private static NumberTolerance? ReadTolerance(string[] words) => words switch
    {
        [var relative] => Relative(relative),
        ["rel", var relative] => Relative(relative),
        ["abs", var absolute] when Number(absolute) is >= 0 and var value => new NumberTolerance(0, value),
        [var relative, "abs", var absolute] when Relative(relative) is { } share && Number(absolute) is >= 0 and var value => share with { Absolute = value },
        ["rel", var relative, "abs", var absolute] when Relative(relative) is { } share && Number(absolute) is >= 0 and var value => share with { Absolute = value },
        _ => null,
    };

    private static NumberTolerance? Relative(string text) =>
        (text.EndsWith('%') ? Number(text[..^1]) / 100 : Number(text)) is >= 0 and <= 1 and var share ? new NumberTolerance(share) : null;

    private static double? Seconds(string[] words) => string.Concat(words) switch
    {
        var text when text.EndsWith("min", StringComparison.Ordinal) => 60 * Number(text[..^3]),
        var text when text.EndsWith('m') => 60 * Number(text[..^1]),
        var text when text.EndsWith('s') => Number(text[..^1]),
        var text => Number(text),
    };

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    // TYPE, "PART", /PATTERN/, TYPE "PART", TYPE /PATTERN/, and TYPE: PART as errors are printed.
    [GeneratedRegex("""^raises\s+(?:(?<type>[\w.+`<>\[\],]+)|(?<type>[\w.+`<>\[\],]+):?\s+(?:"(?<part>[^"]+)"|/(?<pattern>.+)/)|"(?<part>[^"]+)"|/(?<pattern>.+)/|(?<type>[\w.+`<>\[\],]+):\s+(?<part>[^"/\s].*))$""")]
    private static partial Regex Raises();
}

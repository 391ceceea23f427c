using System.Text.RegularExpressions;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using NotebookTestRunner.Notebooks;

namespace NotebookTestRunner.Checks.Prose;

/// <summary>Finds the claims in a notebook's Markdown. What stands in code there is an example, and binds nothing.</summary>
internal static partial class ClaimReader
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePreciseSourceLocation().UsePipeTables().Build();

    /// <summary>Reads all claims.</summary>
    /// <exception cref="NotebookRunException">A claim is not understood, or there is nothing before it.</exception>
    public static IReadOnlyList<Claim> ReadAll(Notebook notebook) =>
        [.. notebook.Cells.Where(cell => cell.Kind == CellKind.Markdown && cell.Source.Contains("<!--", StringComparison.Ordinal)).SelectMany(cell => Read(cell, notebook))];

    private static IEnumerable<Claim> Read(NotebookCell cell, Notebook notebook)
    {
        var source = cell.Source;
        foreach (var part in Markdown.Parse(source, Pipeline).Descendants())
        {
            if (part is HtmlInline { Tag: { } tag } inline && WordsOf(tag, cell) is { } words)
            {
                yield return Bind(words, ClaimSubject.Before(source, inline));
            }
            else if (part is HtmlBlock block)
            {
                foreach (var comment in Comments().Matches(source.Substring(block.Span.Start, block.Span.Length)).Cast<Match>())
                {
                    var at = block.Span.Start + comment.Index;
                    if (WordsOf(comment.Value, cell) is { } text) yield return Bind(text, ClaimSubject.Before(source, source.AsSpan(0, at).LastIndexOf('\n') + 1, at));
                }
            }
        }

        Claim Bind(string words, ClaimSubject? subject)
        {
            if (subject is null)
            {
                throw new NotebookRunException(
                    $"Cell {cell.Number} has the claim \"{words}\" with nothing before it: put the comment directly behind the number, name or path it is about, on the same line.");
            }
            var (what, tolerance, moment) = ClaimGrammar.Read(words, cell, notebook);
            return new(cell, words, subject, what, tolerance, moment);
        }
    }

    /// <summary>What a comment claims; null for comments about something else.</summary>
    /// <exception cref="NotebookRunException">It is a misspelt claim, which must not pass for none.</exception>
    private static string? WordsOf(string comment, NotebookCell cell)
    {
        if (Labelled().Match(comment) is not { Success: true } match) return null;
        var label = match.Groups["label"].Value;
        if (label == "claim") return match.Groups["words"].Value.Trim();
        var letters = new string([.. label.ToLowerInvariant().Order()]);
        if (letters is not ("acilm" or "acilms")) return null;
        throw new NotebookRunException($"Cell {cell.Number} has a comment that begins with \"{label}:\": write \"claim:\", or choose another word where no claim is meant.");
    }

    [GeneratedRegex(@"<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex Comments();

    [GeneratedRegex(@"^<!--\s*(?<label>\w+)\s*:(?<words>.*?)-->$", RegexOptions.Singleline)]
    private static partial Regex Labelled();
}

using Microsoft.CodeAnalysis.Text;

namespace CSharpKernel.Scripting.Rewriting;

/// <summary>Takes parts out of a text and leaves as much room behind, so that everything else stays in its line and column.</summary>
internal static class BlankedText
{
    /// <summary>The text with spaces instead of some parts; line ends are kept.</summary>
    public static string Without(string text, IEnumerable<TextSpan> spans) => Blank(text, spans, keep: false);

    /// <summary>The text with spaces instead of all but some parts; line ends are kept.</summary>
    public static string Only(string text, IEnumerable<TextSpan> spans) => Blank(text, spans, keep: true);

    private static string Blank(string text, IEnumerable<TextSpan> spans, bool keep)
    {
        var result = text.ToCharArray();
        if (keep)
            BlankAll(result, 0, result.Length);
        foreach (var span in spans)
        {
            if (keep)
                text.CopyTo(span.Start, result, span.Start, span.Length);
            else
                BlankAll(result, span.Start, span.End);
        }

        return new string(result);
    }

    private static void BlankAll(char[] text, int start, int end)
    {
        for (var i = start; i < end; i++)
            if (text[i] is not ('\n' or '\r'))
                text[i] = ' ';
    }
}

using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CSharpKernel.Cells;

/// <summary>
/// Splits a cell at the lines that begin with <c>#!</c>. C# is read with the compiler's own lexer, so that a
/// <c>#!</c> or <c>#r</c> inside a string or a comment stays text.
/// </summary>
internal static class CellSplitter
{
    /// <summary>Splits a cell.</summary>
    /// <param name="cell">The cell's text.</param>
    /// <param name="takesText">Whether the magic of this name owns the lines below it, as <c>#!markdown</c> does.</param>
    public static IReadOnlyList<CellSegment> Split(string cell, Func<string, bool> takesText)
    {
        var lines = cell.ReplaceLineEndings("\n").Split('\n');
        if (!lines.Any(LooksLikeDirective))
            return [new CellSegment(null, "", string.Join('\n', lines), 0, [])];

        var segments = new List<CellSegment>();
        var line = 0;
        while (line < lines.Length)
        {
            if (lines[line].StartsWith("#!", StringComparison.Ordinal))
            {
                var (name, arguments) = ReadMagic(lines[line]);
                var end = line + 1;
                if (takesText(name))
                    while (end < lines.Length && !lines[end].StartsWith("#!", StringComparison.Ordinal))
                        end++;
                segments.Add(new CellSegment(name, arguments, string.Join('\n', lines[(line + 1)..end]), line, []));
                line = end;
            }
            else
            {
                line = AddCode(segments, lines, line);
            }
        }

        return segments;
    }

    private static bool LooksLikeDirective(string line)
    {
        var text = line.AsSpan().TrimStart();
        return line.StartsWith("#!", StringComparison.Ordinal) || (text.Length > 2 && text[0] == '#' && text[1] is 'r' or 'i');
    }

    private static int AddCode(List<CellSegment> segments, string[] lines, int start)
    {
        var text = string.Join('\n', lines[start..]);
        var root = CSharpSyntaxTree.ParseText(text, ScriptParsing.Options).GetCompilationUnitRoot();
        var end = lines.Length;
        var references = new List<ReferenceDirective>();
        var blank = new HashSet<int>();
        foreach (var trivia in root.DescendantTrivia(descendIntoTrivia: false).Where(trivia => trivia.IsDirective))
        {
            var line = start + text.AsSpan(0, trivia.SpanStart).Count('\n');
            // What an #if leaves out asks for nothing; the compiler would look for its files all the same.
            var isActive = trivia.GetStructure() is DirectiveTriviaSyntax { IsActive: true };
            if (lines[line].StartsWith("#!", StringComparison.Ordinal) && isActive)
            {
                end = line;
                break;
            }

            if (ReferenceDirective.Parse(lines[line], line) is { } reference)
            {
                blank.Add(line);
                if (isActive)
                    references.Add(reference);
            }
        }

        var code = new StringBuilder().Append('\n', start);
        for (var line = start; line < end; line++)
        {
            if (line > start)
                code.Append('\n');
            if (!blank.Contains(line))
                code.Append(lines[line]);
        }

        segments.Add(new CellSegment(null, "", code.ToString(), start, references));
        return end;
    }

    private static (string Name, string Arguments) ReadMagic(string line)
    {
        var text = line[2..].Trim();
        var space = text.IndexOfAny([' ', '\t']);
        return space < 0 ? (text, "") : (text[..space], text[space..].Trim());
    }
}

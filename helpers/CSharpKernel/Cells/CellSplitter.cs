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
        if (!lines[0].StartsWith("#!", StringComparison.Ordinal))
            NestingGuard.Check(cell);
        if (!lines.Any(LooksLikeDirective))
            return [new CellSegment(null, "", string.Join('\n', lines), 0, [])];

        var segments = new List<CellSegment>();
        var line = 0;
        while (line < lines.Length)
        {
            if (IsMagic(lines[line]))
            {
                var (name, arguments) = ReadMagic(lines[line]);
                if (takesText(name))
                {
                    line = AddText(segments, lines, line, name, arguments, takesText);
                    continue;
                }

                segments.Add(new CellSegment(name, arguments, "", line, []));
                line++;
            }
            else
            {
                line = AddCode(segments, lines, line);
            }
        }

        return segments;
    }

    // A kernel's part goes on below magics that choose no other kernel, such as #!share.
    private static int AddText(List<CellSegment> segments, string[] lines, int line, string kernel, string arguments, Func<string, bool> takesText)
    {
        var name = kernel;
        while (true)
        {
            var end = line + 1;
            while (end < lines.Length && !IsMagic(lines[end]))
                end++;
            var next = end < lines.Length ? ReadMagic(lines[end]).Name : null;
            var goesOn = next is not null && !takesText(next) && next is not ("csharp" or "c#" or "C#");
            var text = string.Join('\n', lines[(line + 1)..end]);
            if (name != kernel)
            {
                segments.Add(new CellSegment(name, ReadMagic(lines[line]).Arguments, "", line, []) { Kernel = kernel });
                if (text.Trim().Length > 0)
                    segments.Add(new CellSegment(kernel, "", text, line, []) { Kernel = kernel });
            }
            else if (!goesOn || text.Trim().Length > 0 || arguments.Length > 0)
            {
                segments.Add(new CellSegment(kernel, arguments, text, line, []) { Kernel = kernel });
            }

            if (!goesOn)
                return end;
            (line, name) = (end, next!);
        }
    }

    // Not the first line of a script, such as #!/bin/bash.
    private static bool IsMagic(string line) => line is ['#', '!', ..] and not ['#', '!', '/', ..];

    private static bool LooksLikeDirective(string line)
    {
        var text = line.AsSpan().TrimStart();
        return line.StartsWith("#!", StringComparison.Ordinal) || (text.Length > 2 && text[0] == '#' && text[1] is 'r' or 'i');
    }

    private static int AddCode(List<CellSegment> segments, string[] lines, int start)
    {
        var text = string.Join('\n', lines[start..]);
        NestingGuard.Check(text);
        var root = CSharpSyntaxTree.ParseText(text, ScriptParsing.Options).GetCompilationUnitRoot();
        var end = lines.Length;
        var references = new List<ReferenceDirective>();
        var blank = new HashSet<int>();
        foreach (var trivia in root.DescendantTrivia(descendIntoTrivia: false).Where(trivia => trivia.IsDirective))
        {
            var line = start + text.AsSpan(0, trivia.SpanStart).Count('\n');
            // What an #if leaves out asks for nothing; the compiler would look for its files all the same.
            var isActive = trivia.GetStructure() is DirectiveTriviaSyntax { IsActive: true };
            if (IsMagic(lines[line]) && isActive)
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

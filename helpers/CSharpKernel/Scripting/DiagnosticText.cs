using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace CSharpKernel.Scripting;

/// <summary>Writes the compiler's messages with positions in the cell.</summary>
internal static partial class DiagnosticText
{
    // What the compiler makes of a cell has a name that nobody wrote.
    [GeneratedRegex(@"Submission#\d+\.?")]
    private static partial Regex ScriptClassName();

    /// <summary>One line such as <c>(2,5): error CS0103: The name 'x' does not exist …</c>.</summary>
    public static string Summarize(Diagnostic diagnostic)
    {
        var position = diagnostic.Location.GetMappedLineSpan().StartLinePosition;
        var kind = diagnostic.Severity == DiagnosticSeverity.Error ? "error" : "warning";
        var message = ScriptClassName().Replace(diagnostic.GetMessage(CultureInfo.InvariantCulture), match => match.ValueSpan[^1] == '.' ? "" : "cell");
        return diagnostic.Location.IsInSource
            ? string.Create(CultureInfo.InvariantCulture, $"({position.Line + 1},{position.Character + 1}): {kind} {diagnostic.Id}: {message}")
            : $"{kind} {diagnostic.Id}: {message}";
    }

    /// <summary>The line of code a message speaks of, with a mark below the place; empty when it has no place.</summary>
    /// <param name="diagnostic">The message.</param>
    /// <param name="findLine">Finds a line as the user wrote it, by file and one-based number: what was compiled may have blanks there.</param>
    public static string PointAt(Diagnostic diagnostic, Func<string, int, string?> findLine)
    {
        if (diagnostic.Location.SourceTree?.GetText() is not { } text)
            return "";
        var span = diagnostic.Location.SourceSpan;
        var line = text.Lines.GetLineFromPosition(Math.Min(span.Start, text.Length));
        var mapped = diagnostic.Location.GetMappedLineSpan();
        var content = findLine(mapped.Path, mapped.StartLinePosition.Line + 1) ?? line.ToString();
        if (content.Trim().Length == 0)
            return "";
        var column = Math.Min(span.Start - line.Start, content.Length);
        var length = Math.Clamp(span.Length, 1, Math.Max(1, content.Length - column));
        var number = (mapped.StartLinePosition.Line + 1).ToString(CultureInfo.InvariantCulture);
        return new StringBuilder()
            .Append("  ").Append(number).Append(" | ").AppendLine(content)
            .Append(' ', number.Length + 2).Append(" | ")
            // Tabs are kept as they are so that the mark stands below the right letter.
            .Append([.. content.Take(column).Select(letter => letter == '\t' ? '\t' : ' ')])
            .Append('^', length)
            .ToString();
    }
}

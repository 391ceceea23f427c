using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;

namespace CSharpKernel.Scripting;

/// <summary>Writes the compiler's messages with positions in the cell.</summary>
internal static class DiagnosticText
{
    /// <summary>One line such as <c>(2,5): error CS0103: The name 'x' does not exist …</c>.</summary>
    public static string Summarize(Diagnostic diagnostic)
    {
        var position = diagnostic.Location.GetMappedLineSpan().StartLinePosition;
        var kind = diagnostic.Severity == DiagnosticSeverity.Error ? "error" : "warning";
        var message = diagnostic.GetMessage(CultureInfo.InvariantCulture);
        return diagnostic.Location.IsInSource
            ? string.Create(CultureInfo.InvariantCulture, $"({position.Line + 1},{position.Character + 1}): {kind} {diagnostic.Id}: {message}")
            : $"{kind} {diagnostic.Id}: {message}";
    }

    /// <summary>The line of code a message speaks of, with a mark below the place; empty when it has no place.</summary>
    public static string PointAt(Diagnostic diagnostic)
    {
        if (diagnostic.Location.SourceTree?.GetText() is not { } text)
            return "";
        var span = diagnostic.Location.SourceSpan;
        var line = text.Lines.GetLineFromPosition(Math.Min(span.Start, text.Length));
        var content = line.ToString();
        if (content.Trim().Length == 0)
            return "";
        var column = span.Start - line.Start;
        var length = Math.Clamp(span.Length, 1, Math.Max(1, content.Length - column));
        var number = (line.LineNumber + 1).ToString(CultureInfo.InvariantCulture);
        return new StringBuilder()
            .Append("  ").Append(number).Append(" | ").AppendLine(content)
            .Append(' ', number.Length + 2).Append(" | ")
            // Tabs are kept as they are so that the mark stands below the right letter.
            .Append([.. content.Take(column).Select(letter => letter == '\t' ? '\t' : ' ')])
            .Append('^', length)
            .ToString();
    }
}

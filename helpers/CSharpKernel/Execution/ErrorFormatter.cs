using System.Globalization;
using System.Reflection;
using CSharpKernel.Display;
using CSharpKernel.Scripting;

namespace CSharpKernel.Execution;

/// <summary>Writes errors for the reader of a notebook: what, in which line of which cell, and what to do.</summary>
/// <param name="findLine">Finds a line of a cell that ran before, by the cell's name and the one-based line.</param>
internal sealed class ErrorFormatter(Func<string, int, string?> findLine)
{
    private const int DiagnosticLimit = 10;
    private const string Red = "\e[31m";
    private const string Green = "\e[32m";
    private const string Cyan = "\e[36m";
    private const string Reset = "\e[0m";

    /// <summary>Writes what a cell's code threw.</summary>
    public CellError Format(Exception exception) => exception switch
    {
        CompilationException compilation => FormatCompilation(compilation),
        CellInterruptedException interrupted => new CellError(nameof(OperationCanceledException), interrupted.Message, [$"{Red}{nameof(OperationCanceledException)}{Reset}: {interrupted.Message}"]),
        _ => FormatThrown(Unwrap(exception)),
    };

    private static Exception Unwrap(Exception exception) => exception switch
    {
        TargetInvocationException { InnerException: { } inner } => Unwrap(inner),
        AggregateException { InnerExceptions: [var only] } => Unwrap(only),
        _ => exception,
    };

    private CellError FormatThrown(Exception exception)
    {
        var lines = new List<string>();
        var title = "";
        string? value = null;
        for (var current = exception; current is not null; current = current.InnerException)
        {
            var frames = CellFrame.Read(current);
            lines.Add($"{title}{Red}{TypeNames.Of(current.GetType())}{Reset}: {MessageOf(current, frames)}");
            value ??= MessageOf(current, frames);
            foreach (var (frame, leftOut, methods) in FrameFolding.Fold(frames))
            {
                lines.AddRange(Describe(frame));
                if (leftOut > 0)
                    lines.Add(string.Create(CultureInfo.InvariantCulture, $"   … {leftOut:N0} more of {string.Join(", ", methods.Select(method => method.Length == 0 ? "the cell" : method))}"));
            }

            if (current is AggregateException { InnerExceptions.Count: > 1 } aggregate)
                lines.AddRange(aggregate.InnerExceptions.Skip(1).Select(other => $"  and {Red}{TypeNames.Of(other.GetType())}{Reset}: {other.Message}"));
            title = "caused by ";
        }

        if (ErrorHints.For(exception) is { } hint)
            lines.Add($"{Cyan}{hint}{Reset}");
        return new CellError(TypeNames.Of(exception.GetType()), value!, lines);
    }

    private static string MessageOf(Exception exception, IReadOnlyList<CellFrame> frames)
    {
        if (exception is not InsufficientExecutionStackException || frames.Count == 0)
            return exception.Message;
        var (method, count) = frames.Where(frame => frame.Method.Length > 0).CountBy(frame => frame.Method).MaxBy(entry => entry.Value);
        return string.Create(CultureInfo.InvariantCulture, $"Endless recursion in {method}: the stack is full after {count:N0} calls of it that have not returned.");
    }

    private IEnumerable<string> Describe(CellFrame frame)
    {
        var place = frame.File is null ? "" : frame.Line > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{Green}{frame.File}, line {frame.Line}{Reset}")
            : frame.File;
        yield return frame.Method.Length == 0 ? $"   at {place}" : place.Length == 0 ? $"   at {frame.Method}" : $"   at {frame.Method} in {place}";
        if (frame.IsInCell && findLine(frame.File!, frame.Line) is { } code)
            yield return $"      {code.Trim()}";
    }

    private CellError FormatCompilation(CompilationException exception)
    {
        var lines = new List<string>();
        foreach (var diagnostic in exception.Diagnostics.Take(DiagnosticLimit))
        {
            lines.Add($"{Red}{DiagnosticText.Summarize(diagnostic)}{Reset}");
            if (DiagnosticText.PointAt(diagnostic, findLine) is { Length: > 0 } pointer)
                lines.Add(pointer);
            if (findLine(diagnostic.Location.GetMappedLineSpan().Path, diagnostic.Location.GetMappedLineSpan().StartLinePosition.Line + 1) is { } line
                && line.Length > 0 && char.IsWhiteSpace(line[0]) && line.TrimStart().StartsWith("#!", StringComparison.Ordinal))
                lines.Add($"{Cyan}Hint: a magic such as {line.Trim().Split(' ')[0]} must begin at the first column of its line.{Reset}");
            else if (diagnostic.Id == "CS0246" && diagnostic.Location.SourceTree?.GetText().ToString(diagnostic.Location.SourceSpan) is { } name && exception.IsTypeOfCell(name))
                lines.Add($"{Cyan}Hint: {name} is declared in another cell. Put what is written here into that cell.{Reset}");
            else if (DiagnosticHints.For(diagnostic, exception.Compilation) is { } hint)
                lines.Add($"{Cyan}{hint}{Reset}");
        }

        if (exception.IsLibrary && exception.Diagnostics.Any(diagnostic => diagnostic.Id is "CS0103" or "CS0246"))
            lines.Add($"{Cyan}Hint: namespaces and extension blocks are compiled apart from the notebook. They see the types of their own cell and of other namespaces, but no variables, methods or types of other cells: put what they need into the same cell, or pass it as a parameter.{Reset}");
        if (exception.Diagnostics.Length > DiagnosticLimit)
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"… and {exception.Diagnostics.Length - DiagnosticLimit} more errors"));
        return new CellError("CompilationError", exception.Message, lines);
    }
}

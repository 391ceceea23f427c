using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using CSharpKernel.Scripting;

namespace CSharpKernel.Execution;

/// <summary>One line of a stack trace, in the words of the notebook.</summary>
/// <param name="Method">The method as it is written in C#; empty for a cell's own statements.</param>
/// <param name="File">The cell, such as <c>cell 3</c>, or a file; null when unknown.</param>
/// <param name="Line">The one-based line; zero when unknown.</param>
internal sealed record CellFrame(string Method, string? File, int Line)
{
    // Beyond this the lines are looked up only once for each place.
    private const int ManyFrames = 2000;

    /// <summary>What a cell is called in stack traces.</summary>
    public static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"cell {number}");

    /// <summary>Whether the frame is code of a cell.</summary>
    public bool IsInCell => File?.StartsWith("cell ", StringComparison.Ordinal) == true;

    /// <summary>Reads an exception's frames, from where it was thrown out to the cell; the kernel's own are left out.</summary>
    public static IReadOnlyList<CellFrame> Read(Exception exception)
    {
        // Endless recursion leaves half a million frames, and few different ones.
        var trace = new StackTrace(exception, fNeedFileInfo: false).GetFrames();
        var isLong = trace.Length > ManyFrames;
        if (!isLong)
            trace = new StackTrace(exception, fNeedFileInfo: true).GetFrames();
        var known = new Dictionary<(MethodBase?, int), CellFrame?>();
        var frames = new List<CellFrame>();
        foreach (var frame in trace)
        {
            var key = (frame.GetMethod(), frame.GetILOffset());
            if (!known.TryGetValue(key, out var read))
                known[key] = read = Read(frame, isLong);
            if (read is not null)
                frames.Add(read);
        }

        var last = frames.FindLastIndex(frame => frame.IsInCell);
        return last < 0 ? [] : frames[..(last + 1)];
    }

    private static CellFrame? Read(StackFrame frame, bool isLong)
    {
        if (frame.GetMethod() is not { DeclaringType: { } type } method)
            return null;
        if (type.Assembly == typeof(CellFrame).Assembly || IsPlumbing(type.Namespace) || type.Name is "ThrowHelper" or "ThrowHelpers" || method.IsDefined(typeof(StackTraceHiddenAttribute), false))
            return null;
        // .NET does not know the lines of a cell whose debug information was written after it failed.
        var (found, line) = !isLong && frame.GetFileName() is { } name ? (name, frame.GetFileLineNumber()) : CellSymbols.Find(method, frame.GetILOffset());
        // An index out of range, for one, is thrown from a place at the method's end that all its lines share.
        var file = found is { } path ? Path.GetFileName(path)
            : Outermost(type).Name.StartsWith("Submission#", StringComparison.Ordinal) ? CellSymbols.PathOf(type.Assembly)
            : null;
        return new CellFrame(MethodNames.Of(method), file, line);
    }

    private static Type Outermost(Type type)
    {
        while (type.DeclaringType is { } outer)
            type = outer;
        return type;
    }

    private static bool IsPlumbing(string? space) =>
        space is "System.Runtime.CompilerServices" or "System.Runtime.ExceptionServices" or "System.Threading.Tasks" or "System.Threading" or "System.Reflection";
}

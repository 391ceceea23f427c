using System.Runtime.ExceptionServices;
using CSharpKernel.Execution;

namespace CSharpKernel.Lifetime;

/// <summary>
/// Keeps the process alive when code that a cell started throws where nobody catches: in a thread, a timer, an <c>async void</c>.
/// The exception is shown under its cell. Exceptions of the kernel's own threads still end the process, as it could not go on.
/// </summary>
internal static class StrayExceptions
{
    /// <summary>Begins to look after them; once in a process.</summary>
    /// <param name="log">Where the kernel notes what belongs to no cell.</param>
    public static void Watch(TextWriter log)
    {
        ExceptionHandling.SetUnhandledExceptionHandler(Report);
        // Found by the garbage collector, at a time that means nothing to a reader of the notebook.
        TaskScheduler.UnobservedTaskException += (_, e) => log.WriteLine($"A task failed and nobody looked at it: {e.Exception.InnerException ?? e.Exception}");
    }

    private static bool Report(Exception exception)
    {
        if ((CellContext.Own ?? (CellFrame.Read(exception).Count > 0 ? CellContext.Current : null)) is not { } cell)
            return false;
        // A thread of a cell that was interrupted ended as it was asked to.
        if (exception is OperationCanceledException or ThreadInterruptedException && cell.CancellationToken.IsCancellationRequested)
            return true;
        var error = cell.Engine.Describe(exception);
        cell.Write("stderr", $"Nobody caught this in work that {CellFrame.NameOf(cell.Number)} started; the kernel goes on.\n{string.Join('\n', error.Traceback)}\n");
        cell.Flush();
        return true;
    }
}

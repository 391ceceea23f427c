using System.ComponentModel;

namespace CSharpKernel.Execution;

/// <summary>
/// Lets the loops and recursive functions of an interrupted cell end by themselves. Stopping a thread from outside is no way out: on Linux
/// and macOS the runtime ends the whole process when the thread is just about to return from a method.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class LoopCheck
{
    private static int _interrupted;

    /// <summary>Ends the calling code when its cell has been interrupted. The kernel puts calls of it into loops.</summary>
    /// <exception cref="OperationCanceledException">The cell has been interrupted.</exception>
    public static void Check()
    {
        if (Volatile.Read(ref _interrupted) != 0)
            CellContext.Own?.EndLoop();
    }

    /// <summary>Begins to look whether it is an interrupted cell that calls.</summary>
    internal static void Begin() => Interlocked.Increment(ref _interrupted);

    /// <summary>An interrupted cell has ended.</summary>
    internal static void End() => Interlocked.Decrement(ref _interrupted);
}

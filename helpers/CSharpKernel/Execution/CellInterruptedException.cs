namespace CSharpKernel.Execution;

/// <summary>A cell was interrupted.</summary>
/// <param name="isStillRunning">Whether some of its code, such as a call into a library, could not be stopped.</param>
internal sealed class CellInterruptedException(bool isStillRunning) : OperationCanceledException(
    isStillRunning
        ? "Cell was interrupted, but some of its code runs on in the background: a call into a library or native code that computes without end cannot be stopped. Restart the kernel to end it."
        : "Cell was interrupted. Variables keep the values they had.");

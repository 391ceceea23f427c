using System.Runtime.InteropServices;

namespace CSharpKernel.Protocol;

/// <summary>
/// Interrupts the running cell when the process receives SIGINT (on Windows Ctrl-C), and stays deaf to it while no cell runs: the state of a
/// notebook is never lost to it. A server that was started in the background ignores SIGINT, and its kernels inherit that; this one hears it all the same. Jupyter itself asks by message, as the kernelspec says, but a scheduler, a person or a tool that goes by the
/// process sends the signal. A terminal's Ctrl-C reaches every process of its foreground group; a front end that runs there, such as
/// <c>jupyter console</c>, also sends its message, and both end the same cell once. Front ends that must not pass it on, such as
/// <c>jupyter lab</c>, start kernels in a session of their own, which the terminal does not reach.
/// </summary>
internal static class InterruptSignal
{
    /// <summary>Listens until the result is disposed.</summary>
    /// <param name="interrupt">Interrupts the cell that runs, and does nothing without one.</param>
    public static IDisposable Listen(Action interrupt) =>
        PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            context.Cancel = true;
            interrupt();
        });
}

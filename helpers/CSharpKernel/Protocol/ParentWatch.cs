using System.Diagnostics;
using System.Globalization;
using JupyterProtocol;

namespace CSharpKernel.Protocol;

/// <summary>
/// Ends the kernel when the program that started it is gone without having shut it down: killed, or left in a hurry. Jupyter names that
/// program in <c>JPY_PARENT_PID</c>.
/// </summary>
internal static class ParentWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Completes when the parent has ended; never when nobody said who that is, or it cannot be seen from here.</summary>
    /// <param name="parentId">The parent's process id, as in <c>JPY_PARENT_PID</c>.</param>
    /// <param name="time">The clock.</param>
    public static async Task ParentEndedAsync(string? parentId, TimeProvider time)
    {
        // On Windows Jupyter passes a handle, which names no process here.
        if (Platform.Current.IsWindows || !int.TryParse(parentId, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || Find(id) is not { } parent)
        {
            await Task.Delay(Timeout.Infinite);
            return;
        }

        using (parent)
        {
            while (!parent.HasExited)
                await Task.Delay(Interval, time);
        }
    }

    private static Process? Find(int id)
    {
        try
        {
            return Process.GetProcessById(id);
        }
        catch (ArgumentException)
        {
            // In a container of its own, for example.
            return null;
        }
    }
}

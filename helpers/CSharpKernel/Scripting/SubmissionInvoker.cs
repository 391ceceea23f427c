using System.Reflection;
using System.Runtime.CompilerServices;

namespace CSharpKernel.Scripting;

/// <summary>
/// Runs the method into which the compiler puts a submission's statements. The method is asynchronous, and starting an
/// asynchronous method hides from its caller what it does to ambient values (AsyncLocal, culture). A notebook's cells
/// are one flow of work to their writer: a run that one cell makes the active one must be active in the next. So the
/// method's state machine is started by hand, and the ambient values it leaves are handed to the next cell.
/// </summary>
internal static class SubmissionInvoker
{
    private const BindingFlags Members = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>Runs a submission.</summary>
    /// <param name="submission">The instance of the submission's class.</param>
    /// <param name="ambient">The ambient values that the last cell left.</param>
    /// <param name="enter">Runs first, inside those ambient values.</param>
    /// <param name="leave">Gets the ambient values at the end.</param>
    public static Task<object?> RunAsync(object submission, ExecutionContext? ambient, Action enter, Action<ExecutionContext?> leave)
    {
        var machine = submission.GetType().GetNestedTypes(Members).FirstOrDefault(type => type.Name.StartsWith("<<Initialize>>", StringComparison.Ordinal))
            ?? throw new InvalidOperationException("The C# compiler lays out scripts in another way than this kernel knows. Use the version of Microsoft.CodeAnalysis that the kernel was built with.");
        Task<object?>? task = null;
        void Start(object? state)
        {
            enter();
            try
            {
                task = Begin(machine, submission);
                ObserveEnd(task, leave);
            }
            finally
            {
                leave(ExecutionContext.Capture());
            }
        }

        ExecutionContext.Run(ambient ?? ExecutionContext.Capture()!, Start, null);
        return task!;
    }

    private static Task<object?> Begin(Type type, object submission)
    {
        var machine = (IAsyncStateMachine)Activator.CreateInstance(type, nonPublic: true)!;
        var builder = type.GetField("<>t__builder", Members)!;
        type.GetField("<>4__this", Members)?.SetValue(machine, submission);
        type.GetField("<>1__state", Members)!.SetValue(machine, -1);
        builder.SetValue(machine, AsyncTaskMethodBuilder<object?>.Create());
        machine.MoveNext();
        return ((AsyncTaskMethodBuilder<object?>)builder.GetValue(machine)!).Task;
    }

    private static void ObserveEnd(Task task, Action<ExecutionContext?> leave)
    {
        if (task.IsCompleted)
            return;
        // With the flow suppressed the continuation runs in the ambient values of whoever completes the task: the cell's last.
        using (ExecutionContext.SuppressFlow())
        {
            _ = task.ContinueWith(
                _ => leave(ExecutionContext.Capture()), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Current);
        }
    }
}

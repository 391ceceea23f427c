using CSharpKernel.Execution;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;

namespace Microsoft.DotNet.Interactive;

/// <summary>The cell, or the command sent from it, that runs now.</summary>
public sealed class KernelInvocationContext
{
    private readonly List<KernelEvent> _events = [];

    private readonly bool _isRecording;

    internal KernelInvocationContext(KernelCommand command, CellContext cell, bool isRecording = false)
    {
        _isRecording = isRecording;
        Command = command;
        Cell = cell;
    }

    /// <summary>What the calling code is part of; null outside cells.</summary>
    public static KernelInvocationContext? Current => CellContext.Current?.Invocation;

    /// <summary>What is being run.</summary>
    public KernelCommand Command { get; }

    /// <summary>Fires when it is interrupted.</summary>
    public CancellationToken CancellationToken => Cell.CancellationToken;

    /// <summary>The kernel that runs it.</summary>
    public Kernel HandlingKernel => Cell.Engine.Kernels.Find(Command.TargetKernelName ?? "csharp");

    internal CellContext Cell { get; }

    internal IReadOnlyList<KernelEvent> Events
    {
        get
        {
            lock (_events)
                return [.. _events];
        }
    }

    /// <summary>Shows what an event tells, below the cell, and adds it to the events of the command.</summary>
    /// <param name="kernelEvent">The event.</param>
    public void Publish(KernelEvent kernelEvent)
    {
        kernelEvent.Show(this);
        Record(kernelEvent);
    }

    /// <summary>Calls something when the cell has ended well.</summary>
    public void OnComplete(Action<KernelInvocationContext> onComplete) => Cell.AtEnd.Add(() => onComplete(this));

    // A cell itself keeps no events: nobody could ask for them, and what it shows may be large.
    internal void Record(KernelEvent kernelEvent)
    {
        if (!_isRecording)
            return;
        lock (_events)
            _events.Add(kernelEvent);
    }
}

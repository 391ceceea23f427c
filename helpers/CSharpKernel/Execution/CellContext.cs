using System.Collections.Concurrent;
using CSharpKernel.Comms;
using CSharpKernel.Display;
using Microsoft.DotNet.Interactive;

namespace CSharpKernel.Execution;

/// <summary>The cell on whose behalf code runs. It flows with the code, also into tasks that outlive the cell.</summary>
internal sealed class CellContext(CSharpEngine engine, ICellOutput output, int number, TimeProvider time, CancellationToken cancellationToken, Shell? shell = null)
{
    private static readonly AsyncLocal<CellContext?> Ambient = new();
    private static CellContext? _latest;

    private int _isStopped;
    private volatile bool _isCleaningUp;

    private readonly StreamBatcher _streams = new(output.WriteStream, OutputLimits.ForText(time), time);
    private readonly DisplayLimiter _displays = new(output.Display, output.WriteStream, OutputLimits.ForDisplays(time), time);

    /// <summary>The main shell's cell that ran last.</summary>
    public static CellContext? Latest => Volatile.Read(ref _latest);

    /// <summary>
    /// The cell that the calling code belongs to. Threads that carry no ambient values, such as callbacks from native
    /// code, belong to the cell that ran last.
    /// </summary>
    public static CellContext? Current => Ambient.Value ?? Latest;

    /// <summary>The cell that the calling code belongs to, or this one when that code is of no notebook or of another.</summary>
    public CellContext Caller => Current is { } current && current.Engine == Engine ? current : this;

    /// <summary>The cell that the calling code surely belongs to, by the ambient values that flowed to it; null when none did.</summary>
    public static CellContext? Own => Ambient.Value;

    /// <summary>The engine that runs the cell.</summary>
    public CSharpEngine Engine { get; } = engine;

    /// <summary>The flow of cells that it belongs to.</summary>
    public Shell Shell { get; } = shell ?? engine.MainShell;

    /// <summary>The cell's execution count.</summary>
    public int Number { get; } = number;

    /// <summary>Fires when the cell is interrupted.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; } = time;

    /// <summary>What is to be done when the cell has ended well.</summary>
    public List<Action> AtEnd { get; } = [];

    /// <summary>What brings the things that the cell showed up to date, when it has ended, however it did.</summary>
    public ConcurrentQueue<Action> Refreshes { get; } = new();

    /// <summary>What runs, as the cell's own code can ask for it.</summary>
    public KernelInvocationContext? Invocation { get; set; }

    /// <summary>The files that are being imported now, the innermost last.</summary>
    public List<string> Imports { get; } = [];

    /// <summary>Makes this the cell of the calling code and of all that it starts.</summary>
    public void Enter()
    {
        Ambient.Value = this;
        // Cells of subshells are guests: what nobody owns is the main shell's.
        if (Shell == Engine.MainShell)
            Volatile.Write(ref _latest, this);
    }

    /// <summary>Makes this the cell of the calling code, which runs while another cell may be running.</summary>
    public void EnterBeside() => Ambient.Value = this;

    /// <summary>The cell for code that runs on its behalf after it has ended, or with another place for what it shows.</summary>
    public CellContext Continue(CancellationToken interrupt, ICellOutput? elsewhere = null) => new(Engine, elsewhere ?? output, Number, Time, interrupt, Shell);

    /// <summary>Where the cell's output goes.</summary>
    public ICellOutput Output => output;

    /// <summary>Writes to a stream.</summary>
    public void Write(string name, ReadOnlySpan<char> text)
    {
        StopIfInterrupted();
        _streams.Write(name, text);
    }

    /// <summary>Writes to a stream what others than the cell's code wrote, which an interrupt does not end.</summary>
    public void Pass(string name, ReadOnlySpan<char> text) => _streams.Write(name, text);

    /// <summary>Sends all that was written and shown so far.</summary>
    public void Flush()
    {
        ProcessOutput.Drain(withLines: true);
        _displays.Finish();
        _streams.Finish();
    }

    /// <summary>Shows something below the text written so far.</summary>
    public void Display(DisplayBundle bundle, string displayId, bool update = false)
    {
        StopIfInterrupted();
        ProcessOutput.Drain();
        _streams.Flush();
        if (update)
            _displays.Update(bundle, displayId);
        else
            _displays.Show(bundle, displayId);
    }

    /// <summary>Shows something that is never updated.</summary>
    public void Display(DisplayBundle bundle) => Display(bundle, Guid.NewGuid().ToString("N"));

    /// <summary>Shows the cell's value.</summary>
    public void Result(DisplayBundle bundle)
    {
        Flush();
        output.Result(bundle);
    }

    /// <summary>Sends a message of a comm.</summary>
    public void Send(CommEnvelope envelope) => output.Send(envelope);

    /// <summary>Takes away what the cell has shown, at once or when there is something new to show.</summary>
    public void Clear(bool wait)
    {
        _streams.Flush();
        output.Clear(wait);
    }

    /// <summary>Asks the user for a line of text.</summary>
    public Task<string> ReadInputAsync(string prompt, bool password)
    {
        Flush();
        return output.ReadInputAsync(prompt, password, CancellationToken);
    }

    /// <summary>Lets what cleans up after an interrupted cell print, and loop.</summary>
    public void BeginCleanup()
    {
        _isCleaningUp = true;
        Interlocked.Exchange(ref _isStopped, 1);
    }

    /// <summary>Ends a loop of the cell when it has been interrupted, as often as something catches that; what cleans up goes on.</summary>
    public void EndLoop()
    {
        if (!_isCleaningUp)
            CancellationToken.ThrowIfCancellationRequested();
    }

    // A cell that prints in a loop ends here by itself, before its thread has to be stopped from outside, half-way through sending.
    // Once only: what cleans up after it may print.
    private void StopIfInterrupted()
    {
        if (CancellationToken.IsCancellationRequested && TaskScheduler.Current is CellTaskScheduler && Interlocked.Exchange(ref _isStopped, 1) == 0)
            CancellationToken.ThrowIfCancellationRequested();
    }
}

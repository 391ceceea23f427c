using System.Collections.Concurrent;
using CSharpKernel.Cells;
using CSharpKernel.Comms;
using CSharpKernel.Dialect.Values;
using CSharpKernel.Display;
using CSharpKernel.Magics;
using CSharpKernel.Packages;
using CSharpKernel.Scripting;
using CSharpKernel.Widgets;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;

namespace CSharpKernel.Execution;

/// <summary>Runs the cells of one notebook, one after the other in each of its shells.</summary>
internal sealed class CSharpEngine : IDisposable
{
    // Held from the compilation of code until it begins to run: what is compiled meanwhile would not see what it declares.
    private readonly SemaphoreSlim _compiling = new(1, 1);
    private readonly ConcurrentDictionary<string, string[]> _sources = new();
    private readonly ErrorFormatter _errors;
    private readonly TimeProvider _time;
    private readonly IdleCollection _memory = new();
    private CompositeKernel? _kernels;

    /// <summary>Creates an engine.</summary>
    /// <param name="folder">The notebook's folder, where relative paths start.</param>
    /// <param name="packageCache">Where resolved packages are remembered.</param>
    /// <param name="time">The clock.</param>
    public CSharpEngine(string folder, string packageCache, TimeProvider time)
    {
        Folder = folder;
        _time = time;
        Values = new SharedValues(this);
        Packages = new PackageSession(new PackageResolver(packageCache, time), Session.References);
        _errors = new ErrorFormatter((cell, line) => _sources.TryGetValue(cell ?? "", out var lines) && line >= 1 && line <= lines.Length ? lines[line - 1] : null);
        Updates = new WidgetUpdates(time);
        WidgetControl.Register(Comms);
        ConsoleRouter.Install();
    }

    /// <summary>The shell in which a notebook's cells run.</summary>
    public Shell MainShell { get; } = new();

    /// <summary>The notebook's folder.</summary>
    public string Folder { get; }

    /// <summary>The notebook's state.</summary>
    public ScriptSession Session { get; } = new();

    /// <summary>The notebook's packages.</summary>
    public PackageSession Packages { get; }

    /// <summary>The magics that cells may use.</summary>
    public MagicRegistry Magics { get; } = new();

    /// <summary>The values of all kernels.</summary>
    public SharedValues Values { get; }

    /// <summary>The kernels as cells see them.</summary>
    public CompositeKernel Kernels => LazyInitializer.EnsureInitialized(ref _kernels, () => new CompositeKernel(this));

    /// <summary>Writes values.</summary>
    public DisplayFormatter Formatter { get; } = new();

    /// <summary>The lines to the front end's scripts.</summary>
    public CommRegistry Comms { get; } = new();

    /// <summary>The widgets whose state the front end does not know yet.</summary>
    public WidgetUpdates Updates { get; }

    /// <summary>The handlers that run now, beside the cells.</summary>
    public RunningHandlers Interrupts { get; } = new();

    /// <summary>Writes an error for the reader.</summary>
    public CellError Describe(Exception exception) => _errors.Format(exception);

    /// <summary>Runs a cell.</summary>
    /// <param name="code">The cell's text.</param>
    /// <param name="number">The cell's execution count.</param>
    /// <param name="output">Where its output goes.</param>
    /// <param name="interrupt">Interrupts it; the notebook's state is kept.</param>
    /// <param name="shell">The shell that it runs in; default the main one.</param>
    /// <returns>How it ended: what the cell throws is an outcome, not an exception.</returns>
    public async Task<CellOutcome> ExecuteAsync(string code, int number, ICellOutput output, CancellationToken interrupt, Shell? shell = null)
    {
        var cell = new CellContext(this, output, number, _time, interrupt, shell);
        cell.Invocation = new KernelInvocationContext(new SubmitCode(code, MagicRegistry.CSharp), cell);
        using var turn = await cell.Shell.WaitAsync(interrupt);
        try
        {
            await RunTextAsync(code, CellFrame.NameOf(number), cell);
            foreach (var action in cell.AtEnd)
                action();
            return CellOutcome.Ok;
        }
        catch (OperationCanceledException e) when (interrupt.IsCancellationRequested && e is not CellInterruptedException)
        {
            return new CellOutcome(_errors.Format(new CellInterruptedException(isStillRunning: false)));
        }
        catch (Exception e)
        {
            // Whatever a cell throws belongs to its reader.
            return new CellOutcome(_errors.Format(e));
        }
        finally
        {
            Updates.End(cell);
            cell.Flush();
            _memory.AfterCell();
        }
    }

    /// <summary>Ends the engine; what cells left running goes on until the process ends.</summary>
    public void Dispose()
    {
        MainShell.Dispose();
        _compiling.Dispose();
    }

    /// <summary>Evaluates an expression beside the cells (Jupyter messaging, "user_expressions").</summary>
    public async Task<(DisplayBundle? Value, CellError? Error)> EvaluateAsync(string expression, ICellOutput output, CancellationToken cancellationToken, Shell? shell = null)
    {
        var cell = new CellContext(this, output, 0, _time, cancellationToken, shell);
        using var turn = await cell.Shell.WaitAsync(cancellationToken);
        using var compiling = await Turn.TakeAsync(_compiling, cancellationToken);
        try
        {
            NestingGuard.Check(expression);
            var submission = await CompilerThread.RunAsync(() => Session.Compile(expression, "expression", Folder, cancellationToken), _time, cancellationToken);
            var value = await CellRun.RunAsync(() => Session.RunAsync(submission with { Declares = false }, () => Enter(cell, compiling), cell.Shell.Ambient), _time, cancellationToken);
            return (Formatter.Format(value), null);
        }
        catch (Exception e)
        {
            return (null, _errors.Format(e));
        }
        finally
        {
            cell.Flush();
        }
    }

    /// <summary>Fixes the notebook's packages. What it adds to the references must not come in the middle of a compilation.</summary>
    public async Task<string> LockPackagesAsync(bool isAnew, CellContext cell)
    {
        using var compiling = await Turn.TakeAsync(_compiling, cell.CancellationToken);
        return await Packages.LockAsync(isAnew, Folder, cell);
    }

    /// <summary>Runs text that may hold several pieces of code and magics, as part of a cell.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">What stack traces call it.</param>
    /// <param name="cell">The cell.</param>
    public async Task RunTextAsync(string text, string name, CellContext cell)
    {
        _sources[name] = text.ReplaceLineEndings("\n").Split('\n');
        foreach (var segment in CellSplitter.Split(text, Magics.TakesText))
        {
            cell.CancellationToken.ThrowIfCancellationRequested();
            if (segment.Magic is { } magic)
                await Magics.RunAsync(magic, new MagicCall(segment, cell, this));
            else
                await RunCodeAsync(segment, name, cell);
        }
    }

    private static void Enter(CellContext cell, Turn compiling)
    {
        compiling.Dispose();
        cell.Enter();
    }

    private async Task RunCodeAsync(CellSegment segment, string name, CellContext cell)
    {
        using var compiling = await Turn.TakeAsync(_compiling, cell.CancellationToken);
        List<ReferenceDirective> references = [.. segment.References, .. LoadedFiles.FindPackages(segment.Text, Folder)];
        if (references.Count > 0)
        {
            await Packages.AddAsync(references, Folder, cell);
            foreach (var reference in references.Where(reference => reference.Kind == ReferenceKind.Assembly))
                Session.References.AddFile(reference.Value, Folder);
        }

        if (string.IsNullOrWhiteSpace(segment.Text))
            return;
        var submission = await CompilerThread.RunAsync(() => Session.Compile(segment.Text, name, Folder, cell.CancellationToken), _time, cell.CancellationToken);
        DisplayBundle? result = null;
        try
        {
            await CellRun.RunAsync(
                async () =>
                {
                    var value = await Session.RunAsync(submission, () => Enter(cell, compiling), cell.Shell.Ambient);
                    // Written here, because writing a value runs code of the cell: getters, iterators, ToString.
                    cell.Enter();
                    // A cell that ends in display(x) has shown x already.
                    if (submission.HasResult && value is not DisplayedValue)
                    {
                        result = Formatter.Format(value);
                        cell.Invocation?.Record(new ReturnValueProduced(value, cell.Invocation.Command));
                    }

                    return value;
                },
                _time,
                cell.CancellationToken);
        }
        catch when (submission.Resources is not null)
        {
            try
            {
                await EndAsync(submission.Resources, cell);
            }
            catch (Exception e)
            {
                cell.Write("stderr", $"What the cell declares with using could not be disposed: {e.GetType().Name}: {e.Message}\n");
            }

            throw;
        }
        finally
        {
            if (submission.Warnings.Length > 0)
                cell.Write("stderr", string.Join('\n', submission.Warnings.Select(DiagnosticText.Summarize)) + "\n");
        }

        if (submission.Resources is { } resources)
            await EndAsync(resources, cell);
        if (result is not null)
            cell.Result(result);
    }

    private Task<object?> EndAsync(ResourceOwner resources, CellContext cell) => CellRun.RunAsync(
        async () =>
        {
            cell.BeginCleanup();
            await Session.EndAsync(resources, cell.Enter, cell.Shell.Ambient);
            return null;
        },
        _time,
        // What ended the cell must not end this too: files would stay open.
        cell.CancellationToken.IsCancellationRequested ? CancellationToken.None : cell.CancellationToken);
}

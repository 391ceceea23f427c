using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using NotebookTestRunner.Checks.Contracts.Machine;
using NotebookTestRunner.Resources;

namespace NotebookTestRunner.Checks.Budgets;

/// <summary>
/// Keeps code that nobody knows within bounds: its kernel is ended when it and the processes it started hold too much memory, and what they leave running
/// is ended after it. Left processes are found by an environment variable that they inherit, on Linux alone.
/// </summary>
/// <param name="memory">How much they may hold together, in bytes.</param>
public sealed class ContainmentCheck(long memory) : INotebookCheck
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <inheritdoc/>
    public string Name => "containment";

    /// <inheritdoc/>
    public Task<NotebookCheckSession?> BeginAsync(NotebookCheckContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Task.FromResult<NotebookCheckSession?>(context.Kernel is { } kernel ? new Session(kernel.ProcessId, memory, context.Time) : null);
    }

    private sealed class Session : NotebookCheckSession
    {
        // Looking for new processes costs more than reading the memory of known ones.
        private const int SamplesBetweenSearches = 5;

        private readonly int kernel;
        private readonly long memory;
        private readonly string? marker;
        private readonly ProcessTree tree;
        private readonly ITimer timer;
        private readonly Lock gate = new();
        private int samples;
        private long excess;
        private bool isTold;

        public Session(int kernel, long memory, TimeProvider time)
        {
            (this.kernel, this.memory, marker, tree) = (kernel, memory, KernelMarker.Of(kernel), new(kernel));
            timer = time.CreateTimer(_ => Sample(), null, Interval, Interval);
        }

        public override Task<IReadOnlyList<Finding>> AfterCellAsync(ExecutedCell cell, CancellationToken cancellationToken)
        {
            var held = Interlocked.Read(ref excess);
            if (held == 0 || isTold) return Task.FromResult<IReadOnlyList<Finding>>([]);
            isTold = true;
            return Task.FromResult<IReadOnlyList<Finding>>([new("containment", cell.Cell.Number, string.Create(CultureInfo.InvariantCulture,
                $"Held {held / 1e6:0} MB of memory, more than the {memory / 1e6:0} MB it may: its kernel was ended."))]);
        }

        public override Task<IReadOnlyList<Finding>> AfterKernelAsync(CancellationToken cancellationToken)
        {
            timer.Dispose();
            var left = marker is null ? [] : ProcessTable.Marked(marker).ToList();
            left.ForEach(process => End(process.Id));
            return Task.FromResult<IReadOnlyList<Finding>>(left.Count == 0 ? []
                : [new("containment", null, $"Left processes running, which were ended: {string.Join(", ", left.Select(process => process.Name).Distinct())}.", FindingSeverity.Warning)]);
        }

        public override ValueTask DisposeAsync()
        {
            timer.Dispose();
            return base.DisposeAsync();
        }

        private void Sample()
        {
            if (!gate.TryEnter()) return;
            try
            {
                if (samples++ % SamplesBetweenSearches == 0) tree.Refresh();
                if (tree.Memory() is var held && held <= memory) return;
                Interlocked.CompareExchange(ref excess, held, 0);
                foreach (var process in ProcessTable.Tree(kernel, marker)) End(process.Id);
            }
            finally
            {
                gate.Exit();
            }
        }

        private static void End(int id)
        {
            try
            {
                using var process = Process.GetProcessById(id);
                process.Kill();
            }
            catch (Exception error) when (error is ArgumentException or InvalidOperationException or Win32Exception)
            {
                // It ended by itself meanwhile.
                return;
            }
        }
    }
}

using JupyterProtocol.Messages;
using NotebookTestRunner.Checks;
using NotebookTestRunner.Notebooks;
using NotebookTestRunner.Widgets;

namespace NotebookTestRunner.FrontEnd;

/// <summary>What a user sees of a kernel: its widgets, and what cells and callbacks print and display. Safe from several threads.</summary>
internal sealed class UserView : IDisposable
{
    private readonly IRunningKernel kernel;
    private readonly WidgetModels models;
    private readonly Lock gate = new();
    private readonly List<string> printed = [];
    private TaskCompletionSource changed = New();

    /// <summary>Begins to look.</summary>
    public UserView(IRunningKernel kernel, WidgetModels models)
    {
        this.kernel = kernel;
        this.models = models;
        models.Changed += Wake;
        kernel.Published += Take;
    }

    /// <summary>Waits until something can be said of what there is.</summary>
    /// <param name="look">What to find among the widgets and in what was printed; null to wait on.</param>
    /// <param name="patience">How long.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>What was found; null when it did not come.</returns>
    public async Task<T?> WaitForAsync<T>(Func<IReadOnlyList<WidgetModel>, string, T?> look, TimeSpan patience, CancellationToken cancellationToken)
        where T : class
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        while (true)
        {
            // Taken before the look, so that a change in between is not slept through.
            var (next, text) = Next();
            if (models.Look(all => look(all, text)) is { } found) return found;
            try
            {
                await next.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return null;
            }
        }
    }

    /// <summary>Names of the widgets there are.</summary>
    public string Names() => models.Look(all => all.Count == 0 ? "there are no widgets"
        : $"there are {string.Join(", ", all.Select(model => $"\"{model.Names.First()}\" ({model.Kind})").Distinct().Order(StringComparer.Ordinal))}");

    public void Dispose()
    {
        kernel.Published -= Take;
        models.Changed -= Wake;
    }

    private (Task Next, string Printed) Next()
    {
        lock (gate)
        {
            if (changed.Task.IsCompleted) changed = New();
            return (changed.Task, string.Concat(printed));
        }
    }

    private void Take(Message message)
    {
        var text = message.MessageType switch
        {
            "stream" => MultilineText.TryJoin(message.Content["text"]),
            "display_data" or "execute_result" or "update_display_data" => MultilineText.TryJoin(message.Content["data"]?["text/plain"]),
            _ => null,
        };
        if (text is null) return;
        lock (gate) printed.Add(text);
        Wake();
    }

    private void Wake()
    {
        lock (gate) changed.TrySetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

using System.Text.Json.Nodes;
using JupyterProtocol.Messages;
using NotebookTestRunner.Notebooks;

namespace NotebookTestRunner.FrontEnd;

/// <summary>All widgets of a kernel, kept up to date from its comm messages, and what callbacks printed. Safe from several threads.</summary>
internal sealed class WidgetModels
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, WidgetModel> models = [];
    private readonly List<string> printed = [];
    private TaskCompletionSource changed = New();

    /// <summary>Takes in a message that the kernel published.</summary>
    public void Take(Message message)
    {
        lock (gate)
        {
            switch (message.MessageType)
            {
                case "comm_open" when Id(message) is { } id && message.Content["data"] is JsonObject data && data["state"] is JsonObject state:
                    models[id] = new(id, (JsonObject)state.DeepClone());
                    break;
                case "comm_msg" when Id(message) is { } id && models.TryGetValue(id, out var model) && message.Content["data"] is JsonObject data
                    && MultilineText.TryJoin(data["method"]) is "update" or "echo_update" && data["state"] is JsonObject update:
                    Merge(model, update);
                    break;
                case "comm_close" when Id(message) is { } id:
                    models.Remove(id);
                    break;
                case "stream":
                    printed.Add(MultilineText.TryJoin(message.Content["text"]) ?? "");
                    break;
                case "display_data" or "execute_result" or "update_display_data" when message.Content["data"] is JsonObject data:
                    printed.Add(MultilineText.TryJoin(data["text/plain"]) ?? "");
                    break;
                default:
                    return;
            }
            changed.TrySetResult();
        }
    }

    /// <summary>Changes a widget as a user does, on this side.</summary>
    public void Change(WidgetModel model, JsonObject update)
    {
        lock (gate) Merge(model, update);
    }

    /// <summary>Waits until something can be said of the widgets.</summary>
    /// <param name="look">What to find; null to wait on.</param>
    /// <param name="patience">How long.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>What was found; null when it did not come.</returns>
    public async Task<T?> WaitForAsync<T>(Func<IReadOnlyCollection<WidgetModel>, string, T?> look, TimeSpan patience, CancellationToken cancellationToken)
        where T : class
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (look(models.Values, string.Concat(printed)) is { } found) return found;
                if (changed.Task.IsCompleted) changed = New();
                next = changed.Task;
            }
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
    public string Names()
    {
        lock (gate)
            return models.Count == 0 ? "there are no widgets" : $"there are {string.Join(", ", models.Values.Select(model => $"\"{model.Names.First()}\" ({model.Kind})").Distinct().Order(StringComparer.Ordinal))}";
    }

    private static void Merge(WidgetModel model, JsonObject update)
    {
        foreach (var (key, value) in update) model.State[key] = value?.DeepClone();
    }

    private static string? Id(Message message) => MultilineText.TryJoin(message.Content["comm_id"]);

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

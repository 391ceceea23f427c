using System.Globalization;
using System.Text.Json.Nodes;
using JupyterProtocol.Messages;
using NotebookTestRunner.Events;
using NotebookTestRunner.Notebooks;
using NotebookTestRunner.Outputs;

namespace NotebookTestRunner.Execution;

/// <summary>Takes in what cells show, up to a limit: what a cell shows beyond it is dropped, so that a flood fills no memory.</summary>
internal sealed class OutputIntake(OutputCollector collector, long limit, string notebookPath, IProgress<RunEvent>? progress)
{
    // Which cell a message belongs to. Those of background work keep coming after their cell is done.
    private readonly Dictionary<string, int> cellOfRequest = [];
    private readonly Dictionary<int, long> shown = [];
    private int current;

    /// <summary>That the running cell showed more than is kept, in a sentence; null when it did not.</summary>
    public string? Excess => IsOver(current)
        ? string.Create(CultureInfo.InvariantCulture, $"Showed more than {limit / 1e6:0.##} million characters; what came after them is cut. Print less, or into a file.")
        : null;

    /// <summary>A cell begins.</summary>
    public void Begin(int cell) => current = cell;

    /// <summary>Takes a message that the kernel published for a cell.</summary>
    public void Take(Message message, int running)
    {
        var request = message.ParentHeader!.MessageId;
        if (!cellOfRequest.TryGetValue(request, out var cell)) cell = cellOfRequest[request] = running;
        if (IsOver(cell) && message.MessageType is "stream" or "display_data" or "execute_result") return;

        // What replaces something shown before takes its room.
        if (message.MessageType == "clear_output") shown[cell] = 0;
        else if (message.MessageType != "update_display_data") shown[cell] = shown.GetValueOrDefault(cell) + SizeOf(message);
        if (IsOver(cell) && message.MessageType is "stream" or "display_data" or "execute_result")
        {
            collector.Add(cell, "stream", new JsonObject { ["name"] = "stderr", ["text"] = "\n… (cut here: the cell showed more than is kept)\n" });
            return;
        }
        collector.Add(cell, message.MessageType, message.Content);
        if (message.MessageType == "stream" && MultilineText.TryJoin(message.Content["text"]) is { } text)
            progress?.Report(new CellPrinted(notebookPath, cell, text));
    }

    /// <summary>The characters of a message's outputs, near enough.</summary>
    public static long SizeOf(Message message) => message.MessageType switch
    {
        "stream" => MultilineText.TryJoin(message.Content["text"])?.Length ?? 0,
        "display_data" or "execute_result" or "update_display_data" when message.Content["data"] is JsonObject data =>
            data.Sum(content => MultilineText.TryJoin(content.Value)?.Length ?? content.Value?.ToJsonString().Length ?? 0),
        _ => 0,
    };

    private bool IsOver(int cell) => shown.GetValueOrDefault(cell) > limit;
}

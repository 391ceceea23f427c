using System.Text;
using System.Text.Json.Nodes;
using NotebookTestRunner.Notebooks;

namespace NotebookTestRunner.Outputs;

/// <summary>
/// Turns the messages a kernel publishes while a notebook runs into outputs as nbformat stores them. See
/// https://jupyter-client.readthedocs.io/en/stable/messaging.html#messages-on-the-iopub-pub-sub-channel.
/// </summary>
/// <remarks>One collector serves a whole notebook, because <c>update_display_data</c> reaches back to earlier cells.</remarks>
public sealed class OutputCollector
{
    private readonly Dictionary<int, List<Slot>> cells = [];
    private readonly HashSet<int> clearBeforeNext = [];

    /// <summary>Takes one message that the kernel published for a cell. Messages that are no outputs are ignored.</summary>
    /// <param name="cellNumber">The cell whose request the message answers.</param>
    /// <param name="messageType">The message's type, such as <c>stream</c>.</param>
    /// <param name="content">The message's content.</param>
    public void Add(int cellNumber, string messageType, JsonObject content)
    {
        ArgumentNullException.ThrowIfNull(content);
        switch (messageType)
        {
            case "stream":
                AddStream(cellNumber, MultilineText.TryJoin(content["name"]) ?? "stdout", MultilineText.TryJoin(content["text"]) ?? "");
                break;
            case "display_data":
            case "execute_result":
                var displayId = DisplayId(content);
                // As nbclient and JupyterLab do: a display with a known id also refreshes the earlier ones.
                if (displayId is not null) Update(displayId, content);
                AddSlot(cellNumber, new Slot(Output(messageType, content), displayId));
                break;
            case "update_display_data":
                if (DisplayId(content) is { } updated) Update(updated, content);
                break;
            case "error":
                AddSlot(cellNumber, new Slot(Output(messageType, content), null));
                break;
            case "clear_output":
                if (content["wait"] is JsonValue wait && wait.TryGetValue<bool>(out var later) && later) clearBeforeNext.Add(cellNumber);
                else Slots(cellNumber).Clear();
                break;
        }
    }

    /// <summary>What a cell has shown so far.</summary>
    public IReadOnlyList<CellOutput> Outputs(int cellNumber) =>
        cells.TryGetValue(cellNumber, out var slots) ? [.. slots.Select(slot => slot.ToOutput())] : [];

    /// <summary>Whether a later cell can still change what this one shows (<c>update_display_data</c>).</summary>
    public bool CanChange(int cellNumber) => cells.TryGetValue(cellNumber, out var slots) && slots.Any(slot => slot.DisplayId is not null);

    private static string? DisplayId(JsonObject content) =>
        content["transient"] is JsonObject transient ? MultilineText.TryJoin(transient["display_id"]) : null;

    private static CellOutput Output(string messageType, JsonObject content)
    {
        var output = (JsonObject)content.DeepClone();
        output["output_type"] = messageType;
        return CellOutput.FromJson(output, "the kernel's answer");
    }

    private void Update(string displayId, JsonObject content)
    {
        foreach (var slot in cells.Values.SelectMany(slots => slots).Where(slot => slot.DisplayId == displayId))
        {
            var update = (DisplayDataOutput)Output("display_data", content);
            slot.Output = slot.Output is ExecuteResultOutput result ? result with { Data = update.Data, Metadata = update.Metadata } : update;
        }
    }

    private void AddStream(int cellNumber, string name, string text)
    {
        if (!clearBeforeNext.Contains(cellNumber) && Slots(cellNumber) is [.., { Stream: { } stream } last] && last.StreamName == name) stream.Append(text);
        else AddSlot(cellNumber, new Slot(name, text));
    }

    private void AddSlot(int cellNumber, Slot slot)
    {
        if (clearBeforeNext.Remove(cellNumber)) Slots(cellNumber).Clear();
        Slots(cellNumber).Add(slot);
    }

    private List<Slot> Slots(int cellNumber)
    {
        if (!cells.TryGetValue(cellNumber, out var slots)) cells[cellNumber] = slots = [];
        return slots;
    }

    private sealed class Slot
    {
        public Slot(CellOutput output, string? displayId) => (Output, DisplayId) = (output, displayId);

        public Slot(string streamName, string text) => (StreamName, Stream) = (streamName, new StringBuilder(text));

        public CellOutput? Output { get; set; }

        public string? DisplayId { get; }

        public string? StreamName { get; }

        public StringBuilder? Stream { get; }

        public CellOutput ToOutput() => Output ?? new StreamOutput(StreamName!, TerminalText.Resolve(Stream!.ToString()));
    }
}

using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NotebookTestRunner.Notebooks;

/// <summary>
/// Writes changed JSON into the text it was read from: what did not change keeps its very characters, so that a version-control diff
/// shows nothing else, however the file was laid out.
/// </summary>
internal sealed class JsonSplice
{
    private readonly byte[] original;
    private readonly NotebookLayout layout;
    private readonly ArrayBufferWriter<byte> spliced = new();
    private int copied;

    private JsonSplice(byte[] original, NotebookLayout layout) => (this.original, this.layout) = (original, layout);

    /// <summary>The text with what differs replaced.</summary>
    /// <param name="text">The JSON as it was read.</param>
    /// <param name="before">The same, parsed.</param>
    /// <param name="now">What it is to say.</param>
    /// <param name="layout">How replaced parts are laid out.</param>
    public static string Apply(string text, JsonNode before, JsonNode now, NotebookLayout layout)
    {
        if (JsonNode.DeepEquals(before, now)) return text;
        var splice = new JsonSplice(Encoding.UTF8.GetBytes(text), layout);
        var reader = new Utf8JsonReader(splice.original, new JsonReaderOptions { MaxDepth = 512 });
        reader.Read();
        splice.Value(ref reader, before, now, 0);
        splice.CopyTo(splice.original.Length);
        return Encoding.UTF8.GetString(splice.spliced.WrittenSpan);
    }

    /// <summary>Takes the value the reader stands at, to its end.</summary>
    private void Value(ref Utf8JsonReader reader, JsonNode? before, JsonNode? now, int depth)
    {
        if (JsonNode.DeepEquals(before, now)) reader.Skip();
        else if (before is JsonObject { Count: > 0 } oldMembers && now is JsonObject members && Keeps(oldMembers, members)) Members(ref reader, oldMembers, members, depth);
        else if (before is JsonArray oldItems && now is JsonArray items && oldItems.Count == items.Count) Items(ref reader, oldItems, items, depth);
        else
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            CopyTo(start);
            Write(NotebookJson.WriteValue(now, layout, depth));
            copied = (int)reader.BytesConsumed;
        }
    }

    private void Items(ref Utf8JsonReader reader, JsonArray before, JsonArray now, int depth)
    {
        foreach (var (old, item) in before.Zip(now))
        {
            reader.Read();
            Value(ref reader, old, item, depth + 1);
        }
        reader.Read();
    }

    private void Members(ref Utf8JsonReader reader, JsonObject before, JsonObject now, int depth)
    {
        var added = new List<KeyValuePair<string, JsonNode?>>();
        var end = 0;
        foreach (var member in now)
        {
            if (!before.ContainsKey(member.Key))
            {
                added.Add(member);
                continue;
            }
            reader.Read();
            CopyTo((int)reader.TokenStartIndex);
            foreach (var (key, value) in added) Write($"{NotebookJson.WriteMember(key, value, layout, depth + 1)},{layout.StartOfLine(depth + 1)}");
            added.Clear();
            reader.Read();
            Value(ref reader, before[member.Key], member.Value, depth + 1);
            end = (int)reader.BytesConsumed;
        }
        if (added.Count > 0) CopyTo(end);
        foreach (var (key, value) in added) Write($",{layout.StartOfLine(depth + 1)}{NotebookJson.WriteMember(key, value, layout, depth + 1)}");
        reader.Read();
    }

    /// <summary>Whether all members are still there in the same order, whatever was added.</summary>
    private static bool Keeps(JsonObject before, JsonObject now) =>
        now.Where(member => before.ContainsKey(member.Key)).Select(member => member.Key).SequenceEqual(before.Select(member => member.Key));

    private void CopyTo(int position)
    {
        if (position <= copied) return;
        spliced.Write(original.AsSpan(copied, position - copied));
        copied = position;
    }

    private void Write(string text) => spliced.Write(Encoding.UTF8.GetBytes(text));
}

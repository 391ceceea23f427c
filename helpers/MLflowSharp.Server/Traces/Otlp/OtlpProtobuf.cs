using System.Text.Json.Nodes;
using Google.Protobuf;
using MLflowSharp.Traces;
using MLflowSharp.Values;

namespace MLflowSharp.Server.Traces.Otlp;

/// <summary>
/// OpenTelemetry's messages in protobuf. The numbers are those of its trace.proto and common.proto
/// (https://github.com/open-telemetry/opentelemetry-proto); other fields are skipped.
/// </summary>
internal static class OtlpProtobuf
{
    private static readonly IReadOnlyDictionary<string, JsonNode?> NoResource = new Dictionary<string, JsonNode?>();

    /// <summary>The spans of each resource.</summary>
    /// <exception cref="InvalidDataException">It is no such message.</exception>
    public static IReadOnlyList<IReadOnlyList<TraceSpan>> Read(ReadOnlyMemory<byte> message)
    {
        try
        {
            var resources = new List<IReadOnlyList<TraceSpan>>();
            Each(new CodedInputStream(message.ToArray()), (field, input) => field == 1 && Add(resources, ReadResource(Inner(input))));
            return resources;
        }
        catch (InvalidProtocolBufferException error)
        {
            throw OtlpFormat.Invalid(error);
        }
    }

    private static List<TraceSpan> ReadResource(CodedInputStream message)
    {
        var (resource, scopes) = (NoResource, new List<ByteString>());
        Each(message, (field, input) => field switch
        {
            1 => Set(() => resource = new Dictionary<string, JsonNode?>(OtlpFormat.ObjectOf(ReadAttributes(Inner(input), 1)).Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())))),
            2 => Add(scopes, input.ReadBytes()),
            _ => false,
        });
        // The resource may stand behind its spans.
        var spans = new List<TraceSpan>();
        foreach (var scope in scopes)
            Each(scope.CreateCodedInput(), (field, input) => field == 2 && Add(spans, ReadSpan(Inner(input), resource)));
        return spans;
    }

    private static List<KeyValuePair<string, JsonNode?>> ReadAttributes(CodedInputStream message, int number)
    {
        var attributes = new List<KeyValuePair<string, JsonNode?>>();
        Each(message, (field, input) => field == number && Add(attributes, ReadAttribute(Inner(input), 0)));
        return attributes;
    }

    private static TraceSpan ReadSpan(CodedInputStream message, IReadOnlyDictionary<string, JsonNode?> resource)
    {
        byte[] trace = [], span = [], parent = [];
        var (name, start, end, status, text) = ("", 0L, 0L, 0L, "");
        var attributes = new List<KeyValuePair<string, JsonNode?>>();
        var (events, links) = (new JsonArray(), new JsonArray());
        Each(message, (field, input) => field switch
        {
            1 => Set(() => trace = input.ReadBytes().ToByteArray()),
            2 => Set(() => span = input.ReadBytes().ToByteArray()),
            4 => Set(() => parent = input.ReadBytes().ToByteArray()),
            5 => Set(() => name = input.ReadString()),
            7 => Set(() => start = (long)input.ReadFixed64()),
            8 => Set(() => end = (long)input.ReadFixed64()),
            9 => Add(attributes, ReadAttribute(Inner(input), 0)),
            11 => Set(() => events.Add((JsonNode)ReadEvent(Inner(input)))),
            13 => Set(() => links.Add((JsonNode)ReadLink(Inner(input)))),
            15 => Set(() => Each(Inner(input), (inner, part) => inner switch { 2 => Set(() => text = part.ReadString()), 3 => Set(() => status = part.ReadEnum()), _ => false })),
            _ => false,
        });
        var read = new TraceSpan { TraceNumber = "", SpanId = "", Name = name, Start = start, End = end, Status = OtlpFormat.StatusOf(status), StatusMessage = text, Events = events, Links = links };
        return OtlpFormat.Complete(trace, span, parent, read, resource, attributes);
    }

    private static JsonObject ReadEvent(CodedInputStream message)
    {
        var (time, name) = (0L, "");
        var attributes = new List<KeyValuePair<string, JsonNode?>>();
        Each(message, (field, input) => field switch
        {
            1 => Set(() => time = (long)input.ReadFixed64()),
            2 => Set(() => name = input.ReadString()),
            3 => Add(attributes, ReadAttribute(Inner(input), 0)),
            _ => false,
        });
        return OtlpFormat.Event(name, time, attributes);
    }

    private static JsonObject ReadLink(CodedInputStream message)
    {
        byte[] trace = [], span = [];
        var attributes = new List<KeyValuePair<string, JsonNode?>>();
        Each(message, (field, input) => field switch
        {
            1 => Set(() => trace = input.ReadBytes().ToByteArray()),
            2 => Set(() => span = input.ReadBytes().ToByteArray()),
            4 => Add(attributes, ReadAttribute(Inner(input), 0)),
            _ => false,
        });
        return OtlpFormat.Link(trace, span, attributes);
    }

    private static KeyValuePair<string, JsonNode?> ReadAttribute(CodedInputStream message, int depth)
    {
        var key = "";
        JsonNode? value = null;
        Each(message, (field, input) => field switch { 1 => Set(() => key = input.ReadString()), 2 => Set(() => value = ReadValue(Inner(input), depth)), _ => false });
        return new(key, value);
    }

    private static JsonNode? ReadValue(CodedInputStream message, int depth)
    {
        if (depth > OtlpFormat.Deepest)
            throw OtlpFormat.Invalid();
        JsonNode? value = null;
        Each(message, (field, input) => field switch
        {
            1 => Set(() => value = input.ReadString()),
            2 => Set(() => value = input.ReadBool()),
            3 => Set(() => value = input.ReadInt64()),
            4 => Set(() => value = PythonJson.Number(input.ReadDouble())),
            5 => Set(() =>
            {
                var items = new JsonArray();
                Each(Inner(input), (inner, part) => inner == 1 && Set(() => items.Add(ReadValue(Inner(part), depth + 1))));
                value = items;
            }),
            6 => Set(() =>
            {
                var members = new List<KeyValuePair<string, JsonNode?>>();
                Each(Inner(input), (inner, part) => inner == 1 && Add(members, ReadAttribute(Inner(part), depth + 1)));
                value = OtlpFormat.ObjectOf(members);
            }),
            7 => Set(() => value = OtlpFormat.TextOf(input.ReadBytes().Span)),
            _ => false,
        });
        return value;
    }

    /// <summary>Shows all fields to a function, which reads one or says that it does not know it.</summary>
    private static void Each(CodedInputStream message, Func<int, CodedInputStream, bool> read)
    {
        while (message.ReadTag() is var tag and not 0)
        {
            if (!read(WireFormat.GetTagFieldNumber(tag), message))
                message.SkipLastField();
        }
    }

    private static CodedInputStream Inner(CodedInputStream message) => message.ReadBytes().CreateCodedInput();

    private static bool Set(Action read)
    {
        read();
        return true;
    }

    private static bool Add<T>(List<T> items, T item)
    {
        items.Add(item);
        return true;
    }
}

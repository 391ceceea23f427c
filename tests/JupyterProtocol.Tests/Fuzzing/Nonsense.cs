using System.Security.Cryptography;
using System.Text;

namespace JupyterProtocol.Tests.Fuzzing;

/// <summary>Messages that no front end would send, the same ones for the same seed.</summary>
internal sealed class Nonsense(int seed, string key)
{
    private static readonly string[] Values =
    [
        "null", "true", "5", "-1", "1e999", "99999999999999999999", "\"yes\"", "\"\"", "\"\\ud800\"", "\"\\u0000\"", "[]", "[1,[2,[3]]]", "{}", "{\"a\":{\"b\":null}}",
        "\"" + new string('(', 300) + "\"", "\"#!\"", "\"#r \\\"nuget:\"", "\"\ud83d\ude00\"", "\"unknown\"",
    ];

    private static readonly string[] Fields =
    [
        "code", "silent", "store_history", "user_expressions", "allow_stdin", "stop_on_error", "cursor_pos", "detail_level", "hist_access_type", "raw", "output", "n",
        "session", "start", "stop", "pattern", "unique", "comm_id", "target_name", "data", "value", "subshell_id", "restart", "status",
    ];

    private static readonly string[] Documents =
    [
        "", "{", "nothing", "null", "5", "\"text\"", "[1]", "{\"code\":\"1\",\"code\":\"2\"}", "{\"code\":1,}", new string('[', 5000), "{\"a\":" + new string('[', 100) + new string(']', 100) + "}", "\ufeff{}",
    ];

    // All but shutdown_request, which is obeyed whatever it says.
    private static readonly string[] Types =
    [
        "execute_request", "complete_request", "inspect_request", "is_complete_request", "history_request", "comm_info_request", "kernel_info_request", "connect_request",
        "interrupt_request", "create_subshell_request", "delete_subshell_request", "list_subshell_request", "debug_request", "usage_request",
        "comm_open", "comm_msg", "comm_close", "input_reply", "execute_reply", "unheard_of", "", "_request", "\ud83d\ude00",
    ];

    private readonly Random _random = new(seed);
    private int _id;

    public int Next(int below) => _random.Next(below);

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>A message whose signature is right, and nothing else may be.</summary>
    public IReadOnlyList<byte[]> Message(string? type = null)
    {
        type ??= Pick(Types);
        var header = Next(8) == 0 ? Pick(Documents) : $$"""{"msg_id":{{Maybe($"\"{Guid(type)}\"")}},"session":{{Maybe("\"s\"")}},"username":{{Maybe("\"u\"")}},"date":{{Maybe("\"2026-01-01T00:00:00Z\"")}},"msg_type":{{Maybe($"\"{type}\"")}},"version":{{Maybe("\"5.4\"")}}{{(Next(6) == 0 ? ",\"subshell_id\":" + Pick(Values) : "")}}}""";
        var parent = Next(4) == 0 ? Pick(Documents) : Next(4) == 0 ? header : "{}";
        var metadata = Next(4) == 0 ? Pick(Documents) : "{}";
        return Signed(header, parent, metadata, Content());
    }

    /// <summary>A message that is right but for its contents.</summary>
    public IReadOnlyList<byte[]> Request(string type) =>
        Signed($$"""{"msg_id":"{{Guid(type)}}","session":"s","username":"u","date":"","msg_type":"{{type}}","version":"5.4"}""", "{}", "{}", Content());

    /// <summary>Frames of which some are missing, doubled, exchanged or garbled.</summary>
    public IReadOnlyList<byte[]> Broken()
    {
        var frames = Message().ToList();
        switch (Next(6))
        {
            case 0:
                frames.RemoveAt(Next(frames.Count));
                break;
            case 1:
                frames.InsertRange(Next(frames.Count), [frames[Next(frames.Count)]]);
                break;
            case 2:
                frames = [.. frames.OrderBy(_ => _random.Next())];
                break;
            case 3:
                frames[Next(frames.Count)] = Bytes(Next(200));
                break;
            case 4:
                frames = [.. Enumerable.Range(0, Next(40)).Select(_ => Bytes(Next(20)))];
                break;
            default:
                frames[1] = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(Bytes(32)));
                break;
        }

        return frames.Count == 0 ? [[]] : frames;
    }

    /// <summary>A message with a signature.</summary>
    public IReadOnlyList<byte[]> Signed(params string[] parts)
    {
        var bytes = parts.Select(Encoding.UTF8.GetBytes).ToArray();
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), bytes.SelectMany(part => part).ToArray()));
        return [.. new[] { "<IDS|MSG>", signature }.Select(Encoding.UTF8.GetBytes), .. bytes];
    }

    private string Content() => Next(5) == 0
        ? Pick(Documents)
        : "{" + string.Join(",", Fields.Where(_ => Next(3) == 0).Select(field => $"\"{field}\":{Pick(Values)}")) + "}";

    private string Guid(string type) => $"{seed}-{_id++}-{type}";

    private string Maybe(string right) => Next(12) == 0 ? Pick(Values) : right;

    private string Pick(string[] from) => from[Next(from.Length)];
}

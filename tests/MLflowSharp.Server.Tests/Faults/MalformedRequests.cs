using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MLflowSharp.Tests.Protocol;

namespace MLflowSharp.Server.Tests.Faults;

/// <summary>Requests as nobody should send them, made of recorded ones; the same ones for the same seed.</summary>
/// <param name="seed">The seed.</param>
internal sealed class MalformedRequests(int seed)
{
    private static readonly string[] Paths = ["%00", "%ff%fe", "../", "%2e%2e%2f", "//", "%", "%zz", "\\", ";x", "?", "#", " ", "\u00e4", "%ud800", "::$DATA", "~", "{run_id}", "con"];
    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "CONNECT", "get", "FOO", "P\u00d6ST", new('A', 5000)];
    private static readonly string[] Filters =
    [
        "metrics.", "metrics.`a", "'", "\"", "= = =", "params.x = 'a' OR 1", "name LIKE", "attributes.run_id IN (", "tags.`x` ILIKE '%", "metrics.a > 1e999", "(((((", "metrics.a = 'x'", "run_id IN ()", "a.b.c = 1", "\u0000", "end_time > x",
        string.Concat(Enumerable.Repeat("metrics.a > 1 and ", 3000)), "1 = 1; DROP TABLE runs", "params.\"x\" = \"y\" and",
    ];

    private static readonly string[] Headers =
    [
        "Content-Type: text/html", "Content-Type:", "Content-Type: application/json; charset=\u00ff", "Content-Length: -1", "Content-Length: 99999999999999999999", "Transfer-Encoding: gzip, chunked", "Transfer-Encoding: chunked\r\nContent-Length: 5",
        "Host: elsewhere", "Host:", "Host: a\r\nHost: b", "Range: bytes=9-1", "Range: bytes=--", "If-Range: \"", "Authorization: Basic !!!", "Origin: null", "Cookie: =;=;", ": no name", "X-\u0001: y", "Expect: 100-continue", "Connection: upgrade\r\nUpgrade: h2c",
        "Accept-Encoding: *;q=x", "X-Long: " + new string('a', 40_000), string.Concat(Enumerable.Range(0, 200).Select(i => $"X-{i}: {i}\r\n")) + "X: y",
    ];

    private readonly Random _random = new(seed);
    private readonly IReadOnlyList<RecordedCall> _calls = RecordedCall.All;

    /// <summary>The next one, as bytes for a connection of its own, and whether the server may take it for the beginning of a longer one.</summary>
    public (byte[] Bytes, bool IsPart) Next()
    {
        var call = Pick(_calls);
        var (method, path, body) = (call.Method, call.Path, call.Request is null ? "" : call.Request.ToJsonString());
        // Our pages are asked oddly, too.
        if (_random.Next(12) == 0)
            (method, path, body) = ("GET", Pick(["/light/runs?experiment=0&filter=", "/light/run?id=", "/light/artifacts?run=x&path=", "/light/chart?metric=m&run=", "/light/model?name=", "/light/compare?run=", "/light/experiments?search=", "/light/artifact-file?run=x&path="]) + Uri.EscapeDataString(Pick(Filters)), "");
        var (headers, version) = ("Content-Type: application/json", "HTTP/1.1");
        for (var times = _random.Next(1, 4); times > 0; times--)
        {
            switch (_random.Next(12))
            {
                case 0: method = Pick(Methods); break;
                case 1: path = path.Insert(_random.Next(path.Length + 1), Pick(Paths)); break;
                case 2: path += (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + Pick(["max_results=x", "max_results=-5", "page_token=%%%", "page_token=e30=", "filter=" + Uri.EscapeDataString(Pick(Filters)), "run_id=&run_id=", "=", "&&&", "a", new string('q', 9000)]); break;
                case 3 or 4 or 5: body = Change(body); break;
                case 6: body = body[.._random.Next(body.Length + 1)]; break;
                case 7: headers += "\r\n" + Pick(Headers); break;
                case 8: body = Pick(["[", "{\"a\":", "null", "[]", "\"x\"", "1", "{}{}", new string('[', 50_000), "{\"name\":" + string.Concat(Enumerable.Repeat("{\"a\":", 5000)), "\ufeff{}", "NaN", "{\"\\ud800\": 1}"]); break;
                case 9: headers = Pick(["", "Content-Type: application/x-www-form-urlencoded", Pick(Headers)]); break;
                case 10: version = Pick(["HTTP/1.0", "HTTP/9.9", "", "HTTP", "HTTP/1.1 x"]); break;
                default: body = Flip(body); break;
            }
        }

        return Write(method, path, version, headers, body);
    }

    private (byte[] Bytes, bool IsPart) Write(string method, string path, string version, string headers, string body)
    {
        var content = Encoding.UTF8.GetBytes(body);
        if (content.Length > 0 && _random.Next(8) == 0)
            content[_random.Next(content.Length)] = 0xFF;
        var length = _random.Next(10) switch { 0 => content.Length + 7, 1 => Math.Max(0, content.Length - 3), _ => content.Length };
        var framing = _random.Next(15) == 0 ? "Transfer-Encoding: chunked" : $"Content-Length: {length}";
        byte[] request = [.. Encoding.Latin1.GetBytes($"{method} {path} {version}\r\nHost: 127.0.0.1\r\nConnection: close\r\n{framing}\r\n{(headers.Length > 0 ? headers + "\r\n" : "")}\r\n"), .. content];
        var isPart = length > content.Length || framing.StartsWith('T') || headers.Contains("Length", StringComparison.Ordinal) || headers.Contains("Transfer", StringComparison.Ordinal);
        if (_random.Next(20) == 0)
            (request, isPart) = (request[.._random.Next(1, request.Length)], true);
        if (_random.Next(25) == 0)
        {
            _random.NextBytes(request.AsSpan(_random.Next(request.Length)));
            isPart = true;
        }

        return (request, isPart);
    }

    /// <summary>Puts something else in the place of a value.</summary>
    private string Change(string body)
    {
        JsonNode? json;
        var places = new List<JsonNode>();
        try
        {
            json = JsonNode.Parse(body);
            Collect(json);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // It is no JSON any more, or has half a character in a name.
            return body;
        }

        if (places.Count == 0)
            return body;
        var value = _random.Next(14) switch
        {
            0 => null,
            1 => new JsonArray(),
            2 => new JsonObject(),
            3 => JsonValue.Create(-1),
            4 => JsonNode.Parse("9223372036854775808"),
            5 => JsonNode.Parse("1e400"),
            6 => JsonValue.Create("\u0000"),
            7 => JsonValue.Create(new string('x', _random.Next(70_000))),
            8 => JsonValue.Create(true),
            9 => JsonNode.Parse("\"\\ud83d\\ude00\""),
            10 => JsonNode.Parse(string.Concat(Enumerable.Repeat("[", 40)) + string.Concat(Enumerable.Repeat("]", 40))),
            11 => JsonValue.Create("../../../etc/passwd"),
            12 => JsonNode.Parse("-0.0000000000000000000000000001"),
            _ => JsonValue.Create(Pick(Filters)),
        };
        switch (Pick(places))
        {
            case JsonObject map when map.Count > 0:
                map[map.ElementAt(_random.Next(map.Count)).Key] = value;
                break;
            case JsonArray list when list.Count > 0:
                list[_random.Next(list.Count)] = value;
                break;
        }

        return json!.ToJsonString();

        void Collect(JsonNode? node)
        {
            if (node is not (JsonObject or JsonArray))
                return;
            places.Add(node);
            foreach (var child in node is JsonObject map ? map.Select(pair => pair.Value) : node.AsArray())
                Collect(child);
        }
    }

    private string Flip(string body)
    {
        if (body.Length == 0)
            return body;
        var characters = body.ToCharArray();
        for (var times = _random.Next(1, 5); times > 0; times--)
            characters[_random.Next(characters.Length)] ^= (char)(1 << _random.Next(7));
        return new(characters);
    }

    private T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];
}

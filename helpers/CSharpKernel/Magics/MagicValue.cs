using System.Text.Json;
using System.Text.Json.Nodes;
using CSharpKernel.Dialect;
using Microsoft.DotNet.Interactive;

namespace CSharpKernel.Magics;

/// <summary>Finds the value that is written for a parameter: text, <c>@input</c>, <c>@password</c>, or a value of a kernel.</summary>
internal static class MagicValue
{
    /// <summary>Finds a value.</summary>
    /// <param name="token">What was written.</param>
    /// <param name="field">What a question without a prompt of its own asks for.</param>
    /// <param name="call">The magic.</param>
    public static async Task<object?> ReadAsync(MagicToken token, string field, MagicCall call)
    {
        if (token.IsQuoted || !token.Text.StartsWith('@') || token.Text.Length == 1)
            return token.Text;
        var (source, rest) = Divide(token.Text[1..]);
        if (source is "input" or "password")
            return await AskAsync(source, rest, field, call);
        var (kernel, name) = rest is null ? (MagicRegistry.CSharp, source) : (call.Engine.Kernels.Find(source).Name, rest);
        return call.Engine.Values.TryGet(kernel, name, out var value) ? value : throw new MagicException(call.Engine.Values.Missing(kernel, name));
    }

    private static async Task<object?> AskAsync(string source, string? rest, string field, MagicCall call)
    {
        var prompt = rest?.Trim('"', '\'') is { Length: > 0 } written ? written : $"Please enter a value for field \"{field}\".";
        var kind = source == "password" ? "password" : "text";
        if (rest?.StartsWith('{') == true)
        {
            try
            {
                var description = JsonNode.Parse(rest)!.AsObject();
                prompt = description["prompt"]?.ToString() ?? $"Please enter a value for field \"{field}\".";
                kind = kind == "password" ? kind : description["type"]?.ToString() ?? kind;
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                throw new MagicException($"@{source}: is followed by what is no JSON object: {rest}");
            }
        }

        var answer = await Question.AskAsync(call.Cell, prompt, kind);
        return kind == "password" ? new PasswordString(answer) : answer;
    }

    private static (string Source, string? Behind) Divide(string text) =>
        text.IndexOf(':', StringComparison.Ordinal) is var colon and >= 0 ? (text[..colon], text[(colon + 1)..]) : (text, null);
}

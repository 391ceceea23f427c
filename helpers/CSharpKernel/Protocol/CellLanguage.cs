using System.Text.Json.Nodes;

namespace CSharpKernel.Protocol;

/// <summary>The language that a cell's metadata says, as front ends send it along with an <c>execute_request</c>.</summary>
internal static class CellLanguage
{
    /// <summary>The language's name; empty when the metadata says nothing.</summary>
    public static string Of(JsonObject metadata) =>
        Read(metadata, "dotnet_interactive", "language") ?? Read(metadata, "polyglot_notebook", "kernelName") ?? "";

    private static string? Read(JsonObject metadata, string group, string name) =>
        metadata[group] is JsonObject inner && inner[name] is JsonValue value && value.TryGetValue<string>(out var text) && text.Trim().Length > 0 && !text.AsSpan().ContainsAny("\n\r ") ? text.Trim() : null;
}

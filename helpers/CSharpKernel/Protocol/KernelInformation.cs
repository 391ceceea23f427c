using System.Text.Json.Nodes;

namespace CSharpKernel.Protocol;

/// <summary>What the kernel tells of itself (https://jupyter-client.readthedocs.io/en/stable/messaging.html#kernel-info).</summary>
internal static class KernelInformation
{
    /// <summary>The content of a <c>kernel_info_reply</c>.</summary>
    public static JsonObject Create() => new()
    {
        ["status"] = "ok",
        ["protocol_version"] = "5.4",
        ["implementation"] = "CSharpKernel",
        ["implementation_version"] = KernelVersion.Current,
        ["language_info"] = new JsonObject
        {
            ["name"] = "C#",
            ["version"] = KernelVersion.Language,
            ["mimetype"] = "text/x-csharp",
            ["file_extension"] = ".cs",
            ["pygments_lexer"] = "csharp",
            ["codemirror_mode"] = "text/x-csharp",
        },
        ["banner"] = $"C# {KernelVersion.Language} on .NET {Environment.Version}",
        ["supported_features"] = new JsonArray("kernel subshells"),
        ["debugger"] = false,
        ["help_links"] = new JsonArray(
            Link("C# language", "https://learn.microsoft.com/dotnet/csharp/"),
            Link(".NET API browser", "https://learn.microsoft.com/dotnet/api/")),
    };

    private static JsonObject Link(string text, string address) => new() { ["text"] = text, ["url"] = address };
}

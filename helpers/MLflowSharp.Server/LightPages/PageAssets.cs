using System.Security.Cryptography;
using MLflowSharp.Server.Routing;

namespace MLflowSharp.Server.LightPages;

/// <summary>The style sheet and the script of the pages, which are in this assembly.</summary>
internal static class PageAssets
{
    private static readonly byte[] Style = Read("light-pages.css");
    private static readonly byte[] Script = Read("light-pages.js");

    /// <summary>With a mark of its content, so that browsers may keep it.</summary>
    public static string StyleAddress { get; } = "pages.css?v=" + Mark(Style);

    public static string ScriptAddress { get; } = "pages.js?v=" + Mark(Script);

    public static IEnumerable<Route> Routes =>
    [
        new("GET", "/light/pages.css", (_, _) => Task.FromResult(Answer(Style, "text/css; charset=utf-8"))),
        new("GET", "/light/pages.js", (_, _) => Task.FromResult(Answer(Script, "text/javascript; charset=utf-8"))),
    ];

    private static RestResponse Answer(byte[] content, string type)
    {
        var answer = new RestResponse(200, type, content);
        answer.Headers["Cache-Control"] = "private, max-age=31536000, immutable";
        answer.Headers["X-Content-Type-Options"] = "nosniff";
        return answer;
    }

    private static string Mark(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content), 0, 6);

    private static byte[] Read(string name)
    {
        using var stream = typeof(PageAssets).Assembly.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}

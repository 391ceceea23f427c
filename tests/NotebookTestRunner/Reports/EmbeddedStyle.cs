using System.Security.Cryptography;
using System.Text;

namespace NotebookTestRunner.Reports;

/// <summary>The report's style sheets and script, kept as files beside this one and embedded into the assembly.</summary>
internal static class EmbeddedStyle
{
    /// <summary>The page's own.</summary>
    public static string Page { get; } = Read("report.css");

    /// <summary>The one inside the shadow root of an HTML output.</summary>
    public static string Output { get; } = Read("output.css");

    /// <summary>The page's script.</summary>
    public static string Script { get; } = Read("report.js");

    /// <summary>What the page's security policy knows its script by, so that it lets no other run.</summary>
    public static string ScriptHash { get; } = $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Script)))}";

    private static string Read(string name)
    {
        using var stream = typeof(EmbeddedStyle).Assembly.GetManifestResourceStream($"NotebookTestRunner.Reports.{name}")
            ?? throw new InvalidOperationException($"The file {name} is missing from the assembly: its project must embed Reports/*.css and *.js.");
        using var reader = new StreamReader(stream);
        // The hash is over the very characters, and a checkout may have other line ends.
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}

namespace Microsoft.DotNet.Interactive;

/// <summary>What is known of a kernel.</summary>
/// <param name="localName">Its name.</param>
/// <param name="aliases">Its other names.</param>
public sealed class KernelInfo(string localName, string[] aliases)
{
    /// <summary>Its name.</summary>
    public string LocalName { get; } = localName;

    /// <summary>Its other names.</summary>
    public string[] Aliases { get; } = aliases;

    /// <summary>Its language as people write it.</summary>
    public string LanguageName => LocalName switch { "csharp" => "C#", "html" => "HTML", "javascript" => "JavaScript", "markdown" => "Markdown", "mermaid" => "Mermaid", _ => LocalName };

    /// <summary>What lists call it.</summary>
    public string DisplayName => $"{LocalName} - {LanguageName}";

    /// <inheritdoc/>
    public override string ToString() => DisplayName;
}

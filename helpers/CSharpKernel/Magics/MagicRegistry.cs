using JupyterProtocol;

namespace CSharpKernel.Magics;

/// <summary>All magics of the kernel.</summary>
internal sealed class MagicRegistry
{
    private static readonly string[] OtherLanguages = ["fsharp", "f#", "F#", "pwsh", "powershell", "sql", "kql", "python", "r", "http"];

    private readonly Dictionary<string, Magic> _byName;

    public MagicRegistry()
    {
        All =
        [
            new CSharpMagic(), new MarkdownMagic(), new HtmlMagic(), new JavaScriptMagic(), new TimeMagic(), new ImportMagic(),
            new WhoMagic(withValues: false), new WhoMagic(withValues: true), new AboutMagic(), new ListMagic(this), new LockMagic(),
        ];
        _byName = All.SelectMany(magic => magic.Names.Select(name => (name, magic))).ToDictionary(pair => pair.name, pair => pair.magic, StringComparer.Ordinal);
    }

    /// <summary>The magics in the order in which they are listed.</summary>
    public IReadOnlyList<Magic> All { get; }

    /// <summary>Whether the text below a magic of this name is its own.</summary>
    public bool TakesText(string name) => _byName.TryGetValue(name, out var magic) ? magic.TakesText : OtherLanguages.Contains(name);

    /// <summary>Finds a magic.</summary>
    /// <exception cref="MagicException">There is none of this name.</exception>
    public Magic Find(string name)
    {
        if (_byName.TryGetValue(name, out var magic))
            return magic;
        if (OtherLanguages.Contains(name))
            throw new MagicException($"This kernel runs C#, not #!{name}. Use a kernel of that language in a notebook of its own.");
        throw new MagicException($"Unknown magic command '#!{name}'. Did you mean #!{NearestName.Find(name, _byName.Keys)}? #!lsmagic lists all.");
    }
}

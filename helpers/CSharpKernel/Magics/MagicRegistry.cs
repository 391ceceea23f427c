using CSharpKernel.Dialect;
using CSharpKernel.Display;
using JupyterProtocol;

namespace CSharpKernel.Magics;

/// <summary>All magics of the kernel.</summary>
internal sealed class MagicRegistry
{
    /// <summary>The kernel of code that names none.</summary>
    public const string CSharp = "csharp";

    // Replaced as a whole when a cell adds one, because completion reads it meanwhile.
    private volatile IReadOnlyList<Magic> _all;
    private volatile Dictionary<string, Magic> _byName;

    public MagicRegistry()
    {
        _all =
        [
            new CSharpMagic(), new MarkdownMagic(), new HtmlMagic(), new JavaScriptMagic(), new MermaidMagic(), new ValueMagic(), new ShellMagic(),
            new SetMagic(), new ShareMagic(), new TimeMagic(), new ImportMagic(),
            new WhoMagic(withValues: false), new WhoMagic(withValues: true), new AboutMagic(), new ListMagic(this), new LockMagic(),
        ];
        _byName = ByName(_all);
    }

    /// <summary>The kernels that cells may be written for.</summary>
    public static IReadOnlyList<string> Languages { get; } = [CSharp, "value", "html", "javascript", "mermaid", "markdown", "sh"];

    /// <summary>The magics in the order in which they are listed.</summary>
    public IReadOnlyList<Magic> All => _all;

    /// <summary>A cell's text as it is run when the cell says beside the text that it is for a kernel.</summary>
    public static string In(string kernel, string text)
    {
        // The line's number stays what it is for C#, where errors point at lines.
        if (kernel.Length == 0 || kernel is CSharp or "c#" or "C#")
            return text;
        var first = text.TrimStart().Split(['\n', '\r', ' '], 2)[0];
        return first == "#!" + kernel ? text : $"#!{kernel}\n{text}";
    }

    /// <summary>The other names of a kernel.</summary>
    public IEnumerable<string> AliasesOf(string kernel) => _byName.TryGetValue(kernel, out var magic) ? magic.Names.Skip(1) : [];

    /// <summary>Whether the text below a magic of this name is its own.</summary>
    public bool TakesText(string name) => _byName.TryGetValue(name, out var magic) ? magic.TakesText : RefusedMagics.IsLanguage(name);

    /// <summary>Adds a magic of the notebook, in place of one that the notebook added before.</summary>
    /// <exception cref="ArgumentException">The kernel has one of this name itself.</exception>
    public void Add(NotebookMagic magic)
    {
        if (_byName.TryGetValue(magic.Names[0], out var present) && present is not NotebookMagic)
            throw new ArgumentException($"#!{magic.Names[0]} is a magic of this kernel: give yours another name.");
        IReadOnlyList<Magic> all = [.. _all.Where(each => each != present), magic];
        _byName = ByName(all);
        _all = all;
    }

    /// <summary>Finds a magic.</summary>
    /// <exception cref="MagicException">There is none of this name.</exception>
    public Magic Find(string name)
    {
        if (_byName.TryGetValue(name, out var magic))
            return magic;
        if (RefusedMagics.Find(name) is { } reason)
            throw new MagicException(reason);
        throw new MagicException($"Unknown magic command '#!{name}'. Did you mean #!{NearestName.Find(name, _byName.Keys)}? #!lsmagic lists all.");
    }

    /// <summary>Runs a magic.</summary>
    /// <param name="name">The name it is called by.</param>
    /// <param name="call">Its line and text.</param>
    /// <exception cref="MagicException">It is unknown, or its line is wrong.</exception>
    public Task RunAsync(string name, MagicCall call)
    {
        var magic = Find(name);
        if (call.Segment.Arguments == "--help")
        {
            call.Cell.Display(DisplayBundle.Of(MimeTypes.Plain, magic.Help));
            return Task.CompletedTask;
        }

        return magic.RunAsync(magic.Parameters is null ? call : call with { Arguments = MagicArguments.Parse(magic, call.Segment.Arguments) });
    }

    private static Dictionary<string, Magic> ByName(IEnumerable<Magic> all) =>
        all.SelectMany(magic => magic.Names.Select(name => (name, magic))).ToDictionary(pair => pair.name, pair => pair.magic, StringComparer.Ordinal);
}

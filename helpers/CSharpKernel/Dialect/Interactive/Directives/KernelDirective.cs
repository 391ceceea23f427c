namespace Microsoft.DotNet.Interactive.Directives;

/// <summary>A magic that a notebook adds.</summary>
public abstract class KernelDirective
{
    private protected KernelDirective(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!name.StartsWith("#!", StringComparison.Ordinal) || name.Length == 2 || name.Any(char.IsWhiteSpace))
            throw new ArgumentException($"'{name}' cannot be the name of a magic: it begins with #! and has no spaces, such as #!flip-coin.", nameof(name));
        Name = name;
    }

    /// <summary>Its name, such as <c>#!flip-coin</c>.</summary>
    public string Name { get; }

    /// <summary>What it does, in one line.</summary>
    public string? Description { get; set; }

    /// <summary>Whether lists leave it out.</summary>
    public bool Hidden { get; set; }

    /// <summary>What may stand behind its name.</summary>
    public ICollection<KernelDirectiveParameter> Parameters { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => Name;
}

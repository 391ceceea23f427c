namespace Microsoft.DotNet.Interactive.Directives;

/// <summary>A parameter of a magic that a notebook adds.</summary>
/// <param name="name">Its name with the dashes, such as <c>--name</c>.</param>
/// <param name="description">What it is for.</param>
public sealed class KernelDirectiveParameter(string name, string? description = null)
{
    /// <summary>Its name with the dashes.</summary>
    public string Name { get; } = name;

    /// <summary>What it is for.</summary>
    public string? Description { get; set; } = description;

    /// <summary>Whether it must be given.</summary>
    public bool Required { get; init; }

    /// <summary>Whether a value without a name is this parameter's.</summary>
    public bool AllowImplicitName { get; init; }

    /// <summary>Whether it has no value: it is given or not.</summary>
    public bool Flag { get; init; }

    /// <summary>What its values are; accepted, and of no effect.</summary>
    public string? TypeHint { get; set; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>Sets common attributes.</summary>
public static class HtmlAttributesExtensions
{
    /// <summary>Adds classes.</summary>
    /// <param name="attributes">The attributes.</param>
    /// <param name="classes">The classes.</param>
    /// <param name="include">Whether to add them.</param>
    public static HtmlAttributes Class(this HtmlAttributes attributes, string classes, bool include = true)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        if (include)
            attributes.AddCssClass(classes);
        return attributes;
    }

    /// <summary>Whether a class is there.</summary>
    /// <param name="attributes">The attributes.</param>
    /// <param name="class">The class.</param>
    public static bool HasClass(this HtmlAttributes attributes, string @class)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        return attributes.TryGetValue("class", out var classes) && $"{classes}".Split(' ').Contains(@class);
    }

    /// <summary>Sets or removes the attribute <c>disabled</c>.</summary>
    /// <param name="attributes">The attributes.</param>
    /// <param name="value">Whether to set it.</param>
    public static HtmlAttributes Disabled(this HtmlAttributes attributes, bool value = true) => Flag(attributes, "disabled", value);

    /// <summary>Sets or removes the attribute <c>selected</c>.</summary>
    /// <param name="attributes">The attributes.</param>
    /// <param name="value">Whether to set it.</param>
    public static HtmlAttributes Selected(this HtmlAttributes attributes, bool value = true) => Flag(attributes, "selected", value);

    private static HtmlAttributes Flag(HtmlAttributes attributes, string name, bool value)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        if (value)
            attributes[name] = name;
        else
            attributes.Remove(name);
        return attributes;
    }
}

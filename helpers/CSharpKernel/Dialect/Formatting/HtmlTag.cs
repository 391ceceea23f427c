using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>An HTML element.</summary>
/// <param name="name">The element's name.</param>
public class HtmlTag(string name) : IHtmlContent
{
    /// <summary>An element around HTML.</summary>
    /// <param name="name">The element's name.</param>
    /// <param name="text">The HTML, as it is.</param>
    public HtmlTag(string name, string text)
        : this(name) => Content = context => context.Writer.Write(text);

    /// <summary>An element around other content.</summary>
    /// <param name="name">The element's name.</param>
    /// <param name="content">The content.</param>
    public HtmlTag(string name, IHtmlContent content)
        : this(name) => Content = context => content.WriteTo(context.Writer, HtmlEncoder.Default);

    /// <summary>An element whose content is written when it is shown.</summary>
    /// <param name="name">The element's name.</param>
    /// <param name="content">Writes the content.</param>
    public HtmlTag(string name, Action<FormatContext> content)
        : this(name) => Content = content;

    /// <summary>The element's name.</summary>
    public string Name { get; set; } = name;

    /// <summary>Writes the content; null for none.</summary>
    public Action<FormatContext>? Content { get; set; }

    /// <summary>Whether an element without content is written as <c>&lt;name /&gt;</c>.</summary>
    public bool IsSelfClosing { get; set; }

    /// <summary>The element's attributes.</summary>
    public HtmlAttributes HtmlAttributes { get; set; } = new();

    /// <summary>Adds attributes.</summary>
    /// <param name="htmlAttributes">The attributes.</param>
    /// <param name="replace">Whether they take the place of those of the same name.</param>
    public void MergeAttributes(IDictionary<string, object?> htmlAttributes, bool replace = false) => HtmlAttributes.MergeWith(htmlAttributes, replace);

    /// <summary>Writes the element.</summary>
    /// <param name="context">Where to.</param>
    public virtual void WriteTo(FormatContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var writer = context.Writer;
        writer.Write('<');
        writer.Write(Name);
        if (HtmlAttributes.Count > 0)
        {
            writer.Write(' ');
            writer.Write(HtmlAttributes.ToString());
        }

        if (IsSelfClosing && Content is null)
        {
            writer.Write(" />");
            return;
        }

        writer.Write('>');
        Content?.Invoke(context);
        writer.Write("</");
        writer.Write(Name);
        writer.Write('>');
    }

    /// <inheritdoc/>
    public void WriteTo(TextWriter writer, HtmlEncoder? encoder = null)
    {
        using var context = new FormatContext(writer);
        WriteTo(context);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        using var writer = new StringWriter();
        WriteTo(writer);
        return writer.ToString();
    }
}

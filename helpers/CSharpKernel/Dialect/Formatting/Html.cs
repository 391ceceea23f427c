using System.Net;
using System.Text.Encodings.Web;
using System.Web;
using Microsoft.AspNetCore.Html;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>Makes HTML of text, and puts elements together.</summary>
public static class Html
{
    /// <summary>Text as HTML that shows it.</summary>
    /// <param name="content">The text.</param>
    public static IHtmlContent HtmlEncode(this string content) => new HtmlString(WebUtility.HtmlEncode(content));

    /// <summary>Text as the value of an attribute.</summary>
    /// <param name="content">The text.</param>
    public static IHtmlContent HtmlAttributeEncode(this string content) => new HtmlString(HttpUtility.HtmlAttributeEncode(content));

    /// <summary>Text that is HTML already.</summary>
    /// <param name="value">The HTML.</param>
    public static IHtmlContent ToHtmlContent(this string value) => new HtmlString(value);

    /// <summary>An element without content.</summary>
    /// <param name="tagName">The element's name.</param>
    public static HtmlTag Tag(this string tagName) => new(tagName);

    /// <summary>Makes an element without content end itself: <c>&lt;br /&gt;</c>.</summary>
    /// <typeparam name="TTag">The element's type.</typeparam>
    /// <param name="tag">The element.</param>
    public static TTag SelfClosing<TTag>(this TTag tag)
        where TTag : HtmlTag
    {
        ArgumentNullException.ThrowIfNull(tag);
        tag.IsSelfClosing = true;
        return tag;
    }

    /// <summary>Sets attributes.</summary>
    /// <typeparam name="TTag">The element's type.</typeparam>
    /// <param name="tag">The element.</param>
    /// <param name="htmlAttributes">The attributes.</param>
    public static TTag WithAttributes<TTag>(this TTag tag, IDictionary<string, object?> htmlAttributes)
        where TTag : HtmlTag
    {
        ArgumentNullException.ThrowIfNull(tag);
        tag.MergeAttributes(htmlAttributes, replace: true);
        return tag;
    }

    /// <summary>Sets an attribute.</summary>
    /// <typeparam name="TTag">The element's type.</typeparam>
    /// <param name="tag">The element.</param>
    /// <param name="name">The attribute's name.</param>
    /// <param name="value">Its value.</param>
    public static TTag WithAttributes<TTag>(this TTag tag, string name, object? value)
        where TTag : HtmlTag
    {
        ArgumentNullException.ThrowIfNull(tag);
        tag.HtmlAttributes[name] = value;
        return tag;
    }

    /// <summary>Sets the content to text.</summary>
    /// <typeparam name="TTag">The element's type.</typeparam>
    /// <param name="tag">The element.</param>
    /// <param name="text">The text.</param>
    public static TTag Containing<TTag>(this TTag tag, string text)
        where TTag : HtmlTag => tag.Containing(text.HtmlEncode());

    /// <summary>Sets the content.</summary>
    /// <typeparam name="TTag">The element's type.</typeparam>
    /// <param name="tag">The element.</param>
    /// <param name="content">The content.</param>
    public static TTag Containing<TTag>(this TTag tag, IHtmlContent content)
        where TTag : HtmlTag
    {
        ArgumentNullException.ThrowIfNull(tag);
        tag.Content = Writer(content);
        return tag;
    }

    /// <summary>Adds content at the end.</summary>
    /// <typeparam name="TTag">The element's type.</typeparam>
    /// <param name="toTag">The element.</param>
    /// <param name="contents">The content.</param>
    public static TTag Append<TTag>(this TTag toTag, params IHtmlContent[] contents)
        where TTag : HtmlTag
    {
        ArgumentNullException.ThrowIfNull(toTag);
        foreach (var content in contents)
            toTag.Content += Writer(content);
        return toTag;
    }

    /// <summary>Adds content at the start.</summary>
    /// <typeparam name="TTag">The element's type.</typeparam>
    /// <param name="toTag">The element.</param>
    /// <param name="content">The content.</param>
    public static TTag Prepend<TTag>(this TTag toTag, IHtmlContent content)
        where TTag : HtmlTag
    {
        ArgumentNullException.ThrowIfNull(toTag);
        toTag.Content = Writer(content) + toTag.Content;
        return toTag;
    }

    private static Action<FormatContext> Writer(IHtmlContent content) => context => content.WriteTo(context.Writer, HtmlEncoder.Default);
}

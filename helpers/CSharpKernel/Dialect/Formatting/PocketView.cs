using System.Collections;
using System.Dynamic;
using System.Net;
using System.Text.Encodings.Web;
using CSharpKernel.Dialect;
using Microsoft.AspNetCore.Html;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>
/// HTML written as C#: <c>div[style: "color:red"](h1("title"), "text")</c>. Brackets set attributes, parentheses the content:
/// text is encoded, HTML is taken as it is, and other values are written as they are shown.
/// </summary>
public class PocketView : DynamicObject, IHtmlContent
{
    /// <summary>A view from which elements of any name can be made: <c>_.article("text")</c>.</summary>
    /// <param name="nested">Has no effect.</param>
    public PocketView(PocketView? nested = null)
        : this("", nested)
    {
    }

    /// <summary>An element.</summary>
    /// <param name="tagName">Its name.</param>
    /// <param name="nested">Content it starts with.</param>
    public PocketView(string tagName, PocketView? nested = null)
    {
        HtmlTag = new HtmlTag(tagName);
        if (nested is not null && tagName.Length > 0)
            SetContent([nested]);
    }

    /// <summary>The element.</summary>
    public HtmlTag HtmlTag { get; }

    /// <summary>The element's attributes.</summary>
    public HtmlAttributes HtmlAttributes => HtmlTag.HtmlAttributes;

    /// <summary>Sets the content.</summary>
    /// <param name="args">Text, HTML and other values.</param>
    public virtual void SetContent(object?[]? args)
    {
        // A cell that passes null alone passes it as the whole list.
        var contents = args ?? [null];
        HtmlTag.Content = contents.Length == 0 ? null : context =>
        {
            foreach (var content in contents)
                Write(content, context);
        };
    }

    /// <summary>Shows the element below the cell.</summary>
    /// <returns>A handle by which it can be replaced.</returns>
    public DisplayedValue Display() => Shown.Show(this, []);

    /// <inheritdoc/>
    public override bool TryGetMember(GetMemberBinder binder, out object? result)
    {
        ArgumentNullException.ThrowIfNull(binder);
        result = new PocketView(binder.Name);
        return true;
    }

    /// <inheritdoc/>
    public override bool TryInvokeMember(InvokeMemberBinder binder, object?[]? args, out object? result)
    {
        ArgumentNullException.ThrowIfNull(binder);
        var view = new PocketView(binder.Name);
        view.SetContent(args);
        result = view;
        return true;
    }

    /// <inheritdoc/>
    public override bool TryInvoke(InvokeBinder binder, object?[]? args, out object? result)
    {
        SetContent(args);
        result = this;
        return true;
    }

    /// <inheritdoc/>
    public override bool TryGetIndex(GetIndexBinder binder, object?[] indexes, out object? result)
    {
        ArgumentNullException.ThrowIfNull(binder);
        ArgumentNullException.ThrowIfNull(indexes);
        var names = binder.CallInfo.ArgumentNames;
        var unnamed = indexes.Length - names.Count;
        foreach (var value in indexes.Take(unnamed))
            AddUnnamed(value);
        for (var index = 0; index < names.Count; index++)
            HtmlAttributes[names[index].Replace('_', '-')] = indexes[unnamed + index];
        result = this;
        return true;
    }

    /// <inheritdoc/>
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        using var context = new FormatContext(writer);
        WriteTo(context);
    }

    /// <summary>Writes the element.</summary>
    /// <param name="context">Where to.</param>
    public void WriteTo(FormatContext context) => HtmlTag.WriteTo(context);

    /// <inheritdoc/>
    public override string ToString() => HtmlTag.ToString();

    private static void Write(object? content, FormatContext context)
    {
        switch (content)
        {
            case string text:
                context.Writer.Write(WebUtility.HtmlEncode(text));
                break;
            case PocketView view:
                view.WriteTo(context);
                break;
            case IHtmlContent html:
                html.WriteTo(context.Writer, HtmlEncoder.Default);
                break;
            case IEnumerable sequence when AreViews(sequence) is { } views:
                foreach (var view in views)
                    Write(view, context);
                break;
            default:
                context.Writer.Write(Formatter.Current.Write(content, HtmlFormatter.MimeType, context.Depth));
                break;
        }
    }

    // Elements are often made by a query, so the sequence is asked once.
    private static List<object?>? AreViews(IEnumerable sequence)
    {
        List<object?>? views = null;
        foreach (var item in sequence)
        {
            if (item is not IHtmlContent)
                return null;
            (views ??= []).Add(item);
        }

        return views;
    }

    private void AddUnnamed(object? value)
    {
        switch (value)
        {
            case IDictionary<string, object?> attributes:
                HtmlTag.MergeAttributes(attributes, replace: true);
                break;
            case string name:
                HtmlAttributes[name] = null;
                break;
            case ValueTuple<string, string> pair:
                HtmlAttributes[pair.Item1] = pair.Item2;
                break;
            default:
                throw new ArgumentException($"An attribute is written as name: value, such as [id: \"first\"]; {value ?? "null"} has no name.");
        }
    }
}

using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using CSharpKernel.Display.Foreign;
using Microsoft.AspNetCore.Html;
using Microsoft.DotNet.Interactive.Formatting;
using Microsoft.DotNet.Interactive.Formatting.TabularData;

namespace CSharpKernel.Display;

/// <summary>Turns a notebook's values into what front ends show. Formatters that the notebook registered come before the built-in ones.</summary>
internal sealed class DisplayFormatter
{
    private readonly FormatterRegistry _registry = new();
    private readonly ConcurrentDictionary<Type, string[]> _preferred = new();
    private readonly ConcurrentDictionary<Type, int> _listLimits = new();
    private readonly HtmlFormatter _html;
    private readonly PlainTextFormatter _plain;

    public DisplayFormatter()
    {
        _html = new HtmlFormatter(this);
        _plain = new PlainTextFormatter(this);
        Reset();
    }

    /// <summary>How many items of a sequence are shown.</summary>
    public int ListExpansionLimit { get; set; }

    /// <summary>How deep objects within objects are shown.</summary>
    public int RecursionLimit { get; set; }

    /// <summary>What is written for null.</summary>
    public string NullString { get; set; } = "";

    /// <summary>The MIME type beside plain text of values without a preferred one.</summary>
    public string DefaultMimeType { get; set; } = "";

    /// <summary>How values become JSON.</summary>
    public JsonSerializerOptions JsonOptions => field ??= JsonText.CreateOptions();

    /// <summary>The formatters that the notebook registered, the latest first.</summary>
    public IReadOnlyList<ITypeFormatter> Registered => _registry.All;

    /// <summary>Sets how values of a type, and of types derived from it, are written in one MIME type.</summary>
    public void Register(ITypeFormatter formatter) => _registry.Add(formatter);

    /// <summary>The registered formatters for a type, the nearest first.</summary>
    public IReadOnlyList<ITypeFormatter> FindRegistered(Type type, string mimeType) => _registry.Find(type, mimeType);

    /// <summary>Writes a value with a registered formatter.</summary>
    /// <returns>Null when there is none for it.</returns>
    public string? TryRegistered(object? value, string mimeType, int depth) => value is null ? null : _registry.TryWrite(value, mimeType, depth);

    /// <summary>Sets in which MIME types values of a type are shown; none takes that back.</summary>
    public void SetPreferredMimeTypes(Type type, string[] mimeTypes)
    {
        if (mimeTypes.Length > 0)
            _preferred[type] = [.. mimeTypes.Distinct()];
        else
            _preferred.TryRemove(type, out _);
    }

    /// <summary>In which MIME types values of a type are shown.</summary>
    public IReadOnlyCollection<string> PreferredMimeTypes(Type? type) =>
        (type is null ? null : FindPreferred(type)) ?? (type == typeof(string) ? [MimeTypes.Plain] : [DefaultMimeType]);

    /// <summary>How many items of a sequence of a type are shown.</summary>
    public int ListLimitOf(Type type) => type == typeof(TabularDataResource) ? RowLimit : _listLimits.IsEmpty ? ListExpansionLimit : _listLimits.GetValueOrDefault(type, ListExpansionLimit);

    /// <summary>How many rows of a table that was asked for as one are shown.</summary>
    public int RowLimit => Math.Max(ListExpansionLimit, 1000);

    /// <summary>Sets how many items of a sequence of a type are shown.</summary>
    public void SetListLimit(Type type, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        _listLimits[type] = limit;
    }

    /// <summary>Forgets every registered formatter, preference and limit.</summary>
    public void Reset()
    {
        _registry.Clear();
        _preferred.Clear();
        _listLimits.Clear();
        ListExpansionLimit = 20;
        RecursionLimit = 6;
        NullString = "<null>";
        DefaultMimeType = MimeTypes.Html;
    }

    /// <summary>Writes a value in every form that suits it; <c>text/plain</c> is always among them.</summary>
    public DisplayBundle Format(object? value)
    {
        if (value is DisplayBundle bundle)
            return bundle;
        if (value is not null && FindPreferred(value.GetType()) is { } preferred)
            return Format(value, [.. preferred.Union([MimeTypes.Plain])]);
        var data = new Dictionary<string, object>();
        if (value is not null)
            foreach (var mimeType in _registry.MimeTypesOf(value.GetType()))
                if (TryRegistered(value, mimeType, 0) is { } written)
                    data[mimeType] = MimeContent.Of(mimeType, written);
        if (value is not null && !data.ContainsKey(MimeTypes.Html) && OwnForms(value) is { } own)
        {
            foreach (var (mimeType, content) in own.Data)
                data.TryAdd(mimeType, content);
            return new DisplayBundle(data);
        }

        if (value is not string && DefaultMimeType != MimeTypes.Plain && !data.ContainsKey(DefaultMimeType))
            // Where only a text was registered, the text is what the reader is meant to see.
            data[DefaultMimeType] = DefaultMimeType == MimeTypes.Html && data.TryGetValue(MimeTypes.Plain, out var text)
                ? HtmlFormatter.Preformatted((string)text)
                : MimeContent.Of(DefaultMimeType, Write(value, DefaultMimeType, 0));
        if (value is JsonNode or JsonElement or JsonDocument)
            data[MimeTypes.Json] = value;
        else if (value is not null && ForeignJson.TryWrite(value) is { } json)
            data[MimeTypes.Json] = MimeContent.Of(MimeTypes.Json, json);
        if (!data.ContainsKey(MimeTypes.Plain))
            data[MimeTypes.Plain] = value is IHtmlContent ? HtmlText.Strip((string)data.GetValueOrDefault(MimeTypes.Html, "")) : _plain.Write(value, 0);
        return new DisplayBundle(data);
    }

    /// <summary>Writes a value in the given MIME types only.</summary>
    /// <exception cref="ArgumentException">There is no formatter for the value and a MIME type.</exception>
    public DisplayBundle Format(object? value, IReadOnlyCollection<string> mimeTypes)
    {
        var own = value is null ? null : OwnForms(value);
        return new(mimeTypes.Distinct().ToDictionary(mimeType => mimeType, mimeType =>
            TryRegistered(value, mimeType, 0) is { } registered ? MimeContent.Of(mimeType, registered)
            : own?.Data.GetValueOrDefault(mimeType) ?? MimeContent.Of(mimeType, Write(value, mimeType, 0))));
    }

    /// <summary>Writes a value in one MIME type.</summary>
    /// <param name="value">The value.</param>
    /// <param name="mimeType">The MIME type.</param>
    /// <param name="depth">How deep in another value it lies.</param>
    /// <exception cref="ArgumentException">There is no formatter for the value and the MIME type.</exception>
    public string Write(object? value, string mimeType, int depth)
    {
        if (TryRegistered(value, mimeType, depth) is { } registered)
            return registered;
        if (mimeType == MimeTypes.Html)
            return _html.Write(value, depth);
        if (mimeType == MimeTypes.Plain)
            return value is IHtmlContent html ? HtmlFormatter.WriteContent(html) : _plain.Write(value, depth);
        if (value is not null && OwnForms(value)?.Data.GetValueOrDefault(mimeType) is { } own)
            return own as string ?? MimeContent.ToText(own);
        return mimeType switch
        {
            MimeTypes.Json => JsonText.Write(value, JsonOptions),
            MimeTypes.Csv when Tables.TryRead(value, int.MaxValue) is { } table => CsvText.Write(table, this),
            MimeTypes.TableSchema when Tables.TryRead(value, int.MaxValue) is { } table => TabularJson.Write(TabularRows.Create(table)),
            _ when value is string text => text,
            _ => throw new ArgumentException($"There is no formatter of {TypeNames.Of(value?.GetType() ?? typeof(object))} for the MIME type {mimeType}. Register one with Formatter.Register, or send text as it is with \"text\".DisplayAs(\"{mimeType}\")."),
        };
    }

    /// <summary>The start of a value on one line.</summary>
    public string Summarize(object value, int limit) => _plain.Summarize(value, limit);

    // The forms of values that know themselves how to be shown.
    private static DisplayBundle? OwnForms(object value) => ScalarText.Is(value) ? null : SelfDescribing.TryRead(value);

    private string[]? FindPreferred(Type type)
    {
        if (_preferred.IsEmpty)
            return null;
        return _preferred.Select(entry => (MimeTypes: entry.Value, Distance: TypeDistance.Between(type, entry.Key)))
            .Where(candidate => candidate.Distance is not null)
            .OrderBy(candidate => candidate.Distance)
            .Select(candidate => candidate.MimeTypes)
            .FirstOrDefault();
    }
}

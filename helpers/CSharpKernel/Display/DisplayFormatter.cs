using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CSharpKernel.Display;

/// <summary>Turns values into what front ends show. Formatters registered for a type come before the built-in ones.</summary>
internal sealed class DisplayFormatter
{
    private readonly ConcurrentDictionary<(Type Type, string MimeType), Func<object, string>> _registered = new();
    private readonly HtmlFormatter _html;
    private readonly PlainTextFormatter _plain;

    public DisplayFormatter()
    {
        _html = new HtmlFormatter(this);
        _plain = new PlainTextFormatter(this);
    }

    /// <summary>How many items of a sequence are shown.</summary>
    public int ListExpansionLimit { get; set; } = 20;

    /// <summary>How deep objects within objects are shown.</summary>
    public int RecursionLimit { get; set; } = 6;

    /// <summary>Sets how values of a type, and of types derived from it, are written in one MIME type.</summary>
    public void Register(Type type, string mimeType, Func<object, string> format) => _registered[(type, mimeType)] = format;

    /// <summary>Forgets every registered formatter.</summary>
    public void Reset() => _registered.Clear();

    /// <summary>Writes a value in every form that suits it; <c>text/plain</c> is always among them.</summary>
    public DisplayBundle Format(object? value)
    {
        if (value is DisplayBundle bundle)
            return bundle;
        if (value is not null && SelfDescribing.TryRead(value) is { } own)
            return own;
        var data = new Dictionary<string, object>();
        if (value is not null)
            foreach (var mimeType in _registered.Keys.Where(key => key.Type.IsInstanceOfType(value)).Select(key => key.MimeType).Distinct())
                data[mimeType] = FindRegistered(value, mimeType)!(value);
        if (!data.ContainsKey(MimeTypes.Html) && _html.TryWrite(value) is { } html)
            data[MimeTypes.Html] = html;
        if (value is JsonNode or JsonElement or JsonDocument)
            data[MimeTypes.Json] = value;
        data.TryAdd(MimeTypes.Plain, _plain.Write(value));
        return new DisplayBundle(data);
    }

    /// <summary>Writes a value in the given MIME types only.</summary>
    /// <exception cref="ArgumentException">There is no formatter for the value and a MIME type.</exception>
    public DisplayBundle Format(object? value, IReadOnlyCollection<string> mimeTypes)
    {
        var all = Format(value).Data;
        return new DisplayBundle(mimeTypes.ToDictionary(mimeType => mimeType, mimeType => all.TryGetValue(mimeType, out var content) ? content : mimeType switch
        {
            MimeTypes.Html => _html.Write(value),
            MimeTypes.Json => JsonSerializer.SerializeToNode(value) ?? (object)"null",
            _ => throw new ArgumentException($"There is no formatter of {TypeNames.Of(value?.GetType() ?? typeof(object))} for the MIME type {mimeType}. To send text as it is, use \"text\".DisplayAs(\"{mimeType}\")."),
        }));
    }

    /// <summary>The formatter registered for the most derived type of the value.</summary>
    public Func<object, string>? FindRegistered(object value, string mimeType)
    {
        if (_registered.IsEmpty)
            return null;
        for (var type = value.GetType(); type is not null; type = type.BaseType)
            if (_registered.TryGetValue((type, mimeType), out var format))
                return format;
        return _registered.FirstOrDefault(entry => entry.Key.MimeType == mimeType && entry.Key.Type.IsInstanceOfType(value)).Value;
    }
}

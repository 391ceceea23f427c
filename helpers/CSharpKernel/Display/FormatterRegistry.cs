using System.Collections.Concurrent;
using Microsoft.DotNet.Interactive.Formatting;

namespace CSharpKernel.Display;

/// <summary>The formatters that a notebook registered, and which of them suits a value best.</summary>
internal sealed class FormatterRegistry
{
    // A formatter that writes its own value by way of the kernel would never end.
    private const int NestingLimit = 64;

    [ThreadStatic]
    private static int _nesting;

    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<(Type Type, string MimeType), ITypeFormatter[]> _found = new();
    private ITypeFormatter[] _all = [];

    /// <summary>The formatters, the latest first.</summary>
    public IReadOnlyList<ITypeFormatter> All => _all;

    /// <summary>Adds a formatter; it comes before those that were added earlier for the same type.</summary>
    public void Add(ITypeFormatter formatter)
    {
        lock (_lock)
        {
            _all = [formatter, .. _all];
            _found.Clear();
        }
    }

    /// <summary>Forgets all formatters.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _all = [];
            _found.Clear();
        }
    }

    /// <summary>The MIME types in which a formatter writes values of a type.</summary>
    public IEnumerable<string> MimeTypesOf(Type type) =>
        _all.Length == 0 ? [] : _all.Select(formatter => formatter.MimeType).Distinct().Where(mimeType => Find(type, mimeType).Length > 0);

    /// <summary>The formatters for a type and a MIME type, the one for the nearest type first.</summary>
    public ITypeFormatter[] Find(Type type, string mimeType) =>
        _all.Length == 0 ? [] : _found.GetOrAdd((type, mimeType), key =>
        [
            .. _all.Where(formatter => formatter.MimeType == key.MimeType)
                .Select(formatter => (Formatter: formatter, Distance: TypeDistance.Between(key.Type, formatter.Type)))
                .Where(candidate => candidate.Distance is not null)
                .OrderBy(candidate => candidate.Distance)
                .Select(candidate => candidate.Formatter),
        ]);

    /// <summary>Writes a value with the best formatter that takes it.</summary>
    /// <returns>Null when there is none.</returns>
    /// <exception cref="FormatterException">The formatter failed.</exception>
    public string? TryWrite(object value, string mimeType, int depth)
    {
        foreach (var formatter in Find(value.GetType(), mimeType))
        {
            using var writer = new StringWriter();
            if (Run(formatter, value, writer, depth))
                return writer.ToString();
        }

        return null;
    }

    private static bool Run(ITypeFormatter formatter, object value, StringWriter writer, int depth)
    {
        try
        {
            if (++_nesting > NestingLimit)
                throw new InvalidOperationException("It writes its own value by way of the kernel, without end.");
            using var context = new FormatContext(writer, depth);
            return formatter.Format(value, context);
        }
        catch (Exception e) when (e is not (FormatterException or OperationCanceledException))
        {
            throw new FormatterException(formatter.Type, formatter.MimeType, e);
        }
        finally
        {
            _nesting--;
        }
    }
}

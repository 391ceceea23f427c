using CSharpKernel.Dialect;
using CSharpKernel.Display;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>How the notebook's values are shown. What is set here holds for the notebook until its kernel restarts.</summary>
public static class Formatter
{
    /// <summary>How many items of a sequence are shown.</summary>
    public static int ListExpansionLimit
    {
        get => Current.ListExpansionLimit;
        set => Current.ListExpansionLimit = ArgumentOutOfRangeExceptionIfNegative(value);
    }

    /// <summary>How deep objects within objects are shown.</summary>
    public static int RecursionLimit
    {
        get => Current.RecursionLimit;
        set => Current.RecursionLimit = ArgumentOutOfRangeExceptionIfNegative(value);
    }

    /// <summary>What is written for null.</summary>
    public static string NullString
    {
        get => Current.NullString;
        set => Current.NullString = value;
    }

    /// <summary>The MIME type of values for whose type no other is preferred. Plain text is sent beside it always.</summary>
    public static string DefaultMimeType
    {
        get => Current.DefaultMimeType;
        set => Current.DefaultMimeType = value;
    }

    internal static DisplayFormatter Current => Shown.Cell.Engine.Formatter;

    /// <summary>Forgets every registered formatter, preference and limit.</summary>
    public static void ResetToDefault() => Current.Reset();

    /// <summary>Sets in which MIME types values of a type are shown.</summary>
    /// <param name="type">The type; for generic ones also without arguments, such as <c>typeof(List&lt;&gt;)</c>.</param>
    /// <param name="preferredMimeTypes">The MIME types; none takes the preference back.</param>
    public static void SetPreferredMimeTypesFor(Type type, params string[] preferredMimeTypes) => Current.SetPreferredMimeTypes(type, preferredMimeTypes);

    /// <summary>In which MIME types values of a type are shown.</summary>
    /// <param name="type">The type; null for that of null.</param>
    public static IReadOnlyCollection<string> GetPreferredMimeTypesFor(Type? type) => Current.PreferredMimeTypes(type);

    /// <summary>Sets how values are written.</summary>
    /// <param name="formatter">The formatter, which names the type and the MIME type.</param>
    public static void Register(ITypeFormatter formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        Current.Register(formatter);
    }

    /// <summary>Sets how values of a type are written.</summary>
    /// <typeparam name="T">The type; those derived from it are meant too.</typeparam>
    /// <param name="formatter">Writes a value; returns whether it did.</param>
    /// <param name="mimeType">The MIME type.</param>
    public static void Register<T>(FormatDelegate<T> formatter, string mimeType = PlainTextFormatter.MimeType)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        Current.Register(new DelegateFormatter(typeof(T), mimeType, (value, context) => formatter((T)value, context)));
    }

    /// <summary>Sets how values of a type are written.</summary>
    /// <param name="type">The type; for generic ones also without arguments, such as <c>typeof(List&lt;&gt;)</c>.</param>
    /// <param name="formatter">Writes a value; returns whether it did.</param>
    /// <param name="mimeType">The MIME type.</param>
    public static void Register(Type type, FormatDelegate<object> formatter, string mimeType = PlainTextFormatter.MimeType)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        Current.Register(new DelegateFormatter(type, mimeType, (value, context) => formatter(value, context)));
    }

    /// <summary>Sets how values of a type are written.</summary>
    /// <param name="type">The type; for generic ones also without arguments, such as <c>typeof(List&lt;&gt;)</c>.</param>
    /// <param name="formatter">Writes a value.</param>
    /// <param name="mimeType">The MIME type.</param>
    public static void Register(Type type, Action<object, TextWriter> formatter, string mimeType = PlainTextFormatter.MimeType)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        Register(type, (value, context) =>
        {
            formatter(value, context.Writer);
            return true;
        }, mimeType);
    }

    /// <summary>Sets how values of a type are written.</summary>
    /// <typeparam name="T">The type; those derived from it are meant too.</typeparam>
    /// <param name="formatter">Writes a value.</param>
    /// <param name="mimeType">The MIME type.</param>
    public static void Register<T>(Action<T, TextWriter> formatter, string mimeType = PlainTextFormatter.MimeType)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        Register(typeof(T), (value, writer) => formatter((T)value, writer), mimeType);
    }

    /// <summary>Sets how values of a type are written.</summary>
    /// <typeparam name="T">The type; those derived from it are meant too.</typeparam>
    /// <param name="formatter">The text of a value.</param>
    /// <param name="mimeType">The MIME type.</param>
    public static void Register<T>(Func<T, string> formatter, string mimeType = PlainTextFormatter.MimeType)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        Register(typeof(T), (value, writer) => writer.Write(formatter((T)value)), mimeType);
    }

    /// <summary>The formatters that the notebook registered, the latest first.</summary>
    /// <param name="includeDefaults">Has no effect: the kernel's own ways of writing are not formatters of types.</param>
    public static IEnumerable<ITypeFormatter> RegisteredFormatters(bool includeDefaults = true) => Current.Registered;

    /// <summary>What writes values of a type in a MIME type.</summary>
    /// <param name="actualType">The type.</param>
    /// <param name="mimeType">The MIME type.</param>
    public static ITypeFormatter GetPreferredFormatterFor(Type actualType, string mimeType)
    {
        var formatter = Current;
        return formatter.FindRegistered(actualType, mimeType) is [var registered, ..]
            ? registered
            : new DelegateFormatter(actualType, mimeType, (value, context) =>
            {
                context.Writer.Write(formatter.Write(value, mimeType, context.Depth));
                return true;
            });
    }

    /// <summary>Writes a value as it would be shown.</summary>
    /// <param name="obj">The value.</param>
    /// <param name="mimeType">The MIME type.</param>
    public static string ToDisplayString(this object? obj, string mimeType = PlainTextFormatter.MimeType) => Current.Write(obj, mimeType, 0);

    /// <summary>Writes a value with a formatter of one's choice.</summary>
    /// <param name="obj">The value.</param>
    /// <param name="formatter">The formatter.</param>
    public static string ToDisplayString(this object obj, ITypeFormatter formatter)
    {
        using var writer = new StringWriter();
        formatter.Format(obj, writer);
        return writer.ToString();
    }

    /// <summary>Writes a value with a formatter of one's choice.</summary>
    /// <param name="formatter">The formatter.</param>
    /// <param name="instance">The value.</param>
    /// <param name="writer">Where to.</param>
    public static void Format(this ITypeFormatter formatter, object instance, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        using var context = new FormatContext(writer);
        formatter.Format(instance, context);
    }

    /// <summary>Writes a value inside of another one's formatter.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="obj">The value.</param>
    /// <param name="context">Where to.</param>
    /// <param name="mimeType">The MIME type.</param>
    public static void FormatTo<T>(this T obj, FormatContext context, string mimeType = PlainTextFormatter.MimeType)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Writer.Write(Current.Write(obj, mimeType, context.Depth + 1));
    }

    private static int ArgumentOutOfRangeExceptionIfNegative(int value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        return value;
    }
}

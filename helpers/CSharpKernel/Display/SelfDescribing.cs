using System.Collections.Concurrent;
using System.Reflection;
using CSharpKernel.Display.Foreign;

namespace CSharpKernel.Display;

/// <summary>
/// Values that know how to be shown. A library says so without referencing this kernel: by a public method
/// <c>IReadOnlyDictionary&lt;string, object&gt; ToDisplayBundle()</c> of MIME types and contents.
/// </summary>
internal static class SelfDescribing
{
    private static readonly ConcurrentDictionary<Type, MethodInfo?> Methods = new();

    /// <summary>Whether values of a type do not describe themselves.</summary>
    public static bool IsPlain(Type type) => Method(type) is null && !PlotlyChart.Is(type) && !ForeignImage.Is(type) && !ConsoleDrawing.Is(type);

    /// <summary>Reads a value's own forms.</summary>
    /// <returns>Null when the value does not describe itself.</returns>
    public static DisplayBundle? TryRead(object value)
    {
        if (PlotlyChart.TryRead(value) is { } chart)
            return chart;
        if (ForeignImage.TryRead(value) is { } image)
            return image;
        if (ConsoleDrawing.TryRead(value) is { } drawing)
            return drawing;
        if (Method(value.GetType()) is not { } method)
            return null;
        var data = (IReadOnlyDictionary<string, object>)method.Invoke(value, BindingFlags.DoNotWrapExceptions, null, null, null)!;
        if (data.ContainsKey(MimeTypes.Plain))
            return new DisplayBundle(data);
        return new DisplayBundle(new Dictionary<string, object>(data) { [MimeTypes.Plain] = TypeNames.Of(value.GetType()) });
    }

    private static MethodInfo? Method(Type type) => Methods.GetOrAdd(type, static key =>
        key.GetMethod("ToDisplayBundle", BindingFlags.Instance | BindingFlags.Public, []) is { } found
        && typeof(IReadOnlyDictionary<string, object>).IsAssignableFrom(found.ReturnType) ? found : null);
}

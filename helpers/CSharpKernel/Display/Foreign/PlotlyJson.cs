using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json.Nodes;

namespace CSharpKernel.Display.Foreign;

/// <summary>
/// Writes a chart of Plotly.NET as JSON. The library does this by Newtonsoft.Json's way for dynamic objects, which compiles code for
/// every property of every object each time: most of a second for the first chart. Its objects are dictionaries, and are read as such.
/// </summary>
internal sealed class PlotlyJson
{
    private const string DynamicType = "DynamicObj.DynamicObj";

    private readonly ConcurrentDictionary<Type, PropertyInfo[]> _declared = new();
    private readonly MethodInfo _toFigure;
    private readonly Func<object, string> _serialize;

    private PlotlyJson(MethodInfo toFigure, Func<object, string> serialize)
    {
        _toFigure = toFigure;
        _serialize = serialize;
    }

    /// <summary>Finds what is needed of the library.</summary>
    /// <param name="chart">The type of charts.</param>
    /// <returns>Null when this version of the library is built otherwise.</returns>
    public static PlotlyJson? TryCreate(Type chart)
    {
        const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        var newtonsoft = chart.Assembly.GetReferencedAssemblies().FirstOrDefault(name => name.Name == "Newtonsoft.Json");
        if (newtonsoft is null || chart.GetMethod("toFigure", Static) is not { } toFigure
            || chart.Assembly.GetType("Globals")?.GetProperty("JSON_CONFIG", Static) is not { } settings)
            return null;
        var convert = AssemblyLoadContext.GetLoadContext(chart.Assembly)!.LoadFromAssemblyName(newtonsoft).GetType("Newtonsoft.Json.JsonConvert");
        return convert?.GetMethod("SerializeObject", [typeof(object), settings.PropertyType]) is { } serialize
            ? new PlotlyJson(toFigure, value => (string)serialize.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [value, settings.GetValue(null)], null)!)
            : null;
    }

    /// <summary>The JSON of a chart.</summary>
    public JsonObject Write(object chart)
    {
        var figure = _toFigure.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [chart], null)!;
        object? Part(string name) => figure.GetType().GetProperty(name)?.GetValue(figure);
        return new JsonObject { ["data"] = Node(Part("Data")), ["layout"] = Node(Part("Layout")), ["frames"] = Node(Part("Frames")) };
    }

    private JsonNode? Node(object? value) => value switch
    {
        null => null,
        string text => JsonValue.Create(text),
        bool flag => JsonValue.Create(flag),
        int number => JsonValue.Create(number),
        double number when double.IsFinite(number) => JsonValue.Create(number),
        // Of a chart's other values most by far, a template has a hundred; the library would take a tenth of a second for the first.
        _ when Color(value) is { } color => Node(color),
        _ when Properties(value) is { } properties => new JsonObject(properties.Select(property => KeyValuePair.Create(property.Key, Node(property.Value)))),
        IEnumerable items when !Entries.Has(value) && value.GetType().Namespace?.StartsWith("Newtonsoft", StringComparison.Ordinal) != true => new JsonArray([.. items.Cast<object?>().Select(Node)]),
        _ => Leaf(value),
    };

    private static object? Color(object value)
    {
        var type = value.GetType();
        if (type.FullName == "Plotly.NET.Color")
            return type.GetProperty("Value")?.GetValue(value);
        return type.FullName == "Plotly.NET.ARGB" && Part("R") is { } red && Part("G") is { } green && Part("B") is { } blue && Part("A") is { } alpha
            ? string.Create(CultureInfo.InvariantCulture, $"rgba({red}, {green}, {blue}, {alpha / 255.0:0.0##})")
            : null;

        byte? Part(string name) => type.GetProperty(name)?.GetValue(value) as byte?;
    }

    private JsonNode? Leaf(object value) => JsonNode.Parse(_serialize(value));

    private IEnumerable<KeyValuePair<string, object?>>? Properties(object value)
    {
        for (var type = value.GetType(); type is not null; type = type.BaseType)
            if (type.FullName == DynamicType)
            {
                var dynamic = (IDictionary)type.GetProperty("Properties")!.GetValue(value)!;
                return Declared(value.GetType())
                    .Select(property => KeyValuePair.Create(property.Name, property.GetValue(value)))
                    .Concat(dynamic.Keys.Cast<string>().Select(name => KeyValuePair.Create(name, dynamic[name])));
            }

        return null;
    }

    private PropertyInfo[] Declared(Type type) => _declared.GetOrAdd(type, static key =>
        [.. key.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(property => property.DeclaringType?.FullName != DynamicType && property.GetIndexParameters().Length == 0)]);
}

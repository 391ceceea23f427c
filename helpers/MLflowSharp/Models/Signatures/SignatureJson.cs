using System.Text.Json;
using System.Text.Json.Nodes;
using MLflowSharp.Values;

namespace MLflowSharp;

/// <summary>The JSON texts in which the file <c>MLmodel</c> keeps a signature.</summary>
internal static class SignatureJson
{
    public static string Write(IEnumerable<FieldSpec> fields) => new JsonArray([.. fields.Select(ToNode)]).ToJsonString();

    public static string Write(IEnumerable<ParamSpec> parameters) => new JsonArray([.. parameters.Select(ToNode)]).ToJsonString();

    /// <summary>Reads a signature.</summary>
    /// <param name="signature">The map of that name in the file <c>MLmodel</c>.</param>
    /// <returns>Null when it says nothing of inputs.</returns>
    /// <exception cref="MlflowException">DATA_LOSS when it is not a signature.</exception>
    public static ModelSignature? Read(JsonObject signature)
    {
        try
        {
            var parameters = List(signature["params"])?.Select(ToParam).ToList();
            return List(signature["inputs"])?.Select(ToField).ToList() is { } inputs
                ? new ModelSignature(inputs, List(signature["outputs"])?.Select(ToField).ToList(), parameters)
                : parameters is null ? null : new ModelSignature([], null, parameters);
        }
        catch (Exception damage) when (damage is JsonException or InvalidOperationException or FormatException or NullReferenceException or KeyNotFoundException)
        {
            throw new MlflowException($"The signature in the file {Model.FileName} cannot be read: {damage.Message}", ErrorCode.DataLoss, damage);
        }
    }

    /// <summary>A list that is JSON text, as MLflow writes it.</summary>
    private static JsonArray? List(JsonNode? node) => node is null ? null : (node is JsonValue text ? JsonNode.Parse(text.GetValue<string>()) : node)?.AsArray();

    private static JsonNode ToNode(FieldSpec field)
    {
        JsonObject node;
        if (field is TensorSpec tensor)
        {
            node = new()
            {
                ["type"] = "tensor",
                ["tensor-spec"] = new JsonObject { ["dtype"] = tensor.DataType, ["shape"] = new JsonArray([.. tensor.Shape.Select(size => (JsonNode)size)]) },
            };
        }
        else
        {
            var column = (ColSpec)field;
            node = column.Parts?.DeepClone().AsObject() ?? new() { ["type"] = column.Type };
            node["required"] = column.Required;
        }

        if (field.Name is not null)
            node["name"] = field.Name;
        return node;
    }

    private static JsonNode ToNode(ParamSpec parameter) => new JsonObject
    {
        ["name"] = parameter.Name,
        ["default"] = ToValue(parameter.Default),
        ["shape"] = parameter.Shape is { } shape ? new JsonArray([.. shape.Select(size => (JsonNode)size)]) : null,
        ["type"] = parameter.Type,
    };

    private static JsonNode? ToValue(object? value) => ObjectTree.Of(value) switch
    {
        null => null,
        string text => text,
        bool truth => truth,
        long whole => whole,
        double number => number,
        IEnumerable<object?> list => new JsonArray([.. list.Select(ToValue)]),
        var other => throw MlflowException.Invalid($"A parameter of a model cannot be a {other.GetType().Name}; give a text, a number, a truth value or a list of these."),
    };

    private static FieldSpec ToField(JsonNode? node)
    {
        var field = node!.AsObject();
        var name = field["name"]?.ToString();
        var type = field["type"]!.GetValue<string>();
        if (type == "tensor")
        {
            var spec = field["tensor-spec"]!;
            return new TensorSpec(spec["dtype"]!.GetValue<string>(), [.. spec["shape"]!.AsArray().Select(size => size!.GetValue<long>())], name);
        }

        // MLflow 1 and early 2 wrote "optional" instead of "required".
        var required = field["required"]?.GetValue<bool>() ?? !(field["optional"]?.GetValue<bool>() ?? false);
        return new ColSpec(type, name, required) { Parts = ColumnTypes.ElementOf(type) is null ? Parts(field) : null };
    }

    private static JsonObject Parts(JsonObject field)
    {
        var parts = field.DeepClone().AsObject();
        parts.Remove("name");
        parts.Remove("required");
        return parts;
    }

    private static ParamSpec ToParam(JsonNode? node) => new(
        node!["name"]!.GetValue<string>(),
        (node["type"] ?? node["dtype"])!.GetValue<string>(),
        ObjectTree.Of(node["default"]),
        node["shape"]?.AsArray().Select(size => size!.GetValue<long>()).ToList());
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MLflowSharp.Values;

namespace MLflowSharp;

/// <summary>
/// Data as the JSON that MLflow keeps beside a model (https://mlflow.org/docs/latest/ml/model/signatures/#input-examples): <c>input_example.json</c>,
/// and <c>serving_input_example.json</c>, which is the body of a request for a score.
/// </summary>
internal static class ModelExample
{
    /// <summary>What MLflow calls the kind of data.</summary>
    public static string TypeOf(ModelData data) => data.IsTable ? "dataframe" : "ndarray";

    public static string Write(ModelData data) => data.IsTable ? Split(data) : data.IsNamed ? ByName(data) : Nested(data.Tensor);

    public static string WriteServing(ModelData data) => data.IsTable ? $$"""{"dataframe_split":{{Split(data)}}}""" : $$"""{"inputs":{{Write(data)}}}""";

    /// <summary>Reads an example of any version of MLflow; null when there is none, or of a kind that .NET's models do not take.</summary>
    /// <param name="directory">The model's folder.</param>
    /// <param name="description">What its file <c>MLmodel</c> says.</param>
    public static ModelData? Read(string directory, Model description)
    {
        var file = Path.Combine(directory, Model.ExampleFile);
        if (description.InputExampleType is not ("ndarray" or "dataframe") || !File.Exists(file))
            return null;
        var fields = description.Signature?.Inputs ?? [];
        try
        {
            return Parse(JsonNode.Parse(File.ReadAllText(file)), fields);
        }
        catch (Exception damage) when (damage is JsonException or InvalidOperationException or ArgumentException or MlflowException)
        {
            throw new MlflowException($"The input example {file} cannot be read: {damage.Message}", ErrorCode.DataLoss, damage);
        }
    }

    private static ModelData? Parse(JsonNode? example, IReadOnlyList<FieldSpec> fields)
    {
        switch (example)
        {
            case JsonObject split when split["columns"] is JsonArray columns && split["data"] is JsonArray rows:
                return ModelData.Of(columns.Select((name, index) => KeyValuePair.Create(name!.ToString(), Tensor(new JsonArray([.. rows.Select(row => row![index]?.DeepClone())]), Field(name.ToString(), index)))));
            case JsonObject { Count: 1 } serving when serving["inputs"] is { } inputs:
                return Of(inputs);
            case { } other:
                return Of(other);
            default:
                return null;
        }

        ModelData Of(JsonNode node) => node is JsonObject named
            ? ModelData.Of(named.Select((item, index) => KeyValuePair.Create(item.Key, Tensor(item.Value!, Field(item.Key, index)))))
            : ModelData.Of(Tensor(node, Field(null, 0)));

        FieldSpec? Field(string? name, int index) => fields.FirstOrDefault(field => field.Name == name) ?? fields.ElementAtOrDefault(index);
    }

    /// <summary>A tensor of nested lists, of the type that the signature says, else of the one that Python would take them for.</summary>
    private static ModelTensor Tensor(JsonNode node, FieldSpec? field)
    {
        var shape = new List<long>();
        for (var level = node; level is JsonArray list; level = list[0])
        {
            shape.Add(list.Count);
            if (list.Count == 0)
                break;
        }

        var values = ArrayTensors.OfList(Values(node).Select(ObjectTree.Of).ToList());
        var type = field switch
        {
            TensorSpec tensor => TensorTypes.Plain(tensor.DataType),
            ColSpec column => ColumnTypes.ElementOf(column.Type),
            _ => null,
        };
        var isNumber = TensorTypes.IsWhole(values.DataType) || TensorTypes.IsFloat(values.DataType);
        return (type is not null && isNumber && (TensorTypes.IsWhole(type) || TensorTypes.IsFloat(type)) ? TensorCasts.Convert(values, type) : values).WithShape([.. shape]);
    }

    private static IEnumerable<JsonNode?> Values(JsonNode? node) => node is JsonArray list ? list.SelectMany(Values) : [node];

    private static string Split(ModelData table)
    {
        var text = new StringBuilder("{\"columns\":[").AppendJoin(',', table.Names.Select(name => JsonSerializer.Serialize(name, ExampleJson.Default.String))).Append("],\"data\":[");
        for (var row = 0; row < table.RowCount; row++)
            text.Append(row == 0 ? "[" : ",[").AppendJoin(',', table.Select(column => Value(column.Value, row))).Append(']');
        return text.Append("]}").ToString();
    }

    private static string ByName(ModelData data) =>
        $"{{{string.Join(',', data.Select(tensor => $"{JsonSerializer.Serialize(tensor.Key, ExampleJson.Default.String)}:{Nested(tensor.Value)}"))}}}";

    /// <summary>Lists within lists, as NumPy writes an array of this shape.</summary>
    private static string Nested(ModelTensor tensor)
    {
        if (tensor.Shape.Count == 0)
            return Value(tensor, 0);
        var text = new StringBuilder();
        Append(0, 0, tensor.Count);
        return text.ToString();

        void Append(int dimension, int from, int count)
        {
            text.Append('[');
            var size = (int)tensor.Shape[dimension];
            for (var index = 0; index < size; index++)
            {
                if (index > 0)
                    text.Append(',');
                if (dimension == tensor.Shape.Count - 1)
                    text.Append(Value(tensor, from + index));
                else
                    Append(dimension + 1, from + (index * (count / size)), count / size);
            }

            text.Append(']');
        }
    }

    /// <summary>A value; floats always with a point or an exponent, because Python reads whole numbers as integers, which a model of floats refuses.</summary>
    private static string Value(ModelTensor tensor, int index) => tensor switch
    {
        ModelTensor<float> values => Number(values[index]),
        ModelTensor<double> values => Number(values[index]),
        ModelTensor<Half> values => Number((float)values[index]),
        _ => tensor.ValueAt(index) switch
        {
            null => "null",
            bool truth => truth ? "true" : "false",
            string text => JsonSerializer.Serialize(text, ExampleJson.Default.String),
            var number => Convert.ToString(number, CultureInfo.InvariantCulture)!,
        },
    };

    private static string Number<T>(T value)
        where T : System.Numerics.IFloatingPoint<T>
    {
        if (!T.IsFinite(value))
            return "null";
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0";
    }
}

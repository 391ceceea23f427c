using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MLflowSharp.Server.Scoring.Reading;

/// <summary>
/// Reads the bodies that MLflow's scoring server takes (https://mlflow.org/docs/latest/ml/deployment/deploy-model-locally/), in the types
/// that a model takes: <c>inputs</c>, <c>instances</c>, <c>dataframe_split</c>, <c>dataframe_records</c>, and CSV.
/// </summary>
/// <param name="inputs">What the model takes; none when it does not say.</param>
internal sealed class InvocationReader(IReadOnlyList<FieldSpec> inputs)
{
    private static readonly string[] Formats = ["inputs", "instances", "dataframe_split", "dataframe_records"];

    /// <summary>The type of a tensor's or a column's elements under NumPy's name.</summary>
    public static string ElementOf(FieldSpec spec) => spec switch
    {
        TensorSpec tensor => tensor.DataType is "object" ? "str" : tensor.DataType,
        ColSpec { Type: "boolean" } => "bool",
        ColSpec { Type: "integer" } => "int32",
        ColSpec { Type: "long" } => "int64",
        ColSpec { Type: "float" } => "float32",
        ColSpec { Type: "double" } => "float64",
        ColSpec { Type: "string" } => "str",
        _ => ((ColSpec)spec).Type,
    };

    /// <summary>Reads CSV.</summary>
    /// <exception cref="MlflowException">BAD_REQUEST when it is none, or holds other values than the model takes.</exception>
    public Invocation ReadCsv(ReadOnlySpan<byte> csv)
    {
        var target = FrameTarget.Create(inputs);
        CsvReader.Read(csv, target);
        return new(target.Build(), IsFrame: true);
    }

    /// <summary>Reads JSON.</summary>
    /// <exception cref="MlflowException">BAD_REQUEST when it is none, or holds other values than the model takes.</exception>
    public Invocation ReadJson(ReadOnlySpan<byte> body)
    {
        var json = new JsonCursor(body);
        if (json.Peek() == '[')
            throw Invalid($"{Required}. Received a list.");
        json.Take('{');
        var given = new List<string>();
        Invocation? invocation = null;
        JsonObject? parameters = null;
        if (!json.TryTake('}'))
        {
            do
            {
                var key = json.TakeText();
                json.Take(':');
                if (key == "params")
                    parameters = ReadParams(ref json, body);
                else if (!Formats.Contains(key))
                    json.Skip();
                else if (given.Count == 0)
                    invocation = ReadData(key, ref json);
                else
                    json.Skip();
                if (Formats.Contains(key))
                    given.Add(key);
            }
            while (json.HasNext('}'));
        }

        json.End();
        return given.Count == 1
            ? invocation! with { Params = parameters }
            : throw new MlflowException($"{Required}. Received dictionary with input fields: [{string.Join(", ", given.Select(name => $"'{name}'"))}].", ErrorCode.BadRequest);
    }

    private static string Required => $"The input must be a JSON dictionary with exactly one of the input fields {string.Join(", ", Formats)}";

    private Invocation ReadData(string format, ref JsonCursor json)
    {
        if (format is "inputs" or "instances")
            return new(format == "inputs" ? ReadInputs(ref json) : ReadInstances(ref json), IsFrame: false);
        var target = FrameTarget.Create(inputs);
        if (format == "dataframe_split")
            FrameReader.ReadSplit(ref json, target);
        else
            FrameReader.ReadRecords(ref json, target);
        return new(target.Build(), IsFrame: true);
    }

    /// <summary>Tensors or columns by name, or the only tensor.</summary>
    private ModelData ReadInputs(ref JsonCursor json)
    {
        if (json.Peek() != '{')
            return ReadRows(ref json);
        RequireNames(ErrorCode.BadRequest);
        var tensors = new List<KeyValuePair<string, ModelTensor>>();
        json.Take('{');
        if (!json.TryTake('}'))
        {
            do
            {
                var name = json.TakeText();
                json.Take(':');
                if (inputs.FirstOrDefault(input => input.Name == name) is { } spec)
                    tensors.Add(new(name, ReadTensor(ref json, spec)));
                else
                    json.Skip();
            }
            while (json.HasNext('}'));
        }

        return ModelData.Of(tensors);
    }

    /// <summary>Row by row: objects with a value for each tensor or column, or rows of the only tensor.</summary>
    private ModelData ReadInstances(ref JsonCursor json)
    {
        var start = json.Position;
        json.Take('[');
        var areObjects = json.Peek() == '{';
        json.Position = start;
        if (!areObjects)
            return ReadRows(ref json);
        RequireNames(ErrorCode.InvalidParameterValue);
        var target = FrameTarget.Create(inputs);
        FrameReader.ReadRecords(ref json, target);
        return target.Build();
    }

    private ModelData ReadRows(ref JsonCursor json)
    {
        switch (inputs)
        {
            case []:
                return ReadTensor(ref json, new TensorSpec("float64", [-1]));
            case [TensorSpec only]:
                var tensor = ReadTensor(ref json, only);
                return only.Name is null ? tensor : ModelData.Of([KeyValuePair.Create(only.Name, tensor)]);
            case [TensorSpec, ..]:
                throw Invalid($"The model takes several tensors; give a dictionary with one for each of {string.Join(", ", inputs.Select(input => input.Name))}.");
            default:
                var target = FrameTarget.Create(inputs);
                // Rows without names go by the order of the model's columns.
                foreach (var column in inputs)
                    target.AddColumn(column.Name);
                FrameReader.ReadRows(ref json, target);
                return target.Build();
        }
    }

    private static ModelTensor ReadTensor(ref JsonCursor json, FieldSpec spec)
    {
        var builder = TensorBuilder.Create(ElementOf(spec));
        builder.ReadWhole(ref json);
        return builder.Build();
    }

    /// <summary>Refuses names where the model has none; MLflow has a code for each of the two formats.</summary>
    private void RequireNames(ErrorCode code)
    {
        if (inputs is [] or [TensorSpec { Name: null }])
        {
            throw new MlflowException(
                "Invalid input. This model contains an un-named model signature which expects a single n-dimensional array or a single value as input, however, a dictionary was found.", code);
        }
    }

    private static JsonObject? ReadParams(ref JsonCursor json, ReadOnlySpan<byte> body)
    {
        json.Peek();
        var start = json.Position;
        json.Skip();
        try
        {
            return JsonNode.Parse(Encoding.UTF8.GetString(body[start..json.Position])) switch
            {
                null => null,
                JsonObject parameters => parameters,
                _ => throw new MlflowException("Parameters must be a dictionary.", ErrorCode.InvalidParameterValue),
            };
        }
        catch (JsonException)
        {
            throw Invalid("The field params is not valid JSON.");
        }
    }

    private static MlflowException Invalid(string message) => new($"Invalid input. {message}", ErrorCode.BadRequest);
}

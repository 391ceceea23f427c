using System.Text.Json.Nodes;

namespace MLflowSharp;

/// <summary>
/// The description of a saved model, the file <c>MLmodel</c> beside it (https://mlflow.org/docs/latest/ml/model/#mlmodel-file): in which
/// flavors it can be loaded, and what it takes and gives. The form is that of MLflow 2.22, which every later version reads; a logged model's is that of MLflow 3.
/// </summary>
public sealed partial record Model
{
    /// <summary>The name of the file that holds the description.</summary>
    public const string FileName = "MLmodel";

    internal const string ExampleFile = "input_example.json";
    internal const string ServingExampleFile = "serving_input_example.json";

    /// <summary>The version of MLflow whose form this is.</summary>
    public const string FormatVersion = "2.22.5";

    /// <summary>The version of MLflow whose form a logged model has.</summary>
    public const string LoggedModelFormatVersion = "3.3.2";

    /// <summary>The model's folder among the run's artifacts, such as <c>model</c>; of a logged model, where its files are.</summary>
    public required string ArtifactPath { get; init; }

    /// <summary>The logged model's identifier, <c>m-…</c>; null when the model lies among the run's artifacts.</summary>
    public string? ModelId { get; init; }

    /// <summary>The flavors by name, each with its settings: text, whole numbers, truth values, null, and lists and maps of these.</summary>
    public required JsonObject Flavors { get; init; }

    /// <summary>The run that made the model; null when it is saved outside any run.</summary>
    public string? RunId { get; init; }

    /// <summary>Where MLflow finds the model, <c>models:/m-…</c> or such as <c>runs:/1f…/model</c>; null when it is saved outside any run.</summary>
    public string? ModelUri => ModelId is not null ? $"models:/{ModelId}" : RunId is not null ? $"runs:/{RunId}/{ArtifactPath}" : null;

    /// <summary>What the model takes and gives; null when not known.</summary>
    public ModelSignature? Signature { get; init; }

    /// <summary>The kind of the input example beside the model, <c>ndarray</c>, <c>dataframe</c> or another; null when there is none.</summary>
    public string? InputExampleType { get; init; }

    /// <summary>What the model's makers want to say of it; null when nothing.</summary>
    public JsonObject? Metadata { get; init; }

    /// <summary>The smallest and largest values of the data that the signature was inferred from; they stand in <see cref="Metadata"/>. Empty when not known.</summary>
    public IReadOnlyList<InputRange> InputRanges => InputRange.Read(Metadata);

    /// <summary>The version of MLflow that wrote the description, or whose form it has.</summary>
    public string MlflowVersion { get => field ?? (ModelId is null ? FormatVersion : LoggedModelFormatVersion); init; }

    /// <summary>The size of the model's own files in bytes.</summary>
    public long SizeBytes { get; init; }

    /// <summary>The model's identity, 32 hexadecimal digits.</summary>
    public string Uuid { get; init; } = Guid.NewGuid().ToString("N");

    /// <summary>When the model was made.</summary>
    public required DateTimeOffset TimeCreated { get; init; }

    /// <summary>Gives the description as JSON, with the names of the file <c>MLmodel</c>.</summary>
    public JsonObject ToJson()
    {
        var model = new JsonObject
        {
            ["artifact_path"] = ArtifactPath,
            ["flavors"] = Flavors.DeepClone(),
        };
        if (ModelId is not null)
            model["is_signature_from_type_hint"] = false;

        if (Metadata is not null)
            model["metadata"] = Metadata.DeepClone();

        model["mlflow_version"] = MlflowVersion;
        if (ModelId is not null)
            model["model_id"] = ModelId;

        model["model_size_bytes"] = SizeBytes;
        model["model_uuid"] = ModelId ?? Uuid;
        if (ModelId is not null)
            model["prompts"] = null;

        if (RunId is not null)
            model["run_id"] = RunId;

        if (InputExampleType is not null)
        {
            var example = new JsonObject { ["artifact_path"] = ExampleFile };
            if (InputExampleType == "dataframe")
                example["pandas_orient"] = "split";
            example["serving_input_path"] = ServingExampleFile;
            example["type"] = InputExampleType;
            model["saved_input_example_info"] = example;
        }

        if (Signature is { } signature)
        {
            model["signature"] = new JsonObject
            {
                ["inputs"] = signature.Inputs.Count > 0 ? ModelSignature.ToJson(signature.Inputs) : null,
                ["outputs"] = signature.Outputs is { } outputs ? ModelSignature.ToJson(outputs) : null,
                ["params"] = signature.Params is { } parameters ? SignatureJson.Write(parameters) : null,
            };
        }

        if (ModelId is not null)
            model["type_hint_from_example"] = false;

        model["utc_time_created"] = TimeCreated.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", System.Globalization.CultureInfo.InvariantCulture);
        return model;
    }

    /// <summary>Gives the description as YAML, the form of the file <c>MLmodel</c>.</summary>
    public string ToYaml() => ModelYaml.Write(ToJson());

    /// <summary>What MLflow keeps of a model in the tag <c>mlflow.log-model.history</c> of its run.</summary>
    internal JsonObject ToHistoryEntry()
    {
        var description = ToJson();
        var entry = new JsonObject();
        foreach (var key in new[] { "run_id", "artifact_path", "utc_time_created", "model_uuid", "flavors" })
            entry[key] = description[key]?.DeepClone();

        return entry;
    }
}

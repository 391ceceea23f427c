using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;

namespace MLflowSharp;

public sealed partial record Model
{
    /// <summary>Reads the file <c>MLmodel</c> of a folder, of any version of MLflow.</summary>
    /// <param name="directory">The folder.</param>
    /// <exception cref="MlflowException">RESOURCE_DOES_NOT_EXIST when there is no such file; DATA_LOSS when it is not a description of a model.</exception>
    public static Model Load(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        var file = Path.Combine(directory, FileName);
        return File.Exists(file)
            ? Parse(File.ReadAllText(file), file)
            : throw MlflowException.Missing($"There is no model in '{directory}': no file {FileName}. Give the folder that has it.");
    }

    /// <summary>Reads a description as the file <c>MLmodel</c> has it. What this version of the client does not know is left out.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="source">Where it is from, for messages.</param>
    /// <exception cref="MlflowException">DATA_LOSS when it is not a description of a model.</exception>
    public static Model Parse(string yaml, string source = FileName)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        JsonObject map;
        try
        {
            map = ModelYaml.Read(yaml);
        }
        catch (YamlException damage)
        {
            throw Damaged(source, damage.Message.ReplaceLineEndings(" "), damage);
        }

        return new()
        {
            ArtifactPath = Text(map["artifact_path"]) ?? "",
            Flavors = map["flavors"] is JsonObject { Count: > 0 } flavors ? flavors.DeepClone().AsObject() : throw Damaged(source, "it has no flavors", null),
            RunId = Text(map["run_id"]),
            ModelId = Text(map["model_id"]),
            Uuid = Text(map["model_uuid"]) ?? "",
            Signature = map["signature"] is JsonObject signature ? SignatureJson.Read(signature) : null,
            InputExampleType = Text(map["saved_input_example_info"]?["type"]),
            Metadata = map["metadata"] is JsonObject metadata ? metadata.DeepClone().AsObject() : null,
            MlflowVersion = Text(map["mlflow_version"]) ?? "",
            SizeBytes = map["model_size_bytes"] is JsonValue size && long.TryParse(size.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : 0,
            TimeCreated = DateTimeOffset.TryParse(Text(map["utc_time_created"]), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : default,
        };
    }

    private static string? Text(JsonNode? node) => node is JsonValue value ? value.ToString() : null;

    private static MlflowException Damaged(string source, string why, Exception? cause) =>
        new($"'{source}' is not a description of a model: {why}. Log the model again, or copy the file from where it is whole.", ErrorCode.DataLoss, cause);
}

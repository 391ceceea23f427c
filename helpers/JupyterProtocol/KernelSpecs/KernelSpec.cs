using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using JupyterProtocol.Connections;

namespace JupyterProtocol.KernelSpecs;

/// <summary>How to start a kernel: the content of a <c>kernel.json</c> (https://jupyter-client.readthedocs.io/en/stable/kernels.html#kernel-specs).</summary>
public sealed record KernelSpec
{
    /// <summary>What stands for the kernelspec's own folder in a command line: with it, a kernelspec can be moved with its kernel.</summary>
    public const string ResourceDirectory = "{resource_dir}";

    // Source-generated JSON gives a missing init property null instead of its initial value, hence the ?? in the setters.
    /// <summary>The command line; <c>{connection_file}</c> and <c>{resource_dir}</c> are replaced at start.</summary>
    [JsonPropertyName("argv")]
    public required IReadOnlyList<string> Argv { get; init; }

    /// <summary>The name people see.</summary>
    [JsonPropertyName("display_name")]
    public required string DisplayName { get; init; }

    /// <summary>The language, such as <c>C#</c>.</summary>
    [JsonPropertyName("language")]
    public required string Language { get; init; }

    /// <summary><c>signal</c> (the default) or <c>message</c>: how a running cell is interrupted.</summary>
    [JsonPropertyName("interrupt_mode")]
    public string InterruptMode { get; init => field = value ?? "signal"; } = "signal";

    /// <summary>Environment variables for the kernel.</summary>
    [JsonPropertyName("env")]
    public IReadOnlyDictionary<string, string> Environment { get; init => field = value ?? new Dictionary<string, string>(); } = new Dictionary<string, string>();

    /// <summary>Free data about the kernel.</summary>
    [JsonPropertyName("metadata")]
    public JsonObject? Metadata { get; init; }

    /// <summary>Whether the kernel can encrypt its sockets: <c>supported_encryption</c> in its metadata is, or holds, <c>curve</c>.</summary>
    [JsonIgnore]
    public bool CanEncrypt => Metadata?["supported_encryption"] switch
    {
        JsonArray several => several.Any(IsCurve),
        var one => IsCurve(one),
    };

    /// <summary>Reads a <c>kernel.json</c>.</summary>
    /// <exception cref="JupyterProtocolException">The file cannot be read or is no kernelspec.</exception>
    public static KernelSpec Load(string path)
    {
        try
        {
            var spec = JsonSerializer.Deserialize(File.ReadAllBytes(path), JupyterFilesJsonContext.Default.KernelSpec)
                ?? throw new JsonException("it holds null");
            return spec.Argv.Count == 0 ? throw new JsonException("its argv is empty")
                : spec.Argv.Contains(null!) ? throw new JsonException("its argv holds null")
                : spec;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new JupyterProtocolException($"The kernelspec '{path}' cannot be used: {exception.Message} Install that kernel again.", exception);
        }
    }

    private static bool IsCurve(JsonNode? name) => name is JsonValue value && value.TryGetValue<string>(out var text) && text.Trim().Equals("curve", StringComparison.OrdinalIgnoreCase);

    /// <summary>Writes <c>kernel.json</c> into a folder, which is created.</summary>
    public void Save(string directory)
    {
        Directory.CreateDirectory(directory);
        File.WriteAllBytes(Path.Combine(directory, "kernel.json"), JsonSerializer.SerializeToUtf8Bytes(this, JupyterFilesJsonContext.Default.KernelSpec));
    }
}

namespace MLflowSharp.Tests.Models.Loading;

/// <summary>A flavor whose models give what they are given, and remember what that was.</summary>
internal sealed class EchoFlavor : IModelFlavor
{
    public const string FlavorName = "echo";

    public string Name => FlavorName;

    public EchoScorer Scorer { get; } = new();

    /// <summary>A folder's model of this flavor.</summary>
    public static LoadedModel Load(string folder, ModelSignature? signature, Action<string>? warn = null, params InputRange[] ranges)
    {
        Write(folder, signature, ranges);
        return LoadedModel.Load(folder, folder, null, warn ?? (_ => { }), release: null);
    }

    public static void Write(string folder, ModelSignature? signature, params InputRange[] ranges)
    {
        ModelFlavors.Register(new EchoFlavor());
        Directory.CreateDirectory(folder);
        var model = new Model
        {
            ArtifactPath = "model",
            Flavors = new() { [FlavorName] = new System.Text.Json.Nodes.JsonObject() },
            Signature = signature,
            Metadata = ranges.Length == 0 ? null : new() { ["input_ranges"] = new System.Text.Json.Nodes.JsonArray([.. ranges.Select(range => range.ToJson())]) },
            TimeCreated = DateTimeOffset.UnixEpoch,
        };
        File.WriteAllText(Path.Combine(folder, Model.FileName), model.ToYaml());
    }

    public IModelScorer Load(string directory, Model description) => new EchoScorer();
}

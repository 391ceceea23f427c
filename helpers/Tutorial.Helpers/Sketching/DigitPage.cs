using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MLflowSharp;

namespace Tutorial.Helpers;

/// <summary>A web page to draw digits on. Nothing in it comes from elsewhere.</summary>
public static class DigitPage
{
    /// <summary>The page with the networks in it: it works from a file, without a server and without .NET, so it can be sent to anyone.</summary>
    /// <param name="networks">ONNX models of dense layers by the name to show, such as <c>champion</c>; each takes 784 values between 0 and 1.</param>
    /// <exception cref="NotSupportedException">A model has other layers; the message names them.</exception>
    public static string WithNetworks(params IReadOnlyList<(string Name, byte[] Onnx)> networks)
    {
        ArgumentNullException.ThrowIfNull(networks);
        if (networks.Count == 0)
            throw new ArgumentException("The page needs at least one network.", nameof(networks));
        var models = new JsonArray([.. networks.Select(network => new JsonObject
        {
            ["name"] = network.Name,
            ["layers"] = new JsonArray([.. DenseLayers.Read(network.Onnx).Select(layer => new JsonObject
            {
                ["inputs"] = layer.Inputs,
                ["outputs"] = layer.Outputs,
                ["weights"] = Convert.ToBase64String(MemoryMarshal.AsBytes(layer.Weights.AsSpan())),
                ["bias"] = Convert.ToBase64String(MemoryMarshal.AsBytes(layer.Bias.AsSpan())),
                ["relu"] = layer.Relu,
            })]),
        })]);
        // The usual escaping keeps a name such as </script> from ending the script, but makes letters of base64 longer.
        return Fill(models.ToJsonString(new JsonSerializerOptions { Encoder = JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.BasicLatin) }).Replace("\\u002B", "+", StringComparison.Ordinal));
    }

    /// <summary>Writes the page with models of the registry or of runs in it.</summary>
    /// <param name="file">The page's file, such as <c>digits.html</c>.</param>
    /// <param name="models">Loaded models with an ONNX file by the name to show.</param>
    /// <exception cref="NotSupportedException">A model has no ONNX file, or other layers than dense ones.</exception>
    public static void Write(string file, params IReadOnlyList<(string Name, LoadedModel Model)> models)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        File.WriteAllText(file, WithNetworks([.. models.Select(model => (model.Name, OnnxOf(model.Model)))]));
    }

    private static byte[] OnnxOf(LoadedModel model)
    {
        var path = Path.Combine(model.Directory, "model.onnx");
        return File.Exists(path) ? File.ReadAllBytes(path) : throw new NotSupportedException($"{model.Uri} has no model.onnx. Log the network as ONNX (OnnxFlavor.LogModel), then write the page.");
    }

    private static string Fill(string models) => Resource("draw.html")
        .Replace("/*SCRIPTS*/", Resource("pad.js") + Resource("digits.js"), StringComparison.Ordinal)
        .Replace("/*MODELS*/[]", models, StringComparison.Ordinal);

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(DigitPage).Assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}

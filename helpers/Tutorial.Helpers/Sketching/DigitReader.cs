using System.Globalization;
using System.Net;
using System.Text;
using MLflowSharp;
using Tutorial.Helpers.Drawing;

namespace Tutorial.Helpers;

/// <summary>Reads drawn digits with one or several models, such as champion and challenger, and shows what they say side by side.</summary>
/// <param name="models">The models by the name to show; each takes 784 pixels between 0 and 1 in any shape, and gives ten values.</param>
public sealed class DigitReader(params IReadOnlyList<(string Name, LoadedModel Model)> models)
{
    private const int Digits = 10;

    /// <summary>Asks all models.</summary>
    /// <param name="drawing">The drawing.</param>
    /// <param name="fit">How it is brought into 28 × 28 pixels; default as MNIST was made.</param>
    /// <returns>An answer of each model, in their order; none for an empty drawing.</returns>
    /// <exception cref="MlflowException">A model takes or gives something else.</exception>
    public IReadOnlyList<DigitAnswer> Read(DigitDrawing drawing, DigitFit fit = DigitFit.CentreOfMass)
    {
        ArgumentNullException.ThrowIfNull(drawing);
        return drawing.IsEmpty ? [] : [.. models.Select(model => new DigitAnswer(model.Name, Probabilities(model.Model, drawing.ToImage(fit).ToInput())))];
    }

    /// <summary>Shows what the network sees, and ten bars for each model.</summary>
    /// <param name="drawing">The drawing as its area gives it; see <see cref="DigitDrawing.Parse"/>.</param>
    /// <returns>HTML.</returns>
    public string ToHtml(string drawing)
    {
        var drawn = DigitDrawing.Parse(drawing);
        var seen = Convert.ToBase64String(PngRenderer.Encode(drawn.ToImage().Pixels.ToArray(), MnistImage.Side, MnistImage.Side));
        var html = new StringBuilder("<div style=\"display: flex; gap: 16px; flex-wrap: wrap; white-space: nowrap; font: 14px/1.3 system-ui, sans-serif\">");
        html.Append(CultureInfo.InvariantCulture, $"<div style=\"width: 112px; white-space: normal\"><b>What the network sees</b><br><img src=\"data:image/png;base64,{seen}\" width=\"112\" height=\"112\" style=\"image-rendering: pixelated; border-radius: 6px; margin-top: 6px\" alt=\"The drawing in 28 by 28 pixels\"></div>");
        var answers = Read(drawn).ToDictionary(answer => answer.Model);
        foreach (var (name, _) in models)
            AppendBars(html, name, answers.GetValueOrDefault(name));
        return html.Append("</div>").ToString();
    }

    private static void AppendBars(StringBuilder html, string name, DigitAnswer? answer)
    {
        html.Append(CultureInfo.InvariantCulture, $"<div style=\"min-width: 150px\"><b>{WebUtility.HtmlEncode(name)}</b><div style=\"font-size: 34px; font-weight: 600; height: 44px\">{answer?.Digit}</div>");
        for (var digit = 0; digit < Digits; digit++)
        {
            var part = answer?.Probabilities[digit] ?? 0;
            html.Append(CultureInfo.InvariantCulture, $"<div style=\"display: flex; align-items: center; gap: 6px; height: 19px\"><span style=\"width: 12px\">{digit}</span><span style=\"flex: 1\"><span style=\"display: block; height: 12px; border-radius: 3px; width: {part:0.0%}; background: {(digit == answer?.Digit ? "#e45756" : "#4c78a8")}\"></span></span><span style=\"width: 56px; text-align: right; opacity: .7\">{(answer is null ? "" : part.ToString("0.0 %", CultureInfo.InvariantCulture))}</span></div>");
        }

        html.Append("</div>");
    }

    private static double[] Probabilities(LoadedModel model, float[] pixels)
    {
        ReadOnlySpan<long> shape = model.Signature?.Inputs is [TensorSpec tensor] ? [1, .. tensor.Shape.Skip(1)] : [1, MnistImage.PixelCount];
        var predictions = model.Predict(ModelTensor.Of(pixels, [1, MnistImage.PixelCount]).Reshape(shape));
        var values = predictions.Select(output => output.Value).FirstOrDefault(output => output.Count == Digits && output is ModelTensor<float> or ModelTensor<double>)
            ?? throw new NotSupportedException($"{model.Uri} gives {predictions}, and not ten values, one for each digit.");
        return Normalize([.. values.AsType<double>().Values.Span]);
    }

    /// <summary>Networks end with probabilities, or with the scores that softmax makes probabilities of.</summary>
    private static double[] Normalize(double[] values)
    {
        if (Array.TrueForAll(values, value => value >= 0) && Math.Abs(values.Sum() - 1) < 1e-3)
            return values;
        var largest = values.Max();
        var powers = Array.ConvertAll(values, value => Math.Exp(value - largest));
        var total = powers.Sum();
        return Array.ConvertAll(powers, power => power / total);
    }
}

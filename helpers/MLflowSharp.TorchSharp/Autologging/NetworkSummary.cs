using System.Globalization;
using System.Text;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLflowSharp.TorchSharp;

/// <summary>The layers of a network and their numbers of parameters as a table of text, the file <c>model_summary.txt</c> of a run.</summary>
internal static class NetworkSummary
{
    public static string Of(nn.Module network)
    {
        var rows = network.named_modules()
            .Select(layer => (layer.name, Module: layer.module, Parameters: layer.module.parameters(recurse: false).ToArray()))
            .Where(layer => layer.Parameters.Length > 0)
            .Select(layer => (string[])[
                layer.name.Length == 0 ? network.GetName() : layer.name,
                layer.Module.GetType().Name,
                string.Join(", ", layer.Parameters.Select(parameter => $"({string.Join(", ", parameter.shape)})")),
                Number(Count(layer.Parameters))])
            .Prepend(["Layer", "Type", "Parameter shapes", "Parameters"])
            .ToArray();
        var widths = Enumerable.Range(0, 4).Select(column => rows.Max(row => row[column].Length)).ToArray();
        var rule = new string('-', widths.Sum() + 6);

        var text = new StringBuilder().Append(network.GetName()).Append('\n').Append(rule).Append('\n');
        foreach (var (index, row) in rows.Index())
        {
            text.Append(CultureInfo.InvariantCulture, $"{row[0].PadRight(widths[0])}  {row[1].PadRight(widths[1])}  ")
                .Append(CultureInfo.InvariantCulture, $"{row[2].PadRight(widths[2])}  {row[3].PadLeft(widths[3])}\n");
            if (index == 0)
                text.Append(rule).Append('\n');
        }

        var all = network.parameters().ToArray();
        var trainable = all.Where(parameter => parameter.requires_grad).ToArray();
        return text.Append(rule).Append('\n')
            .Append(CultureInfo.InvariantCulture, $"Total parameters: {Size(all)}\n")
            .Append(CultureInfo.InvariantCulture, $"Trainable parameters: {Size(trainable)}\n")
            .Append(CultureInfo.InvariantCulture, $"Non-trainable parameters: {Size([.. all.Except(trainable)])}\n")
            .ToString();
    }

    private static string Size(Parameter[] parameters)
    {
        var kibibytes = parameters.Sum(parameter => parameter.numel() * parameter.element_size()) / 1024.0;
        return string.Create(CultureInfo.InvariantCulture, $"{Number(Count(parameters))} ({kibibytes:N2} KiB)");
    }

    private static long Count(Parameter[] parameters) => parameters.Sum(parameter => parameter.numel());

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}

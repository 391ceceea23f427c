using Tutorial.Helpers.Drawing;

namespace Tutorial.Helpers;

/// <summary>A fully connected network as a diagram. It is a drawing, not a chart, so SVG (and PNG) are its only pictures.</summary>
internal sealed class NetworkFigure : Figure
{
    private const double ColumnGap = 190, Side = 90, Top = 76, NeuronGap = 30, Radius = 10;
    private const int MostShown = 10;

    private readonly IReadOnlyList<int> _layers;

    public NetworkFigure(IReadOnlyList<int> layers)
        : base("The network " + string.Join("-", layers.Select(size => FormattableString.Invariant($"{size}"))))
    {
        if (layers.Count < 2 || layers.Any(size => size < 1))
        {
            throw new ArgumentException(
                "A network needs at least two layers of at least one neuron each, for example 784, 128, 64, 10.", nameof(layers));
        }

        _layers = layers;
    }

    public override string Description
    {
        get
        {
            var layers = _layers.Select((size, index) => $"{Axis.Text(size)} {Role(index)}");
            return $"Diagram '{Title}': a fully connected network of {string.Join(", then ", layers)}. "
                + $"Each neuron is connected to all of the layer before it; {Axis.Text(Parameters)} weights and biases are learned.";
        }
    }

    private long Parameters => Enumerable.Range(1, _layers.Count - 1).Sum(Weights);

    private long Weights(int layer) => ((long)_layers[layer - 1] + 1) * _layers[layer];

    private string Role(int layer) => layer == 0 ? "inputs" : layer == _layers.Count - 1 ? "outputs with softmax" : "hidden neurons with ReLU";

    private protected override Canvas Draw()
    {
        var width = (2 * Side) + ((_layers.Count - 1) * ColumnGap);
        const double Height = Top + (MostShown * NeuronGap) + 74;
        var canvas = new Canvas(width, Height, Title, Description);
        canvas.Add(new Label(new Point(width / 2, 26), Title, Size: 16, Bold: true));

        var columns = _layers.Select((_, layer) => Column(layer)).ToArray();
        for (var layer = 1; layer < columns.Length; layer++)
        {
            foreach (var from in columns[layer - 1])
            {
                foreach (var to in columns[layer])
                    canvas.Add(new Polyline([from, to], "#c9d3da", 0.6));
            }

            var middle = Side + ((layer - 0.5) * ColumnGap);
            canvas.Add(new Label(new Point(middle, 58), Axis.Text(Weights(layer)) + " parameters", Size: 11, Fill: Palette.FaintInk));
        }

        for (var layer = 0; layer < columns.Length; layer++)
            AddLayer(canvas, layer, columns[layer], Height);
        return canvas;
    }

    private void AddLayer(Canvas canvas, int layer, IReadOnlyList<Point> neurons, double height)
    {
        var colour = layer == 0 ? "#56b4e9" : layer == _layers.Count - 1 ? "#d55e00" : "#0072b2";
        foreach (var neuron in neurons)
            canvas.Add(new Disc(neuron, Radius, colour, Palette.Paper));

        var x = Side + (layer * ColumnGap);
        if (_layers[layer] > MostShown)
        {
            // Three dots stand for the neurons that are not drawn.
            foreach (var offset in (ReadOnlySpan<double>)[-9, 0, 9])
                canvas.Add(new Disc(new Point(x, Middle + offset), 2.2, Palette.FaintInk));
        }
        else if (layer == _layers.Count - 1)
        {
            for (var index = 0; index < neurons.Count; index++)
                canvas.Add(new Label(new Point(x + 18, neurons[index].Y + 4), FormattableString.Invariant($"{index}"), Anchor: Anchor.Start));
        }

        var (name, note) = layer == 0 ? ("Input", "") : layer == _layers.Count - 1 ? ("Output", "softmax") : ($"Hidden {layer}", "ReLU");
        if (layer == 0 && _layers[0] == MnistImage.PixelCount)
            note = "28 × 28 pixels";
        canvas.Add(new Label(new Point(x, height - 46), name, Size: 13, Bold: true));
        canvas.Add(new Label(new Point(x, height - 29), Axis.Text(_layers[layer]) + (_layers[layer] == 1 ? " neuron" : layer == 0 ? " values" : " neurons")));
        canvas.Add(new Label(new Point(x, height - 13), note, Fill: Palette.FaintInk));
    }

    private const double Middle = Top + (MostShown * NeuronGap / 2);

    /// <summary>The drawn neurons of a layer: all of a small one, else the same number above and below the dots.</summary>
    private IReadOnlyList<Point> Column(int layer)
    {
        var size = _layers[layer];
        var slots = Math.Min(size, MostShown);
        var x = Side + (layer * ColumnGap);
        return
        [
            .. Enumerable.Range(0, slots)
                .Select(slot => (slot, y: Middle + ((slot - ((slots - 1) / 2.0)) * NeuronGap)))
                .Where(place => size <= MostShown || (place.slot != (slots / 2) - 1 && place.slot != slots / 2))
                .Select(place => new Point(x, place.y)),
        ];
    }
}

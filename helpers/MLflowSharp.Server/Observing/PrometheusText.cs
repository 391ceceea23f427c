using System.Globalization;
using System.Text;

namespace MLflowSharp.Server.Observing;

/// <summary>
/// Writes Prometheus' text format (https://prometheus.io/docs/instrumenting/exposition_formats/). Written here and not by a package: those listen to
/// all of .NET's instruments, and a few counters and a histogram need no more than this.
/// </summary>
internal sealed class PrometheusText
{
    /// <summary>The media type of the format.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new();

    /// <summary>Says what the lines that follow are.</summary>
    public void Describe(string name, string type, string help) => _text.Append($"# HELP {name} {help}\n# TYPE {name} {type}\n");

    /// <summary>Writes a value.</summary>
    public void Line(string name, double value) => _text.Append(name).Append(' ').Append(value.ToString(CultureInfo.InvariantCulture)).Append('\n');

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}

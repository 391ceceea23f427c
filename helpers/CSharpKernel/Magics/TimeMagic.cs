using System.Globalization;
using CSharpKernel.Display;

namespace CSharpKernel.Magics;

/// <summary><c>#!time</c>: shows how long the rest of the cell takes.</summary>
internal sealed class TimeMagic : Magic
{
    public override IReadOnlyList<string> Names => ["time"];

    public override string Description => "Shows how long the cell takes";

    public override Task RunAsync(MagicCall call)
    {
        var start = call.Cell.Time.GetTimestamp();
        call.Cell.AtEnd.Add(() =>
        {
            var elapsed = call.Cell.Time.GetElapsedTime(start).TotalMilliseconds;
            call.Cell.Display(DisplayBundle.Of(MimeTypes.Plain, string.Create(CultureInfo.InvariantCulture, $"Wall time: {elapsed:0.####}ms")));
        });
        return Task.CompletedTask;
    }
}

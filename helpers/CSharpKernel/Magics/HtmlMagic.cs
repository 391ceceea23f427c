using CSharpKernel.Display;

namespace CSharpKernel.Magics;

/// <summary><c>#!html</c>: shows the text below it as HTML.</summary>
internal sealed class HtmlMagic : Magic
{
    public override IReadOnlyList<string> Names => ["html"];

    public override string Description => "Shows the text below it as HTML";

    public override bool TakesText => true;

    public override Task RunAsync(MagicCall call)
    {
        call.Cell.Display(DisplayBundle.OfHtml(call.Text, HtmlText.Strip(call.Text)));
        return Task.CompletedTask;
    }
}

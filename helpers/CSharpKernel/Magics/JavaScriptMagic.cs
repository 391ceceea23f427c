using CSharpKernel.Display;

namespace CSharpKernel.Magics;

/// <summary><c>#!javascript</c>: runs the text below it in the notebook's page, in front ends that allow it.</summary>
internal sealed class JavaScriptMagic : Magic
{
    public override IReadOnlyList<string> Names => ["javascript", "js"];

    public override string Description => "Runs the text below it as JavaScript in the notebook's page";

    public override bool TakesText => true;

    public override Task RunAsync(MagicCall call)
    {
        call.Cell.Display(DisplayBundle.OfHtml($"<script type=\"text/javascript\">{call.Text}</script>", "JavaScript that runs in the notebook's page"));
        return Task.CompletedTask;
    }
}

using CSharpKernel.Display;
using Markdig;

namespace CSharpKernel.Magics;

/// <summary><c>#!markdown</c>: shows the text below it as Markdown.</summary>
internal sealed class MarkdownMagic : Magic
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UseAdvancedExtensions().Build();

    public override IReadOnlyList<string> Names => ["markdown"];

    public override string Description => "Shows the text below it as Markdown";

    public override bool TakesText => true;

    public override Task RunAsync(MagicCall call)
    {
        call.Cell.Display(DisplayBundle.OfHtml(Markdown.ToHtml(call.Text, Pipeline), call.Text));
        return Task.CompletedTask;
    }
}

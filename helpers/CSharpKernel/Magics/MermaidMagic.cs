using CSharpKernel.Display;

namespace CSharpKernel.Magics;

/// <summary><c>#!mermaid</c>: shows the text below it as a diagram. Front ends draw it by themselves; nothing is loaded from elsewhere.</summary>
internal sealed class MermaidMagic : Magic
{
    public override IReadOnlyList<string> Names => ["mermaid"];

    public override string Description => "Shows the text below it as a Mermaid diagram";

    public override bool TakesText => true;

    public override Task RunAsync(MagicCall call)
    {
        // JupyterLab knows the first form, VS Code and GitHub the second.
        call.Cell.Display(new DisplayBundle(new Dictionary<string, object>
        {
            ["text/vnd.mermaid"] = call.Text,
            [MimeTypes.Markdown] = $"```mermaid\n{call.Text}\n```",
            [MimeTypes.Plain] = call.Text,
        }));
        return Task.CompletedTask;
    }
}

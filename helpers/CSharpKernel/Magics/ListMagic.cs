using System.Net;
using CSharpKernel.Display;

namespace CSharpKernel.Magics;

/// <summary><c>#!lsmagic</c>: all magics.</summary>
internal sealed class ListMagic(MagicRegistry registry) : Magic
{
    public override IReadOnlyList<string> Names => ["lsmagic"];

    public override string Description => "Lists the magic commands";

    public override Task RunAsync(MagicCall call)
    {
        var rows = registry.All.Select(magic => (Name: string.Join(" ", magic.Names.Select(name => "#!" + name)), magic.Description)).ToList();
        call.Cell.Display(DisplayBundle.OfHtml(
            $"<table><tbody>{string.Concat(rows.Select(row => $"<tr><th><code>{WebUtility.HtmlEncode(row.Name)}</code></th><td>{WebUtility.HtmlEncode(row.Description)}</td></tr>"))}</tbody></table>",
            string.Join('\n', rows.Select(row => $"{row.Name,-24} {row.Description}"))));
        return Task.CompletedTask;
    }
}

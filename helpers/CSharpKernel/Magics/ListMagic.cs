using System.Net;
using CSharpKernel.Display;

namespace CSharpKernel.Magics;

/// <summary><c>#!lsmagic</c>: all magics, kernels first.</summary>
internal sealed class ListMagic(MagicRegistry registry) : Magic
{
    public override IReadOnlyList<string> Names => ["lsmagic"];

    public override string Description => "Lists the magic commands";

    public override Task RunAsync(MagicCall call)
    {
        var groups = registry.All
            .Select(magic => (IsKernel: MagicRegistry.Languages.Contains(magic.Names[0]), Name: string.Join(" ", magic.Names.Select(name => "#!" + name)), magic.Description))
            .GroupBy(row => row.IsKernel ? "Kernels: the lines below are theirs" : $"Commands of the {call.Kernel} kernel")
            .ToList();
        call.Cell.Display(DisplayBundle.OfHtml(
            string.Concat(groups.Select(group => $"<h3>{group.Key}</h3><table><tbody>{string.Concat(group.Select(row => $"<tr><th><code>{WebUtility.HtmlEncode(row.Name)}</code></th><td>{WebUtility.HtmlEncode(row.Description)}</td></tr>"))}</tbody></table>")),
            string.Join('\n', groups.SelectMany(group => group.Select(row => $"{row.Name,-24} {row.Description}").Prepend(group.Key)))));
        return Task.CompletedTask;
    }
}

using CSharpKernel.Display;

namespace CSharpKernel.Magics;

/// <summary><c>#!who</c> and <c>#!whos</c>: the variables of the notebook.</summary>
internal sealed class WhoMagic(bool withValues) : Magic
{
    public override IReadOnlyList<string> Names => [withValues ? "whos" : "who"];

    public override string Description => withValues ? "Shows the variables with their types and values" : "Shows the names of the variables";

    public override Task RunAsync(MagicCall call)
    {
        var variables = call.Engine.Values.All(call.Kernel);
        object shown = withValues
            ? variables.Select(variable => new { Variable = variable.Name, Type = TypeNames.Of(variable.Type), variable.Value }).ToList()
            : variables.Select(variable => variable.Name).ToList();
        call.Cell.Display(call.Engine.Formatter.Format(shown));
        return Task.CompletedTask;
    }
}

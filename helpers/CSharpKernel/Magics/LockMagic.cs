using CSharpKernel.Display;

namespace CSharpKernel.Magics;

/// <summary><c>#!lock</c>: fixes the notebook's packages in <c>notebook.lock.json</c>.</summary>
internal sealed class LockMagic : Magic
{
    private const string Update = "--update";

    public override IReadOnlyList<string> Names => ["lock"];

    public override string Description => "Fixes the packages of #r \"nuget: …\" in notebook.lock.json";

    public override IReadOnlyList<MagicParameter> Parameters => [new(Update, "chooses the versions anew", IsFlag: true)];

    public override async Task RunAsync(MagicCall call)
    {
        var done = await call.Engine.LockPackagesAsync(call.Arguments.Has(Update), call.Cell);
        call.Cell.Display(DisplayBundle.Of(MimeTypes.Plain, done));
    }
}

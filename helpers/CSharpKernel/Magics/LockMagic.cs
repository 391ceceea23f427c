using CSharpKernel.Display;

namespace CSharpKernel.Magics;

/// <summary><c>#!lock</c>: fixes the notebook's packages in <c>notebook.lock.json</c>.</summary>
internal sealed class LockMagic : Magic
{
    private const string Update = "--update";

    public override IReadOnlyList<string> Names => ["lock"];

    public override string Description => "Fixes the packages of #r \"nuget: …\" in notebook.lock.json; with --update, chooses them anew";

    public override IReadOnlyList<MagicParameter>? Parameters => null;

    public override async Task RunAsync(MagicCall call)
    {
        var arguments = call.Segment.Arguments.Trim();
        if (arguments.Length > 0 && arguments != Update)
            throw new MagicException($"#!lock does not know {arguments}. Write #!lock or #!lock {Update}.");
        var done = await call.Engine.Packages.LockAsync(arguments == Update, call.Engine.Folder, call.Cell);
        call.Cell.Display(DisplayBundle.Of(MimeTypes.Plain, done));
    }
}

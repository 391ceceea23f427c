namespace CSharpKernel.Magics;

/// <summary><c>#!share</c>: makes a value of another kernel known in this one, the object itself.</summary>
internal sealed class ShareMagic : Magic
{
    public override IReadOnlyList<string> Names => ["share"];

    public override string Description => "Makes a value of another kernel known in this one";

    public override IReadOnlyList<MagicParameter> Parameters =>
    [
        new("--name", "the value", IsRequired: true, IsImplicit: true),
        new("--from", "the kernel that has it", IsRequired: true),
        new("--as", "the name it gets here; default the same"),
        new("--mime-type", "accepted, and of no effect: the object itself is shared"),
    ];

    public override async Task RunAsync(MagicCall call)
    {
        var name = (await call.Arguments.ReadTextAsync("--name", call))!;
        var source = (await call.Arguments.ReadTextAsync("--from", call))!;
        if (RefusedMagics.IsLanguage(source))
            throw new MagicException(RefusedMagics.Find(source)!);
        var kernel = call.Engine.Kernels.Find(source).Name;
        if (!call.Engine.Values.TryGet(kernel, name, out var value))
            throw new MagicException(call.Engine.Values.Missing(kernel, name));
        await call.Engine.Values.SetAsync(call.Cell, call.Kernel, await call.Arguments.ReadTextAsync("--as", call) ?? name, value);
    }
}

namespace CSharpKernel.Magics;

/// <summary><c>#!csharp</c>: C# follows, as it does without it.</summary>
internal sealed class CSharpMagic : Magic
{
    public override IReadOnlyList<string> Names => ["csharp", "c#", "C#"];

    public override string Description => "C# follows";

    // Old notebooks put notes behind it.
    public override IReadOnlyList<MagicParameter>? Parameters => null;

    public override Task RunAsync(MagicCall call) => Task.CompletedTask;
}

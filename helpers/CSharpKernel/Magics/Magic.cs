namespace CSharpKernel.Magics;

/// <summary>A command of a cell, such as <c>#!time</c>.</summary>
internal abstract class Magic
{
    /// <summary>The names after <c>#!</c>; the first is the one that lists show.</summary>
    public abstract IReadOnlyList<string> Names { get; }

    /// <summary>What it does, in one line.</summary>
    public abstract string Description { get; }

    /// <summary>Whether the lines below it, down to the next magic, are its text and not C#.</summary>
    public virtual bool TakesText => false;

    /// <summary>Does it.</summary>
    public abstract Task RunAsync(MagicCall call);
}

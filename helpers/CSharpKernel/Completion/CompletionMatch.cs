namespace CSharpKernel.Completion;

/// <summary>One way to complete a word.</summary>
/// <param name="Text">What the word becomes.</param>
/// <param name="Kind">What it is, such as <c>method</c> or <c>class</c>.</param>
/// <param name="Signature">Its type or parameters, as far as known.</param>
internal sealed record CompletionMatch(string Text, string Kind, string Signature)
{
    /// <summary>Writes the signature when the match is really offered; most are not.</summary>
    public Func<string>? Describe { get; init; }

    /// <summary>What the letters that are written already are compared with; default the text.</summary>
    public string Word { get => field ?? Text; init; }

    /// <summary>Whether it is what the place asks for: such matches come first.</summary>
    public bool IsExpected { get; init; }

    /// <summary>The match with its signature.</summary>
    public CompletionMatch Described() => Describe is null ? this : this with { Signature = Describe(), Describe = null };
}

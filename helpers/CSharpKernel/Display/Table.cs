namespace CSharpKernel.Display;

/// <summary>Rows and columns of any origin, as far as they are to be shown.</summary>
/// <param name="Columns">The columns' names.</param>
/// <param name="Rows">The cells of each row.</param>
/// <param name="More">Words for the rows that are left out; null when there are none.</param>
/// <param name="Heads">What stands before each row; null for nothing.</param>
internal sealed record Table(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows, string? More = null, IReadOnlyList<string>? Heads = null)
{
    /// <summary>A cell that the row has no value for.</summary>
    public static readonly object Missing = new MissingValue();

    private sealed record MissingValue
    {
        public override string ToString() => "";
    }
}

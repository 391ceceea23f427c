namespace CSharpKernel.Execution;

/// <summary>How a cell ended.</summary>
/// <param name="Error">Null when it ended well.</param>
internal sealed record CellOutcome(CellError? Error)
{
    /// <summary>A cell that ended well.</summary>
    public static CellOutcome Ok { get; } = new(Error: null);
}

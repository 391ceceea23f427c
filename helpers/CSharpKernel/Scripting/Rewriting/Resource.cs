using Microsoft.CodeAnalysis.Text;

namespace CSharpKernel.Scripting.Rewriting;

/// <summary>A variable that a cell declares with <c>using</c>: it is disposed at the cell's end.</summary>
/// <param name="Name">The variable's name.</param>
/// <param name="IsAsync">Whether it was declared with <c>await using</c>.</param>
/// <param name="Place">Where the name stands.</param>
internal sealed record Resource(string Name, bool IsAsync, TextSpan Place);

namespace NotebookTestRunner.Parameters;

/// <summary>A variable that the cell tagged <c>parameters</c> declares.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its declared type, such as <c>double</c>; null where the code does not say (<c>var</c>, Python).</param>
/// <param name="Default">Its value as it stands in the code.</param>
public sealed record NotebookParameter(string Name, string? Type, string Default);

namespace NotebookTestRunner.Coverage;

/// <summary>An assembly of which it is counted what runs.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Public">Its public methods that have code.</param>
/// <param name="Points">The places that are counted.</param>
public sealed record CountedAssembly(string Name, IReadOnlySet<MethodName> Public, IReadOnlyList<CodePoint> Points);

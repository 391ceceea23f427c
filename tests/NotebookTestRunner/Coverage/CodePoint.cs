namespace NotebookTestRunner.Coverage;

/// <summary>A place in an assembly's code that is counted: where a statement, a lambda's body or the like begins.</summary>
/// <param name="Method">The method it is in.</param>
/// <param name="File">The file of source; null for the beginning of a method of which no line of source is known.</param>
/// <param name="Line">The line at which it begins, counted from 1; 0 without a file.</param>
public readonly record struct CodePoint(MethodName Method, string? File, int Line);

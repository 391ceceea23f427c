namespace NotebookTestRunner.Mutations.Running;

/// <summary>Asks a worker to run one test method; or, without a test, for the names of all.</summary>
/// <param name="Test">The class's full name and the method's, with a dot between; null to list.</param>
/// <param name="Fault">The fault that is on meanwhile; -1 for none.</param>
/// <param name="Record">Whether the places that are reached are wanted.</param>
internal sealed record TestRequest(string? Test, int Fault, bool Record);

namespace MLflowSharp;

/// <summary>A registered model version that was made from a logged model.</summary>
/// <param name="Name">Name of the registered model.</param>
/// <param name="Version">The version, a whole number written as text.</param>
public sealed record LoggedModelRegistration(string Name, string Version);

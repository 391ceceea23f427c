namespace MLflowSharp.Projects.Running;

/// <summary>A parameter's value.</summary>
/// <param name="Name">Which parameter.</param>
/// <param name="Value">Its value, not quoted.</param>
/// <param name="Declaration">How the entry point declares it; null when it does not.</param>
internal sealed record ProjectValue(string Name, string Value, ProjectParameter? Declaration);

namespace Interop.Scoring;

/// <summary>A request that both scoring servers get.</summary>
/// <param name="Name">What is tried.</param>
/// <param name="Body">The body.</param>
/// <param name="ContentType">The header; null for none.</param>
/// <param name="Method">The method.</param>
/// <param name="Path">The path.</param>
/// <param name="OurStatus">Our status where it is meant to be another than MLflow's; null where it must be the same.</param>
public sealed record ScoringRequest(string Name, string Body = "", string? ContentType = "application/json", string Method = "POST", string Path = "/invocations", int? OurStatus = null)
{
    /// <summary>The name, which is how a failed test is called.</summary>
    public override string ToString() => Name;
}

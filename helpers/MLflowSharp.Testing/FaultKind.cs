namespace MLflowSharp.Testing;

/// <summary>The ways in which something goes wrong.</summary>
internal enum FaultKind
{
    Error,
    Status,
    Cut,
    CutAfterwards,
    NoAnswer,
    Delay,
}

namespace MLflowSharp.Testing;

/// <summary>Something that goes wrong between a client and a <see cref="FakeTrackingServer"/>.</summary>
public sealed record Fault
{
    private Fault()
    {
    }

    internal FaultKind Kind { get; private init; }

    internal ErrorCode Code { get; private init; }

    internal int StatusCode { get; private init; }

    internal string Text { get; private init; } = "";

    internal string? RetryAfter { get; private init; }

    internal TimeSpan Time { get; private init; }

    /// <summary>The server refuses with one of MLflow's errors; nothing is stored.</summary>
    /// <param name="code">The error code, such as <see cref="ErrorCode.TemporarilyUnavailable"/>.</param>
    /// <param name="message">The error's message.</param>
    public static Fault Error(ErrorCode code, string message = "A fault that the test injected.") => new() { Kind = FaultKind.Error, Code = code, Text = message };

    /// <summary>Something between client and server answers, such as a proxy: a status and a text that is no JSON. Nothing is stored.</summary>
    /// <param name="status">The HTTP status, for instance 502.</param>
    /// <param name="retryAfter">The header Retry-After in seconds; null for none.</param>
    public static Fault Status(int status, int? retryAfter = null) => new()
    {
        Kind = FaultKind.Status,
        StatusCode = status,
        Text = "A fault that the test injected.",
        RetryAfter = retryAfter?.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    /// <summary>The connection is cut before the server has done anything.</summary>
    public static Fault Cut { get; } = new() { Kind = FaultKind.Cut };

    /// <summary>The server does what it is asked, and the connection is cut before its answer arrives: the client cannot know.</summary>
    public static Fault CutAfterwards { get; } = new() { Kind = FaultKind.CutAfterwards };

    /// <summary>No answer comes until the client gives up; nothing is stored.</summary>
    public static Fault NoAnswer { get; } = new() { Kind = FaultKind.NoAnswer };

    /// <summary>The answer comes late, by the clock of <see cref="FakeTrackingServerOptions.TimeProvider"/>.</summary>
    /// <param name="time">How late.</param>
    public static Fault Delay(TimeSpan time) => new() { Kind = FaultKind.Delay, Time = time };
}

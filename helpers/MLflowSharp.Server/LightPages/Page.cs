using MLflowSharp.Server.LightPages.Writing;

namespace MLflowSharp.Server.LightPages;

/// <summary>What one page shows.</summary>
/// <param name="Title">Its heading, and the window's title.</param>
/// <param name="Body">What is below the heading.</param>
internal sealed record Page(string Title, Html Body)
{
    /// <summary>The pages above it, the outermost first.</summary>
    public IReadOnlyList<(string Name, string Address)> Above { get; init; } = [];

    /// <summary>The HTTP status.</summary>
    public int Status { get; init; } = 200;

    /// <summary>Whether what it shows may change by itself, because a run is logging: its parts marked as live are fetched again.</summary>
    public bool IsLive { get; init; }

    /// <summary>The address to go to instead of showing anything; null for none.</summary>
    public string? GoTo { get; init; }

    /// <summary>After a form was carried out: the page to go on with.</summary>
    /// <param name="address">One of our pages.</param>
    /// <param name="done">What was done, one of <see cref="PageFrame.Notices"/>.</param>
    public static Page After(string address, string done) =>
        new("", Html.Empty) { Status = 303, GoTo = address + (address.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "done=" + done };
}

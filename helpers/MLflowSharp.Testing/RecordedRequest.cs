namespace MLflowSharp.Testing;

/// <summary>A request that a <see cref="FakeTrackingServer"/> got.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Target">Path and query as they were sent, such as <c>/api/2.0/mlflow/runs/get?run_id=…</c>.</param>
/// <param name="Headers">The headers by name, in any case.</param>
/// <param name="Body">The body as text; of files only the first megabyte.</param>
/// <param name="Status">The status it was answered with; null when the connection was cut, or the caller gave up.</param>
public sealed record RecordedRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body, int? Status)
{
    /// <summary>The path without its query.</summary>
    public string Path => Target.Split('?')[0];
}

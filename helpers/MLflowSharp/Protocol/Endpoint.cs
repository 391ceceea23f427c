namespace MLflowSharp.Protocol;

/// <summary>A call of MLflow's REST interface.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">Path below the version, such as <c>mlflow/runs/get</c>; what is in braces is replaced.</param>
/// <param name="Since">The first MLflow version whose server has it.</param>
internal sealed record Endpoint(HttpMethod Method, string Path, string Since = Endpoint.Oldest)
{
    /// <summary>The oldest MLflow that this client works with.</summary>
    public const string Oldest = "2.15";

    /// <summary>Which major version the path names: <c>/api/2.0/</c> or <c>/api/3.0/</c>.</summary>
    public int Version { get; init; } = 2;

    /// <summary>Whether only MLflow's pages' prefix <c>ajax-api</c> has it.</summary>
    public bool OnlyForPages { get; init; }

    /// <summary>The whole path without a leading slash, such as <c>api/2.0/mlflow/runs/get</c>.</summary>
    public string Route => $"{(OnlyForPages ? "ajax-api" : "api")}/{Version}.0/{Path}";

    /// <summary>The whole path with values for what is in braces, in their order; each is escaped.</summary>
    public string RouteOf(params ReadOnlySpan<string> values)
    {
        var route = Route;
        foreach (var value in values)
        {
            // As a part of a path these two mean another path, however they are escaped.
            if (value is "" or "." or "..")
                throw MlflowException.Invalid($"'{value}' cannot be part of an address of the tracking server: no model, trace or tag has this name.");
            var (start, end) = (route.IndexOf('{', StringComparison.Ordinal), route.IndexOf('}', StringComparison.Ordinal));
            route = string.Concat(route.AsSpan(0, start), Uri.EscapeDataString(value), route.AsSpan(end + 1));
        }

        return route;
    }
}

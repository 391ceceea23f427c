using MLflowSharp.Protocol;

namespace MLflowSharp.Server.Routing;

/// <summary>What answers a method and a path.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path with its leading slash. <c>{name}</c> stands for one segment, <c>{path}</c> for all that remain.</param>
/// <param name="Handler">What answers.</param>
internal sealed record Route(string Method, string Path, RestHandler Handler)
{
    /// <summary>The routes of an endpoint: under <c>/api</c> and under <c>/ajax-api</c>, which MLflow's pages use.</summary>
    public static IEnumerable<Route> Of(Endpoint endpoint, RestHandler handler)
    {
        var path = $"/{endpoint.Version}.0/{endpoint.Path}";
        if (!endpoint.OnlyForPages)
            yield return new(endpoint.Method.Method, $"/api{path}", handler);
        yield return new(endpoint.Method.Method, $"/ajax-api{path}", handler);
    }
}

using System.Collections.Frozen;
using MLflowSharp.Server.Messages;

namespace MLflowSharp.Server.Routing;

/// <summary>Finds the route of a request.</summary>
internal sealed class RouteTable
{
    private static readonly Dictionary<string, string> NoValues = [];

    private readonly FrozenDictionary<string, Dictionary<string, RestHandler>> _fixed;
    private readonly List<Template> _templates;

    public RouteTable(IReadOnlyList<Route> routes)
    {
        var byPath = routes.GroupBy(route => route.Path, StringComparer.Ordinal).ToDictionary(
            group => group.Key, group => group.ToDictionary(route => route.Method, route => route.Handler, StringComparer.Ordinal), StringComparer.Ordinal);
        _fixed = byPath.Where(path => !path.Key.Contains('{')).ToFrozenDictionary(StringComparer.Ordinal);
        // Longer ones first: /logged-models/{model_id}/tags before /logged-models/{model_id}.
        _templates = [.. byPath.Where(path => path.Key.Contains('{')).Select(path => new Template(path.Key.Split('/'), path.Value)).OrderByDescending(template => template.Segments.Length)];
    }

    public Task<RestResponse> AnswerAsync(RestRequest request, CancellationToken cancellationToken)
    {
        if (Find(request.Path) is not var (handlers, values))
            return Task.FromResult(Answers.Html(404, "Not Found", "This server does not know this address. Check its spelling, and that the server is new enough for the call."));
        // HEAD asks for what GET would answer; the host leaves the body out.
        if (handlers.TryGetValue(request.Method == "HEAD" ? "GET" : request.Method, out var handler))
            return handler(new RestCall(request, values), cancellationToken);
        var refused = Answers.Html(405, "Method Not Allowed", "This address knows other methods: the header Allow names them.");
        refused.Headers["Allow"] = string.Join(", ", handlers.Keys.Order(StringComparer.Ordinal));
        return Task.FromResult(refused);
    }

    private (Dictionary<string, RestHandler> Handlers, Dictionary<string, string> Values)? Find(string path)
    {
        if (_fixed.TryGetValue(path, out var handlers))
            return (handlers, NoValues);
        var segments = path.Split('/');
        foreach (var template in _templates)
        {
            if (template.Match(segments) is { } values)
                return (template.Handlers, values);
        }

        return path.Contains('%') && _fixed.TryGetValue(Uri.UnescapeDataString(path), out handlers) ? (handlers, NoValues) : null;
    }

    private sealed record Template(string[] Segments, Dictionary<string, RestHandler> Handlers)
    {
        private readonly bool _takesRest = Segments[^1] == "{path}";

        /// <summary>The values of what is in braces, unescaped once; null when the path is another.</summary>
        public Dictionary<string, string>? Match(string[] path)
        {
            if (_takesRest ? path.Length < Segments.Length : path.Length != Segments.Length)
                return null;
            for (var i = 0; i < Segments.Length; i++)
            {
                if (Segments[i].StartsWith('{') ? path[i].Length == 0 && !_takesRest : !Segments[i].Equals(path[i], StringComparison.Ordinal))
                    return null;
            }

            var values = new Dictionary<string, string>(StringComparer.Ordinal);
            for (var i = 0; i < Segments.Length; i++)
            {
                if (Segments[i].StartsWith('{'))
                    values[Segments[i][1..^1]] = Uri.UnescapeDataString(_takesRest && i == Segments.Length - 1 ? string.Join('/', path[i..]) : path[i]);
            }

            return values;
        }
    }
}

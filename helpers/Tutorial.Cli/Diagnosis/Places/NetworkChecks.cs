using System.Net.Sockets;
using Tutorial.Helpers;

namespace Tutorial.Cli.Diagnosis.Places;

/// <summary>What stands between programs of this machine.</summary>
/// <param name="place">The machine.</param>
internal sealed class NetworkChecks(IPlace place)
{
    // Where `ui` and `serve` listen when nothing else is said.
    private const int UsualPort = 5000;

    private static readonly string[] ProxyVariables = ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];
    private static readonly string[] Here = ["127.0.0.1", "localhost"];

    /// <summary>Whether a server can listen.</summary>
    public EnvironmentItem Ports()
    {
        const string name = "Ports";
        try
        {
            place.Listen(0);
        }
        catch (SocketException fault)
        {
            return new(name, false, $"no port of 127.0.0.1 can be had ({fault.Message}), so neither kernels nor servers start. Leave the sandbox, or let it have its loopback interface (ip link set lo up).");
        }

        try
        {
            place.Listen(UsualPort);
            return new(name, true, $"127.0.0.1 can be listened at; {UsualPort} is free");
        }
        catch (SocketException)
        {
            return new(name, true, $"127.0.0.1 can be listened at; {UsualPort} is taken, so give `ui` and `serve` --port 0");
        }
    }

    /// <summary>Whether what is asked of this machine stays on it.</summary>
    public EnvironmentItem Proxies()
    {
        const string name = "Proxies";
        if (ProxyVariables.FirstOrDefault(variable => place.Platform.Variable(variable) is not null) is not { } set)
            return new(name, true, "none is set");
        var proxy = WithoutPassword(place.Platform.Variable(set)!);
        var around = place.Platform.Variable("no_proxy") ?? place.Platform.Variable("NO_PROXY");
        var sent = Here.Where(host => !IsNamed(host, around) || place.IsProxied(new Uri($"http://{host}:{UsualPort}"))).ToList();
        return sent.Count == 0
            ? new(name, true, $"{set} is {proxy}; this machine is asked without it")
            : new(name, false, $"{set} is {proxy}, and no_proxy does not name {string.Join(" and ", sent)}: what asks a server on this machine would ask the proxy, token included. "
                + $"Do: export no_proxy={string.Join(',', ((string?[])[around, "localhost", "127.0.0.1", "::1"]).OfType<string>())}");
    }

    // By names and their ends, as Python and curl understand it (https://everything.curl.dev/usingcurl/proxies/env.html).
    private static bool IsNamed(string host, string? around) =>
        (around ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Any(entry => entry == "*" || host.Equals(entry.TrimStart('.'), StringComparison.OrdinalIgnoreCase));

    private static string WithoutPassword(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Host.Length > 0 ? uri.Authority : address[(address.LastIndexOf('@') + 1)..];
}

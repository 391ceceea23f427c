using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace MLflowSharp.Server.Hosting;

/// <summary>
/// The web server alone, without the host that ASP.NET Core builds around one: no services, configuration, routing and sign-in, of which nothing here
/// is used, and which a program that only answers requests would load at every start.
/// </summary>
internal sealed class KestrelHost : IAsyncDisposable
{
    private readonly KestrelServer _server;
    private readonly WebApplication? _services;

    private KestrelHost(KestrelServer server, WebApplication? services) => (_server, _services) = (server, services);

    /// <summary>The first address at which it listens.</summary>
    public string Address => _server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();

    /// <summary>Starts one.</summary>
    /// <param name="answer">Answers a request.</param>
    /// <param name="configure">Says where and how to listen.</param>
    /// <param name="isSecure">Whether it speaks TLS, which needs what the whole host has.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <exception cref="IOException">The address is taken.</exception>
    public static async Task<KestrelHost> StartAsync(Func<IFeatureCollection, Task> answer, Action<KestrelServerOptions> configure, bool isSecure, CancellationToken cancellationToken)
    {
        var services = isSecure ? SecureServices() : null;
        var options = new KestrelServerOptions { ApplicationServices = services?.Services ?? NoServices.Instance };
        KestrelHost? host = null;
        try
        {
            configure(options);
            // Bodies come in pieces of 4 KB: asking for each whether it is there yet would be a second call of the system for each.
            // And the thread that received a request answers it: sockets are read by threads of the pool already, and each that hands on to another waits for it to wake.
            var sockets = new SocketTransportOptions { WaitForDataBeforeAllocatingBuffer = false, UnsafePreferInlineScheduling = true };
            var transport = new SocketTransportFactory(Options.Create(sockets), NullLoggerFactory.Instance);
            host = new(new(Options.Create(options), transport, NullLoggerFactory.Instance), services);
            await host._server.StartAsync(new Application(answer), cancellationToken);
            return host;
        }
        catch
        {
            await (host?.DisposeAsync() ?? services?.DisposeAsync() ?? ValueTask.CompletedTask);
            throw;
        }
    }

    /// <summary>Stops listening, and waits for the requests that are being answered.</summary>
    /// <param name="limit">When it is cancelled, their connections are cut.</param>
    public Task StopAsync(CancellationToken limit) => _server.StopAsync(limit);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _server.Dispose();
        return _services?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    // Kestrel's TLS asks for services that only its own registration can make.
    private static WebApplication SecureServices()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        return builder.Build();
    }

    private sealed class Application(Func<IFeatureCollection, Task> answer) : IHttpApplication<IFeatureCollection>
    {
        public IFeatureCollection CreateContext(IFeatureCollection contextFeatures) => contextFeatures;

        public Task ProcessRequestAsync(IFeatureCollection context) => answer(context);

        public void DisposeContext(IFeatureCollection context, Exception? exception)
        {
            // It holds nothing of its own.
        }
    }

    private sealed class NoServices : IServiceProvider
    {
        public static NoServices Instance { get; } = new();

        public object? GetService(Type serviceType) => null;
    }
}

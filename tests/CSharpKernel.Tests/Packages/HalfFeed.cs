using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CSharpKernel.Tests.Packages;

/// <summary>A package source on this machine that stops in the middle of the first package that it sends.</summary>
public sealed class HalfFeed : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly TaskCompletionSource _half = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _folder;
    private bool _isWhole;

    /// <param name="folder">The packages, named <c>Name.1.0.0.nupkg</c>.</param>
    public HalfFeed(string folder)
    {
        _folder = folder;
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
        }

        _listener.Prefixes.Add(Address);
        _listener.Start();
        _ = ServeAsync();
    }

    /// <summary>Where it listens.</summary>
    public string Address { get; }

    /// <summary>Completes when half a package has been sent.</summary>
    public Task HalfSent => _half.Task;

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            _ = AnswerAsync(context);
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            var path = context.Request.Url!.AbsolutePath.TrimStart('/').Split('/');
            if (path is ["index.json"])
                await WriteAsync(context, Encoding.UTF8.GetBytes($$"""{"version":"3.0.0","resources":[{"@id":"{{Address}}flat/","@type":"PackageBaseAddress/3.0.0"}]}"""));
            else if (path is ["flat", _, "index.json"])
                await WriteAsync(context, """{"versions":["1.0.0"]}"""u8.ToArray());
            else if (Directory.EnumerateFiles(_folder).FirstOrDefault(file => Path.GetFileName(file).Equals(path[^1], StringComparison.OrdinalIgnoreCase)) is { } file)
                await SendPackageAsync(context, await File.ReadAllBytesAsync(file));
            else
                context.Response.StatusCode = 404;
            context.Response.Close();
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException)
        {
            // The reader is gone.
        }
    }

    private async Task SendPackageAsync(HttpListenerContext context, byte[] content)
    {
        if (_isWhole)
        {
            await WriteAsync(context, content);
            return;
        }

        _isWhole = true;
        context.Response.ContentLength64 = content.Length;
        await context.Response.OutputStream.WriteAsync(content.AsMemory(0, content.Length / 2));
        await context.Response.OutputStream.FlushAsync();
        _half.TrySetResult();
        await Task.Delay(Timeout.Infinite);
    }

    private static async Task WriteAsync(HttpListenerContext context, byte[] content)
    {
        context.Response.ContentLength64 = content.Length;
        await context.Response.OutputStream.WriteAsync(content);
    }
}

using System.Net;
using System.Net.Sockets;
using CliWrap;
using CliWrap.Buffered;
using MLflowSharp.Artifacts.S3;

namespace Interop.Services;

/// <summary>A real Ceph object gateway on this machine, the kind of service that Allas is, for the tests that share it.</summary>
public sealed class CephGateway : IAsyncLifetime
{
    // The key that the script makes; it may do everything.
    private const string AccessKey = "TESTACCESSKEY0000000";
    private const string SecretKey = "testsecretkey00000000000000000000000000";

    private const string Bucket = "mlflow";
    private const string DnsName = "s3.localhost";

    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "Services", "ceph-one-node.sh");
    private readonly TemporaryFolder _folder = new();

    /// <summary>Why there is none; null when there is.</summary>
    private string? _missing;
    private bool _hasGuest;

    /// <summary>Address of the gateway.</summary>
    public string Endpoint { get; private set; } = "";

    /// <summary>Address of the gateway for encrypted connections, where buckets may be in the host name.</summary>
    public string SecureEndpoint { get; private set; } = "";

    /// <summary>Address of a gateway in front of the same buckets that gives and takes keys of a session.</summary>
    public string SessionEndpoint { get; private set; } = "";

    /// <summary>A PEM file with the authority that signed its certificate.</summary>
    public string Authority => _folder.Combine("authority.pem");

    /// <summary>Settings to reach it.</summary>
    internal S3ArtifactOptions Options => new() { EndpointUrl = Endpoint, AccessKeyId = AccessKey, SecretAccessKey = SecretKey, Region = "us-east-1" };

    /// <summary>Variables for programs that are to use it.</summary>
    internal IReadOnlyDictionary<string, string?> Environment => new Dictionary<string, string?>
    {
        ["AWS_ACCESS_KEY_ID"] = AccessKey, ["AWS_SECRET_ACCESS_KEY"] = SecretKey, ["AWS_DEFAULT_REGION"] = "us-east-1", ["MLFLOW_S3_ENDPOINT_URL"] = Endpoint,
    };

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists("/usr/bin/radosgw") || !File.Exists("/usr/bin/ceph-osd") || !File.Exists("/usr/bin/ceph-mon"))
        {
            _missing = "No Ceph: apt-get install --no-install-recommends ceph-mon ceph-osd radosgw.";
            return;
        }

        var (gateway, secure, sessions, monitor) = (FreePort(), FreePort(), FreePort(), FreePort());
        await TestAuthority.WriteAsync(Authority, _folder.Combine("gateway.pem"), [DnsName, $"*.{DnsName}", "localhost"]);
        var started = await Cli.Wrap("bash").WithArguments([Script, "start", _folder.Combine("ceph"), $"{gateway}", $"{monitor}"])
            .WithEnvironmentVariables(variables => variables
                .Set("S3_SSL_PORT", $"{secure}").Set("S3_CERTIFICATE", _folder.Combine("gateway.pem")).Set("S3_DNS_NAME", DnsName).Set("S3_STS_PORT", $"{sessions}"))
            .WithValidation(CommandResultValidation.None).ExecuteBufferedAsync();
        if (started.ExitCode != 0)
            throw new InvalidOperationException($"The Ceph gateway did not start:\n{started.StandardOutput}\n{started.StandardError}");
        (Endpoint, SecureEndpoint, SessionEndpoint) = ($"http://127.0.0.1:{gateway}", $"https://{DnsName}:{secure}", $"http://127.0.0.1:{sessions}");
    }

    public async ValueTask DisposeAsync()
    {
        if (Endpoint.Length > 0)
            await Cli.Wrap("bash").WithArguments([Script, "stop", _folder.Combine("ceph")]).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync();
        _folder.Dispose();
    }

    /// <summary>Skips the test where Ceph is not installed, or fails it where everything is required.</summary>
    public void Require()
    {
        if (_missing is { } reason)
            PythonEnvironment.Missing(reason);
    }

    /// <summary>The bucket that the tests share, each with a folder of its own: making one takes this gateway seconds.</summary>
    internal async Task<string> BucketAsync()
    {
        Require();
        using var clients = new S3Clients(Options);
        await clients.Client.PutBucketAsync(new Amazon.S3.Model.PutBucketRequest { BucketName = Bucket }, TestContext.Current.CancellationToken);
        return Bucket;
    }

    /// <summary>Settings to reach it by encrypted connections.</summary>
    internal S3ArtifactOptions SecureOptions => Options with { EndpointUrl = SecureEndpoint, CertificateBundle = Authority };

    /// <summary>Settings of another user, who may do nothing unless a bucket's policy says so.</summary>
    internal async Task<S3ArtifactOptions> GuestAsync()
    {
        const string Key = "GUESTACCESSKEY000000";
        const string Secret = "guestsecretkey0000000000000000000000000";
        if (!_hasGuest)
        {
            await Cli.Wrap("radosgw-admin").WithArguments(["user", "create", "--uid=guest", "--display-name=guest", $"--access-key={Key}", $"--secret-key={Secret}"])
                .WithEnvironmentVariables(variables => variables.Set("CEPH_CONF", _folder.Combine("ceph/ceph.conf"))).ExecuteBufferedAsync(TestContext.Current.CancellationToken);
            _hasGuest = true;
        }

        return Options with { AccessKeyId = Key, SecretAccessKey = Secret };
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

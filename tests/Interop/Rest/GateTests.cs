using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MLflowSharp;

namespace Interop.Rest;

/// <summary>A real MLflow server behind what stands before one: passwords, certificates, sockets.</summary>
public sealed class GateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly (string Uri, int ProcessId) _server = StoreServers.Of(PythonEnvironment.NewestMlflow).Start();

    public void Dispose()
    {
        StoreServers.Of(PythonEnvironment.NewestMlflow).Stop(_server.ProcessId);
        _folder.Dispose();
    }

    [Fact]
    public void A_name_and_a_password_open_a_gate()
    {
        using var gate = new PasswordGate(_server.Uri, $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes("maija:sesam ä"))}");

        LogAndRead(gate.Uri, new() { Username = "maija", Password = "sesam ä" });
        LogAndRead(gate.Uri.Replace("http://", "http://maija:sesam%20%C3%A4@", StringComparison.Ordinal), new());
        AssertRefused(ErrorCode.Unauthenticated, gate.Uri, new() { Username = "maija", Password = "wrong password" }, "name and password from MlflowHttpOptions");
        AssertRefused(ErrorCode.Unauthenticated, gate.Uri, new(), "MLFLOW_TRACKING_USERNAME");
    }

    [Fact]
    public void A_token_opens_a_gate()
    {
        using var gate = new PasswordGate(_server.Uri, "Bearer abc.def");

        LogAndRead(gate.Uri, new() { Token = "abc.def" });
        AssertRefused(ErrorCode.Unauthenticated, gate.Uri, new() { Token = "abc.xyz" }, "token from MlflowHttpOptions");
    }

    [Fact]
    public void Certificates_of_both_sides_open_a_gate()
    {
        using var serverCertificate = MakeCertificate("CN=127.0.0.1", "server.pem");
        using var clientCertificate = MakeCertificate("CN=client", "client.pem");
        using var strangerCertificate = MakeCertificate("CN=stranger", "stranger.pem");
        using var gate = new Gate(_server.Uri, certificate: serverCertificate);
        var trusted = _folder.Combine("server.pem");

        LogAndRead(gate.Uri, new() { ServerCertificatePath = trusted, ClientCertificatePath = _folder.Combine("client.pem") });
        LogAndRead(gate.Uri, new() { ServerCertificatePath = trusted, ClientCertificate = clientCertificate });
        LogAndRead(gate.Uri, new() { InsecureTls = true, ClientCertificatePath = _folder.Combine("client.pem") });
        AssertRefused(ErrorCode.PermissionDenied, gate.Uri, new() { ClientCertificatePath = _folder.Combine("client.pem") }, "MLFLOW_TRACKING_SERVER_CERT_PATH");
        AssertRefused(ErrorCode.PermissionDenied, gate.Uri, new() { ServerCertificatePath = _folder.Combine("stranger.pem") }, "MLFLOW_TRACKING_SERVER_CERT_PATH");
        AssertRefused(null, gate.Uri, new() { ServerCertificatePath = trusted }, gate.Uri);
        AssertRefused(null, gate.Uri, new() { ServerCertificatePath = trusted, ClientCertificate = strangerCertificate }, gate.Uri);
        AssertRefused(ErrorCode.InvalidParameterValue, gate.Uri, new() { ClientCertificatePath = _folder.Combine("none.pem") }, "MLFLOW_TRACKING_CLIENT_CERT_PATH");
    }

    [Fact]
    public void A_Unix_socket_is_an_address()
    {
        using var gate = new Gate(_server.Uri, _folder.Combine("mlflow.sock"));

        LogAndRead(gate.Uri, new());
        AssertRefused(ErrorCode.TemporarilyUnavailable, "http+unix://%2Fno%2Fsuch%2Fsocket", new(), "Is it running?");
    }

    [Fact]
    public void A_server_that_is_not_there_says_how_to_start_it() =>
        AssertRefused(ErrorCode.TemporarilyUnavailable, "http://127.0.0.1:9", new(), "mlflow server --host");

    [Fact]
    public void A_proxy_is_used_where_it_is_given()
    {
        using var proxy = new Gate(_server.Uri);

        // What is asked of the proxy, it asks of the server behind it, whatever the address says.
        LogAndRead("http://no.such.host.example", new() { Proxy = new WebProxy(proxy.Uri) });
    }

    private static void LogAndRead(string uri, MlflowHttpOptions http)
    {
        using var client = Open(uri, http);
        var run = client.CreateRun("0").Info.RunId;
        client.LogMetric(run, "m", 0.5);
        Assert.Equal(0.5, client.GetRun(run).Data.Metrics["m"]);
    }

    private static void AssertRefused(ErrorCode? code, string uri, MlflowHttpOptions http, string said)
    {
        var error = Assert.Throws<MlflowException>(() =>
        {
            using var client = Open(uri, http);
            client.GetExperiment("0");
        });
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong password", error.ToString(), StringComparison.Ordinal);
        if (code is not null)
            Assert.True(code == error.ErrorCode, error.ToString());
    }

    private static MlflowClient Open(string uri, MlflowHttpOptions http) =>
        new(uri, new() { Http = http with { MaxRetries = 0, Timeout = TimeSpan.FromMinutes(2) }, Journal = new() { Enabled = false } });

    /// <summary>A certificate that nobody else signed, also as a PEM file with its key.</summary>
    private X509Certificate2 MakeCertificate(string subject, string file)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(_folder.Combine(file), $"{made.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}

using System.Text;
using MLflowSharp.Stores.Rest;

namespace MLflowSharp.Tests.Stores.Rest;

public sealed class HttpSettingsTests : IDisposable
{
    private readonly TemporaryFolder _home = new();

    [Fact]
    public void Without_settings_MLflows_defaults_hold()
    {
        var settings = Resolve();

        Assert.Equal((TimeSpan.FromSeconds(120), 7, 2.0, 1.0, true), (settings.Timeout, settings.MaxRetries, settings.BackoffFactor, settings.BackoffJitter, settings.RespectRetryAfter));
        Assert.Null(settings.Authorization);
        Assert.False(settings.InsecureTls);
    }

    [Fact]
    public void The_environment_sets_what_the_options_leave_open()
    {
        var settings = Resolve(new() { MaxRetries = 1 }, environment: new()
        {
            ["MLFLOW_HTTP_REQUEST_MAX_RETRIES"] = "3",
            ["MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR"] = "0.5",
            ["MLFLOW_HTTP_REQUEST_BACKOFF_JITTER"] = "0",
            ["MLFLOW_HTTP_REQUEST_TIMEOUT"] = "5",
            ["MLFLOW_HTTP_RESPECT_RETRY_AFTER_HEADER"] = "false",
            ["MLFLOW_TRACKING_INSECURE_TLS"] = "TRUE",
            ["MLFLOW_WORKSPACE"] = " team ",
        });

        Assert.Equal((TimeSpan.FromSeconds(5), 1, 0.5, 0.0, false), (settings.Timeout, settings.MaxRetries, settings.BackoffFactor, settings.BackoffJitter, settings.RespectRetryAfter));
        Assert.True(settings.InsecureTls);
        Assert.Equal("team", settings.Workspace);
    }

    [Theory]
    [InlineData("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "11")]
    [InlineData("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "many")]
    [InlineData("MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR", "121")]
    [InlineData("MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR", "-1")]
    [InlineData("MLFLOW_HTTP_REQUEST_BACKOFF_JITTER", "NaN")]
    [InlineData("MLFLOW_HTTP_REQUEST_TIMEOUT", "0")]
    [InlineData("MLFLOW_TRACKING_INSECURE_TLS", "maybe")]
    public void A_variable_that_makes_no_sense_is_named(string variable, string value)
    {
        var error = Assert.Throws<MlflowException>(() => Resolve(environment: new() { [variable] = value }));

        Assert.Equal(ErrorCode.InvalidParameterValue, error.ErrorCode);
        Assert.Contains(variable, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_option_that_makes_no_sense_is_named()
    {
        Assert.Contains("MaxRetries", Assert.Throws<MlflowException>(() => Resolve(new() { MaxRetries = -1 })).Message, StringComparison.Ordinal);
        Assert.Contains("MaxRetries", Assert.Throws<MlflowException>(() => Resolve(new() { MaxRetries = 11 })).Message, StringComparison.Ordinal);
        Assert.Contains("BackoffFactor", Assert.Throws<MlflowException>(() => Resolve(new() { BackoffFactor = double.NaN })).Message, StringComparison.Ordinal);
        Assert.Contains("Timeout", Assert.Throws<MlflowException>(() => Resolve(new() { Timeout = TimeSpan.Zero })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_with_a_password_goes_before_a_token()
    {
        Dictionary<string, string> all = new() { ["MLFLOW_TRACKING_USERNAME"] = "maija", ["MLFLOW_TRACKING_PASSWORD"] = "ä:ö", ["MLFLOW_TRACKING_TOKEN"] = "tok" };

        Assert.Equal($"Basic {Base64("maija:ä:ö")}", $"{Resolve(environment: all).Authorization}");
        all.Remove("MLFLOW_TRACKING_PASSWORD");
        Assert.Equal("Bearer tok", $"{Resolve(environment: all).Authorization}");
    }

    [Fact]
    public void Options_go_before_the_uri_the_uri_before_the_environment_and_that_before_the_file()
    {
        WriteCredentials("[mlflow]\nmlflow_tracking_username = file\nmlflow_tracking_password = p4\n");
        Dictionary<string, string> environment = new() { ["MLFLOW_TRACKING_USERNAME"] = "env", ["MLFLOW_TRACKING_PASSWORD"] = "p3" };

        Assert.Equal($"Basic {Base64("opt:p1")}", $"{Resolve(new() { Username = "opt", Password = "p1" }, "http://uri:p2@h", environment).Authorization}");
        Assert.Equal($"Basic {Base64("uri:p2")}", $"{Resolve(null, "http://uri:p2@h", environment).Authorization}");
        Assert.Equal($"Basic {Base64("env:p3")}", $"{Resolve(null, "http://h", environment).Authorization}");
        Assert.Equal($"Basic {Base64("file:p4")}", $"{Resolve().Authorization}");
    }

    [Fact]
    public void Name_and_password_may_come_from_different_places()
    {
        WriteCredentials("[mlflow]\nmlflow_tracking_password: p4\n");

        var settings = Resolve(environment: new() { ["MLFLOW_TRACKING_USERNAME"] = "env" });

        Assert.Equal($"Basic {Base64("env:p4")}", $"{settings.Authorization}");
        Assert.Contains("~/.mlflow/credentials", settings.CredentialSource!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[mlflow]\nmlflow_tracking_username = maija\nMLFLOW_TRACKING_PASSWORD=100%%=x\r\n", "maija", "100%=x")]
    [InlineData("# mine\n\n[other]\nmlflow_tracking_username = no\n[mlflow]\n; old\n  mlflow_tracking_username : me  \n", "me", null)]
    [InlineData("mlflow_tracking_username = no section\n", null, null)]
    [InlineData("", null, null)]
    public void The_credentials_file_is_read_as_Python_reads_it(string text, string? username, string? password) =>
        Assert.Equal((username, password), CredentialsFile.Parse(text.Split('\n')));

    [Theory]
    [InlineData("MLFLOW_TRACKING_AUTH", "kubernetes")]
    [InlineData("MLFLOW_TRACKING_AWS_SIGV4", "true")]
    public void A_way_of_signing_that_only_Python_has_is_refused(string variable, string value)
    {
        var error = Assert.Throws<MlflowException>(() => Resolve(environment: new() { [variable] = value }));

        Assert.Equal(ErrorCode.NotImplemented, error.ErrorCode);
        Assert.Contains(variable, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_handler_that_signs_takes_the_place_of_Pythons_plug_ins()
    {
        using var handler = new FakeServer();

        Assert.Null(Resolve(new() { Handler = handler }, environment: new() { ["MLFLOW_TRACKING_AUTH"] = "kubernetes" }).Authorization);
    }

    [Fact]
    public void To_trust_all_and_to_trust_some_cannot_both_be_meant() =>
        Assert.Throws<MlflowException>(() => Resolve(new() { InsecureTls = true, ServerCertificatePath = "ca.pem" }));

    [Theory]
    [InlineData("with space")]
    [InlineData("line\nbreak")]
    [InlineData("ünicode")]
    public void A_token_that_no_header_can_carry_is_refused_without_being_shown(string token) =>
        Assert.DoesNotContain(token, Assert.Throws<MlflowException>(() => Resolve(new() { Token = token })).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("http://host:5000", "http://host:5000/", "http://host:5000")]
    [InlineData("https://user:p%40ss@host/prefix/", "https://host/prefix/", "https://host/prefix")]
    [InlineData("HTTP://HOST/a?b=c", "http://host/a/", "http://host/a")]
    [InlineData("http://[::1]:5000", "http://[::1]:5000/", "http://[::1]:5000")]
    [InlineData("http+unix://%2Frun%2Fmlflow.sock", "http://localhost/", "http+unix://%2Frun%2Fmlflow.sock")]
    [InlineData("http+unix://%2Frun%2Fmlflow.sock/prefix/", "http://localhost/prefix/", "http+unix://%2Frun%2Fmlflow.sock/prefix")]
    public void An_address_is_taken_apart(string uri, string baseUri, string display)
    {
        var address = RestAddress.Parse(uri);

        Assert.Equal((baseUri, display), (address.BaseUri.ToString(), address.Display));
        Assert.Equal(uri.Contains("unix", StringComparison.Ordinal) ? "/run/mlflow.sock" : null, address.SocketPath);
        Assert.Equal(uri.Contains("user", StringComparison.Ordinal) ? "p@ss" : null, address.Credential?.Password);
    }

    [Theory]
    [InlineData("http://")]
    [InlineData("http:///path")]
    [InlineData("http+unix://localhost/x")]
    public void An_address_that_names_no_server_is_refused(string uri) =>
        Assert.Equal(ErrorCode.InvalidParameterValue, Assert.Throws<MlflowException>(() => RestAddress.Parse(uri)).ErrorCode);

    public void Dispose() => _home.Dispose();

    private HttpSettings Resolve(MlflowHttpOptions? options = null, string uri = "http://h", Dictionary<string, string>? environment = null) =>
        HttpSettings.Resolve(RestAddress.Parse(uri), options ?? new(), name => environment?.GetValueOrDefault(name), _home.FullName);

    private void WriteCredentials(string text)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_home.FullName, ".mlflow"));
        File.WriteAllText(Path.Combine(folder.FullName, "credentials"), text);
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}

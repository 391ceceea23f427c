namespace MLflowSharp.Server.Tests;

public sealed class RequestGuardTests
{
    [Theory]
    [InlineData("localhost", true)]
    [InlineData("LocalHost:5000", true)]
    [InlineData("127.0.0.1:5000", true)]
    [InlineData("[::1]:5000", true)]
    [InlineData("192.168.1.7:80", true)]
    [InlineData("10.0.0.1", true)]
    [InlineData("172.31.0.1:5000", true)]
    [InlineData("172.32.0.1", false)]
    [InlineData("evil.example", false)]
    [InlineData("localhost.evil.example", false)]
    [InlineData("127.0.0.1.evil.example:5000", false)]
    [InlineData("", false)]
    public void Only_addresses_of_this_machine_and_of_private_networks_are_accepted(string host, bool accepted)
    {
        using var answer = new RequestGuard().Check(Request("GET", "/", ("Host", host)));

        Assert.Equal(accepted ? null : 403, answer?.Status);
    }

    [Theory]
    [InlineData("/health", null)]
    [InlineData("/version", null)]
    [InlineData("/healthy", 403)]
    public void Probes_may_name_any_host(string path, int? status) => Assert.Equal(status, new RequestGuard().Check(Request("GET", path, ("Host", "evil.example")))?.Status);

    [Fact]
    public void Own_hosts_replace_the_defaults()
    {
        var guard = new RequestGuard(["*.csc.fi"]);

        Assert.Null(guard.Check(Request("GET", "/", ("Host", "mlflow.csc.fi"))));
        Assert.Equal(403, guard.Check(Request("GET", "/", ("Host", "localhost")))?.Status);
        Assert.Null(new RequestGuard(["*"]).Check(Request("GET", "/", ("Host", "any.example"))));
    }

    [Theory]
    [InlineData("POST", "/api/2.0/mlflow/runs/create", "http://evil.example", 403)]
    [InlineData("POST", "/graphql", "http://evil.example", 403)]
    [InlineData("POST", "/v1/traces", "http://evil.example", 403)]
    [InlineData("POST", "/ajax-api/2.0/mlflow/upload-artifact", "http://evil.example", 403)]
    [InlineData("PUT", "/api/2.0/mlflow-artifacts/artifacts/a", "null", 403)]
    [InlineData("DELETE", "/api/2.0/mlflow/registered-models/delete", "http://localhost.evil.example", 403)]
    [InlineData("GET", "/api/2.0/mlflow/runs/get", "http://evil.example", null)]
    [InlineData("POST", "/api/2.0/mlflow/runs/create", "http://localhost:8888", null)]
    [InlineData("POST", "/api/2.0/mlflow/runs/create", "https://127.0.0.1", null)]
    [InlineData("POST", "/api/2.0/mlflow/runs/create", "https://notebooks.csc.fi", null)]
    public void Pages_of_others_may_change_nothing(string method, string path, string origin, int? status) =>
        Assert.Equal(status, new RequestGuard(null, ["https://*.csc.fi"]).Check(Request(method, path, ("Host", "localhost"), ("Origin", origin)))?.Status);

    [Theory]
    [InlineData("https://mlflow.example.org", "mlflow.example.org", null)]
    [InlineData("http://mlflow.example.org:8080", "mlflow.example.org:8080", null)]
    [InlineData("http://mlflow.example.org:8081", "mlflow.example.org:8080", 403)]
    [InlineData("https://other.example.org", "mlflow.example.org", 403)]
    public void The_servers_own_pages_may_change_things_under_any_allowed_name(string origin, string host, int? status) =>
        Assert.Equal(status, new RequestGuard(["*.example.org*"]).Check(Request("POST", "/graphql", ("Host", host), ("Origin", origin)))?.Status);

    [Theory]
    [InlineData("DENY", "DENY")]
    [InlineData("none", null)]
    public void Framing_by_other_sites_can_be_ruled(string option, string? header)
    {
        using var answer = RestResponse.OfText(200, "");
        new RequestGuard { FrameOptions = option }.Describe(Request("GET", "/"), answer);

        Assert.Equal(header, answer.Headers.GetValueOrDefault("X-Frame-Options"));
    }

    [Fact]
    public void A_browser_that_asks_first_is_answered()
    {
        var guard = new RequestGuard();
        var asked = Request("OPTIONS", "/api/2.0/mlflow/runs/create", ("Origin", "http://localhost:3000"), ("Access-Control-Request-Method", "POST"));

        using var answer = guard.Check(asked)!;
        guard.Describe(asked, answer);

        Assert.Equal(200, answer.Status);
        Assert.Equal("http://localhost:3000", answer.Headers["Access-Control-Allow-Origin"]);
        Assert.Equal("nosniff", answer.Headers["X-Content-Type-Options"]);
        Assert.Equal("SAMEORIGIN", answer.Headers["X-Frame-Options"]);
    }

    private static RestRequest Request(string method, string target, params (string Name, string Value)[] headers) =>
        new() { Method = method, Target = target, Headers = headers.ToDictionary(header => header.Name, header => header.Value) };
}

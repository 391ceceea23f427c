using Tutorial.Cli.Diagnosis.Places;
using Tutorial.Helpers;

namespace Tutorial.Cli.Tests.Diagnosis.Places;

public sealed class NetworkChecksTests
{
    private readonly FakePlace _place = new();

    private NetworkChecks Checks => new(_place);

    [Fact]
    public void A_machine_on_which_all_is_well_passes()
    {
        Assert.Equal("127.0.0.1 can be listened at; 5000 is free", Checks.Ports().Detail);
        Assert.Equal("none is set", Checks.Proxies().Detail);
    }

    [Fact]
    public void A_sandbox_without_ports_is_told()
    {
        _place.IsTaken = _ => true;

        Fails(Checks.Ports(), "no port of 127.0.0.1", "ip link set lo up");
    }

    [Fact]
    public void That_somebody_has_the_usual_port_is_a_remark()
    {
        _place.IsTaken = port => port == 5000;

        Assert.True(Checks.Ports().Passed);
        Assert.Contains("--port 0", Checks.Ports().Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http_proxy", null)]
    [InlineData("HTTPS_PROXY", "")]
    [InlineData("all_proxy", "example.org")]
    [InlineData("http_proxy", "localhost.example.org,127.0.0.11")]
    public void A_proxy_that_would_be_asked_for_this_machine_is_told_without_its_password(string variable, string? around)
    {
        _place.Variables[variable] = "http://ann:s3cret@proxy.example.org:3128";
        if (around is not null)
            _place.Variables["no_proxy"] = around;

        Fails(Checks.Proxies(), $"{variable} is proxy.example.org:3128", "does not name 127.0.0.1 and localhost", "localhost,127.0.0.1,::1");
        Assert.DoesNotContain("s3cret", Checks.Proxies().Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no_proxy", "localhost,127.0.0.1")]
    [InlineData("NO_PROXY", ".localhost, 127.0.0.1")]
    [InlineData("no_proxy", "*")]
    public void A_proxy_that_is_not_asked_for_this_machine_is_well(string variable, string around)
    {
        (_place.Variables["http_proxy"], _place.Variables[variable]) = ("http://proxy:3128", around);
        Assert.True(Checks.Proxies().Passed, Checks.Proxies().Detail);

        _place.GoesToProxy = true;
        Assert.False(Checks.Proxies().Passed);
    }

    [Fact]
    public void What_was_in_no_proxy_stays_there()
    {
        (_place.Variables["http_proxy"], _place.Variables["no_proxy"]) = ("http://proxy:3128", "example.org");

        Fails(Checks.Proxies(), "export no_proxy=example.org,localhost,127.0.0.1,::1");
    }

    private static void Fails(EnvironmentItem item, params string[] parts)
    {
        Assert.False(item.Passed, item.Detail);
        Assert.All(parts, part => Assert.Contains(part, item.Detail, StringComparison.Ordinal));
    }
}

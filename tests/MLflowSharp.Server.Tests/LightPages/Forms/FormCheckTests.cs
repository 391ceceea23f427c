namespace MLflowSharp.Server.Tests.LightPages.Forms;

/// <summary>Only our own pages change something.</summary>
public sealed class FormCheckTests : IDisposable
{
    private readonly PagesUnderTest _pages = new();

    public void Dispose() => _pages.Dispose();

    [Fact]
    public async Task A_form_without_the_secret_changes_nothing()
    {
        foreach (var token in (string[])["", "wrong", new('0', 32)])
        {
            var answer = await _pages.PostAsync("create-experiment", [("name", "stolen"), ("form-token", token), ("from", "experiments")]);
            Assert.Equal(403, answer.Status);
        }

        Assert.Null(await _pages.Store.GetExperimentByNameAsync("stolen", PagesUnderTest.Cancellation));
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-site", 403)]
    [InlineData("Sec-Fetch-Site", "none", 403)]
    [InlineData("Sec-Fetch-Site", "same-origin", 303)]
    [InlineData("Origin", "http://elsewhere", 403)]
    [InlineData("Origin", "http://127.0.0.1:6000", 403)]
    [InlineData("Origin", "null", 403)]
    [InlineData("Origin", "http://127.0.0.1:5000", 303)]
    public async Task A_page_of_another_origin_changes_nothing_even_if_it_knew_the_secret(string header, string value, int status)
    {
        (string, string)[] fields = [("name", "e"), ("form-token", await _pages.TokenAsync()), ("from", "experiments")];

        Assert.Equal(status, (await _pages.PostAsync("create-experiment", fields, (header, value))).Status);

        Assert.Equal(status == 303, await _pages.Store.GetExperimentByNameAsync("e", PagesUnderTest.Cancellation) is not null);
    }

    [Fact]
    public async Task Behind_a_proxy_the_forwarded_host_counts()
    {
        (string, string)[] fields = [("name", "e"), ("form-token", await _pages.TokenAsync()), ("from", "experiments")];

        Assert.Equal(303, (await _pages.PostAsync("create-experiment", fields, ("Origin", "https://hub.example"), ("X-Forwarded-Host", "hub.example"))).Status);
    }

    [Fact]
    public async Task Another_kind_of_body_is_refused()
    {
        using var api = new ApiUnderTest();

        Assert.Equal(400, (await api.SendAsync("POST", "/light/create-experiment", "{\"name\": \"e\"}")).Status);
    }

    [Fact]
    public async Task A_form_never_leads_to_another_server()
    {
        await _pages.Registry.CreateRegisteredModelAsync("m", null, null, PagesUnderTest.Cancellation);
        await _pages.Registry.CreateModelVersionAsync("m", "/tmp/m", null, null, null, null, null, PagesUnderTest.Cancellation);

        var answer = await _pages.PostAsync("set-alias", [("form-token", await _pages.TokenAsync()), ("from", "//elsewhere/"), ("model", "m"), ("version", "1"), ("alias", "champion")]);

        Assert.Equal((303, "models?done=alias-set"), (answer.Status, answer.Headers["Location"]));
    }

    [Fact]
    public async Task A_mistake_is_told_on_the_page_of_the_form_and_what_was_filled_in_stays()
    {
        await _pages.ExperimentAsync("taken");

        var answer = await _pages.SendAsync("experiments", "create-experiment", ("name", "taken"));

        Assert.Equal(400, answer.Status);
        Assert.Contains("role=\"alert\"", answer.Text, StringComparison.Ordinal);
        Assert.Contains("name=\"name\" value=\"taken\"", answer.Text, StringComparison.Ordinal);
        Assert.Contains("<h1>Experiments</h1>", answer.Text, StringComparison.Ordinal);
    }
}

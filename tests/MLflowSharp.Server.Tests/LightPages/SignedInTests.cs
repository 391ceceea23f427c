using System.Net;
using System.Text.RegularExpressions;
using MLflowSharp.Tests;

namespace MLflowSharp.Server.Tests.LightPages;

/// <summary>Our pages behind the server's token, as a browser has it.</summary>
public sealed partial class SignedInTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_printed_address_leads_to_the_pages_and_their_forms_work_then()
    {
        await using var server = await TrackingServer.StartAsync(
            new() { BackendStoreUri = _folder.TrackingUri, ArtifactsDestination = Path.Combine(_folder.FullName, "served"), Port = 0, Token = "s3cret", PathPrefix = "/proxy/5000" }, Cancellation);
        using var browser = new HttpClient(new HttpClientHandler { CookieContainer = new() }) { BaseAddress = new(server.TrackingUri + "/") };
        using var stranger = new HttpClient { BaseAddress = browser.BaseAddress };
        foreach (var address in (string[])["", "light/experiments", "light/pages.css", "light/artifact-file?run=x&path=y"])
            Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync(new Uri(address, UriKind.Relative), Cancellation)).StatusCode);

        var page = await browser.GetStringAsync(new Uri("?token=s3cret", UriKind.Relative), Cancellation);
        Assert.Contains("<h1>Experiments</h1>", page, StringComparison.Ordinal);
        var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["form-token"] = Token().Match(page).Groups[1].Value, ["from"] = "experiments", ["name"] = "by form" });
        using var answer = await browser.PostAsync(new Uri("light/create-experiment", UriKind.Relative), form, Cancellation);

        Assert.Equal((HttpStatusCode.OK, $"{server.TrackingUri}/light/runs?experiment=1&done=created"), (answer.StatusCode, answer.RequestMessage!.RequestUri!.ToString()));
        Assert.Contains("<h1>by form</h1>", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [GeneratedRegex("name=\"form-token\" value=\"([^\"]*)\"")]
    private static partial Regex Token();
}

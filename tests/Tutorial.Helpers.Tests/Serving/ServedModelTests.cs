using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using MLflowSharp;

namespace Tutorial.Helpers.Tests.Serving;

[Collection(nameof(OneAfterAnother))]
public sealed class ServedModelTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("served-").FullName;

    public ServedModelTests() =>
        Mlflow.SetTrackingUri($"sqlite:///{_folder}/mlflow.db", new MlflowClientOptions { DefaultArtifactRoot = Path.Combine(_folder, "artifacts") });

    public void Dispose()
    {
        Mlflow.SetTrackingUri("");
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_model_is_served_to_those_who_show_the_token_until_it_is_disposed()
    {
        PreparedRuns.ChampionAndChallenger();
        var served = ServedModel.Start("models:/mnist@champion");
        using var client = served.CreateClient();

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/ping", TestContext.Current.CancellationToken)).StatusCode);
        Assert.StartsWith("{\"predictions\":", await (await AskAsync(client)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "guessed");
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(client)).StatusCode);

        served.Dispose();
        served.Dispose();
        using var after = new TcpClient();
        await Assert.ThrowsAnyAsync<SocketException>(async () => await after.ConnectAsync("127.0.0.1", new Uri(served.Uri).Port, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_model_that_is_not_there_is_told_by_the_servers_own_words()
    {
        var error = Assert.Throws<MlflowException>(() => ServedModel.Start("models:/mnist@champion"));

        Assert.Contains("mnist", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("without a word", error.Message, StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> AskAsync(HttpClient client)
    {
        var row = string.Join(",", Enumerable.Repeat("0", 784));
        return client.PostAsync("/invocations", new StringContent($"{{\"inputs\": [[{row}]]}}", Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
    }
}

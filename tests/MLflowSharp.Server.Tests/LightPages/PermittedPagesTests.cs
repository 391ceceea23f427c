using System.Net;
using MLflowSharp.Server.Tests.Users;

namespace MLflowSharp.Server.Tests.LightPages;

/// <summary>Our pages on a server with users.</summary>
public sealed class PermittedPagesTests
{
    [Theory]
    [InlineData("NO_PERMISSIONS", HttpStatusCode.Forbidden)]
    [InlineData("READ", HttpStatusCode.OK)]
    public async Task Pages_show_what_their_reader_may_see(string permission, HttpStatusCode expected)
    {
        await using var server = await UserServer.StartAsync("NO_PERMISSIONS", "owner", "user");
        using var owner = server.ClientOf("owner");
        var experiment = owner.CreateExperiment("of owner");
        var run = owner.CreateRun(experiment).Info.RunId;
        owner.LogBatch(run, [new("loss", 0.5, 1, 2)], [], []);
        owner.LogText(run, "secret", "notes.txt");
        var model = owner.CreateLoggedModel(experiment, "cnn").ModelId;
        await server.GrantAsync(experiment, "user", permission, by: "owner");
        string[] pages =
        [
            $"runs?experiment={experiment}", $"run?id={run}", $"chart?metric=loss&run={run}", $"compare?run={run}", $"artifacts?run={run}&path=notes.txt", $"artifact-file?run={run}&path=notes.txt", $"artifacts?model={model}",
        ];
        foreach (var page in pages)
        {
            var (status, text) = await server.SendAsync("user", "GET", $"light/{page}");
            Assert.True(status == expected, $"{page}: {status}: {text}");
            if (expected == HttpStatusCode.Forbidden)
                Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        }

        var (_, list) = await server.SendAsync("user", "GET", "light/experiments");
        Assert.Equal(expected == HttpStatusCode.OK, list.Contains("of owner", StringComparison.Ordinal));
    }
}

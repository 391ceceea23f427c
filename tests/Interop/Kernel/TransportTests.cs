using System.Text.Json.Nodes;

namespace Interop.Kernel;

/// <summary>Jupyter's own client starts our kernel over TCP and over socket files, encrypted and in the clear, as its policy says.</summary>
public sealed class TransportTests(TransportTests.Conversations conversations) : IClassFixture<TransportTests.Conversations>
{
    [Theory]
    [InlineData("tcp_disabled", false)]
    [InlineData("tcp_auto", true)]
    [InlineData("tcp_required", true)]
    [InlineData("ipc_disabled", false)]
    [InlineData("ipc_required", true)]
    public async Task It_executes_asks_is_interrupted_beats_and_restarts(string way, bool isEncrypted)
    {
        var told = await conversations.AnswerAsync(way);
        Assert.Equal(isEncrypted, (bool)told["encrypted"]!);
        Assert.Equal(["ok", "21"], Texts(told["result"]));
        Assert.Equal(["ok", "Maija"], Texts(told["input"]));
        Assert.Equal(["error", "ok", "20"], Texts(told["interrupted"]));
        Assert.Equal(("beat", true), ((string)told["heartbeat"]!, (bool)told["beating"]!));
        Assert.Equal(["ok", "5000000"], Texts(told["large"]));
        Assert.Equal(["ok", "2"], Texts(told["restarted"]));
    }

    [Theory]
    [InlineData("tcp_required")]
    [InlineData("ipc_required")]
    public async Task Who_has_no_key_or_another_hears_nothing_at_all(string way)
    {
        var told = await conversations.AnswerAsync(way);
        Assert.Empty(told["without_key"]!.AsArray());
        Assert.Empty(told["wrong_key"]!.AsArray());
        Assert.Equal(["ok", "20"], Texts(told["afterwards"]));
    }

    [Theory]
    [InlineData("ipc_disabled")]
    [InlineData("ipc_required")]
    public async Task Socket_files_are_their_owners_and_go_with_the_kernel(string way)
    {
        var told = await conversations.AnswerAsync(way);
        Assert.All(Texts(told["modes"]), mode => Assert.Equal("0o600", mode));
        Assert.Empty(told["left"]!.AsArray());
    }

    private static IEnumerable<string> Texts(JsonNode? list) => list!.AsArray().GetValues<string>();

    /// <summary>The conversations, held once for all tests of this class.</summary>
    public sealed class Conversations() : KernelConversation("drive_transport");
}

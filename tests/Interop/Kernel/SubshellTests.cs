namespace Interop.Kernel;

/// <summary>Jupyter's own client works in subshells of our kernel while its main shell is busy.</summary>
public sealed class SubshellTests(SubshellTests.Conversation conversation) : IClassFixture<SubshellTests.Conversation>
{
    [Theory]
    [InlineData("features", "[\"kernel subshells\"]")]
    [InlineData("listed", "true")]
    [InlineData("busy", "[[\"shared\"],true]")]
    [InlineData("beside", "[\"42\"]")]
    [InlineData("beside_reply", "\"ok\"")]
    [InlineData("failing", "\"error\"")]
    [InlineData("still_busy", "true")]
    [InlineData("busy_result", "[\"42\"]")]
    [InlineData("counts_differ", "true")]
    [InlineData("interrupted", "\"error\"")]
    [InlineData("beside_survives", "\"ok\"")]
    [InlineData("deleted", "\"ok\"")]
    [InlineData("hanging", "\"error\"")]
    [InlineData("unknown", "\"UnknownSubshellError\"")]
    [InlineData("listed_after", "true")]
    [InlineData("main", "\"ok\"")]
    [InlineData("exit_code", "0")]
    public async Task It_goes_as_the_protocol_says(string point, string expected) =>
        Assert.Equal(expected, (await conversation.AnswerAsync(point)).ToJsonString());

    /// <summary>The conversation, held once for all tests of this class.</summary>
    public sealed class Conversation() : KernelConversation("drive_subshells");
}

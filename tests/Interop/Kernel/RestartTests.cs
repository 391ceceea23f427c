namespace Interop.Kernel;

/// <summary>jupyter_client's asynchronous manager, which Jupyter's servers use, restarts our kernel.</summary>
public sealed class RestartTests(RestartTests.Conversation conversation) : IClassFixture<RestartTests.Conversation>
{
    [Fact]
    public async Task A_restart_gives_a_new_process_on_the_same_ports_that_knows_nothing_of_the_last()
    {
        Assert.Equal("20", (string)(await conversation.AnswerAsync("before"))["results"]![0]!);

        var cell = await conversation.AnswerAsync("restarted");
        Assert.True((bool)await conversation.AnswerAsync("is_new"));
        Assert.Equal(1, (int)cell["count"]!);
        Assert.Contains("CS0103", (string)Assert.Single(cell["errors"]!.AsArray())!, StringComparison.Ordinal);
        // The end was wanted: there is no death to tell of.
        Assert.Equal("", (string)cell["stderr"]!);
    }

    [Fact]
    public async Task After_a_kill_the_new_process_says_where_the_cell_stands_which_one_ran()
    {
        Assert.Equal("""["restart"]""", (await conversation.AnswerAsync("restarts")).ToJsonString());

        var notice = await conversation.AnswerAsync("notice");
        Assert.Equal("KernelDied", (string)notice["ename"]!);
        Assert.Contains("died while cell 3 (Console.WriteLine(\"looping\");) ran", (string)notice["evalue"]!, StringComparison.Ordinal);
        Assert.Equal("idle", (string)(await conversation.AnswerAsync("after_notice"))["execution_state"]!);
    }

    [Fact]
    public async Task After_a_kill_the_first_cell_says_it_once_more_and_works()
    {
        var cell = await conversation.AnswerAsync("after_death");
        Assert.Contains("died while cell 3", (string)cell["stderr"]!, StringComparison.Ordinal);
        Assert.Equal(("ok", "2", 1), ((string)cell["status"]!, (string)cell["results"]![0]!, (int)cell["count"]!));

        var next = await conversation.AnswerAsync("forgotten");
        Assert.Equal("", (string)next["stderr"]!);
        Assert.Contains("CS0103", (string)Assert.Single(next["errors"]!.AsArray())!, StringComparison.Ordinal);
    }

    /// <summary>The restarts, done once for all these tests.</summary>
    public sealed class Conversation() : KernelConversation("drive_restarts");
}

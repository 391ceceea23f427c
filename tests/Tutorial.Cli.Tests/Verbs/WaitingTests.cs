using System.IO.Pipes;
using MLflowSharp.Serving;

namespace Tutorial.Cli.Tests.Verbs;

/// <summary>When a server that runs in a terminal, or for another program, stops.</summary>
public sealed class WaitingTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_server_that_another_program_started_stops_when_that_ends()
    {
        await using var program = new AnonymousPipeServerStream(PipeDirection.Out);
        using var input = new StreamReader(new AnonymousPipeClientStream(PipeDirection.In, program.ClientSafePipeHandle));
        var waiting = Waiting.UntilStoppedAsync(CancellationToken.None, input);

        await program.WriteAsync("a line for nobody\n"u8.ToArray(), TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<TimeoutException>(() => waiting.WaitAsync(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken));

        program.Dispose();
        await waiting.WaitAsync(s_patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task It_stops_when_it_is_told_to_although_the_program_goes_on()
    {
        await using var program = new AnonymousPipeServerStream(PipeDirection.Out);
        using var input = new StreamReader(new AnonymousPipeClientStream(PipeDirection.In, program.ClientSafePipeHandle));
        using var stop = new CancellationTokenSource();
        var waiting = Waiting.UntilStoppedAsync(stop.Token, input);

        await stop.CancelAsync();
        await waiting.WaitAsync(s_patience, TestContext.Current.CancellationToken);
    }
}

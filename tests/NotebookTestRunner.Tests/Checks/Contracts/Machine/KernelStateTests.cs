using System.Text.Json.Nodes;
using JupyterProtocol.Messages;
using NotebookTestRunner.Checks;
using NotebookTestRunner.Checks.Contracts.Machine;
using NotebookTestRunner.Outputs;

namespace NotebookTestRunner.Tests.Checks.Contracts.Machine;

public sealed class KernelStateTests
{
    private const string Answer = """{"folder": "/work", "variables": {"A": "1", "B": "2"}}""";

    [Theory]
    [InlineData("C#")]
    [InlineData("python")]
    public async Task A_kernel_is_asked_in_its_language(string language)
    {
        var kernel = new AnsweringKernel(language, Answer);
        var state = await KernelState.ReadAsync(kernel, TestContext.Current.CancellationToken);

        Assert.Equal("/work", state.Folder);
        Assert.Equal("1", state.Variables["A"]);
        Assert.Contains(language == "C#" ? "System.Environment" : "os", kernel.Asked);
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("[]")]
    [InlineData("{\"folder\": 1}")]
    [InlineData("{\"variables\": {}}")]
    public async Task An_answer_that_is_not_understood_is_an_error(string answer) =>
        await Assert.ThrowsAsync<NotebookRunException>(() => KernelState.ReadAsync(new AnsweringKernel("python", answer), TestContext.Current.CancellationToken));

    [Fact]
    public void Changes_are_told_without_their_values()
    {
        var before = new KernelState("/", new Dictionary<string, string> { ["A"] = "1", ["B"] = "secret", ["C"] = "3" });
        var after = new KernelState("/", new Dictionary<string, string> { ["B"] = "other secret", ["C"] = "3", ["D"] = "4" });

        Assert.Equal(["A was removed", "B was changed", "D was set"], before.ChangesTo(after));
        Assert.Empty(before.ChangesTo(before));
    }

    private sealed class AnsweringKernel(string language, string answer) : IRunningKernel
    {
        public event Action<Message>? Published
        {
            add { }
            remove { }
        }

        public string Asked { get; private set; } = "";

        public int ProcessId => 1;

        public string Language => language;

        public Func<string, bool, CancellationToken, Task<string>>? Input { get; set; }

        public Task<Evaluation> EvaluateAsync(string code, CancellationToken cancellationToken)
        {
            Asked = code;
            return Task.FromResult(new Evaluation([new StreamOutput("stdout", answer)], null));
        }

        public void Send(string messageType, JsonObject content, IReadOnlyList<byte[]>? buffers = null)
        {
        }
    }
}

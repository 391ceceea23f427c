namespace CSharpKernel.Tests.Dialect;

public sealed class KernelApiTests : IDisposable
{
    private readonly Notebook _notebook = new();

    public void Dispose() => _notebook.Dispose();

    [Fact]
    public async Task Old_using_directives_compile() =>
        await _notebook.RunWellAsync("using Microsoft.DotNet.Interactive;\nusing Microsoft.DotNet.Interactive.Commands;\nusing Microsoft.DotNet.Interactive.Events;\nusing Microsoft.DotNet.Interactive.CSharp;\nusing Microsoft.DotNet.Interactive.Connection;\nusing Microsoft.DotNet.Interactive.Documents;\nusing Microsoft.DotNet.Interactive.Jupyter;\nusing Microsoft.DotNet.Interactive.ValueSharing;\n1");

    [Fact]
    public async Task Code_sent_from_a_cell_shows_what_it_does_in_that_cell()
    {
        var cell = await _notebook.RunWellAsync("""
            using Microsoft.DotNet.Interactive;
            using Microsoft.DotNet.Interactive.Commands;
            using Microsoft.DotNet.Interactive.Events;
            var sent = await Kernel.Root.SendAsync(new SubmitCode("var inner = 20; Console.WriteLine(\"inside\"); inner + 1", "csharp"));
            sent.Events.OfType<ReturnValueProduced>().Single().Value
            """);
        Assert.Equal("inside\n", cell.Stdout);
        Assert.Equal(["21", "21"], cell.Shown.Where(shown => shown.Kind == "result").Select(shown => (string)shown.Data!["text/plain"]!));
        Assert.Equal("20", (await _notebook.RunWellAsync("inner")).ResultText);
    }

    [Fact]
    public async Task A_command_that_is_not_known_says_which_are()
    {
        var cell = await _notebook.RunAsync("""
            using Microsoft.DotNet.Interactive.Commands;
            class SendEditableCode : KernelCommand { }
            await Root.SendAsync(new SendEditableCode());
            """);
        Assert.Contains("does not know the command SendEditableCode. It runs SubmitCode, RequestValue,", cell.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Code_sent_that_fails_says_so_and_the_cell_goes_on()
    {
        var cell = await _notebook.RunWellAsync("""
            using Microsoft.DotNet.Interactive;
            using Microsoft.DotNet.Interactive.Commands;
            using Microsoft.DotNet.Interactive.Events;
            var sent = await Kernel.Root.SendAsync(new SubmitCode("throw new Exception(\"inner fault\");"));
            sent.Events.Last() is CommandFailed
            """);
        Assert.Contains("inner fault", cell.Stderr, StringComparison.Ordinal);
        Assert.Equal("True", cell.ResultText, ignoreCase: true);
    }

    [Fact]
    public async Task Values_pass_between_kernels_by_command()
    {
        var cell = await _notebook.RunWellAsync("""
            using Microsoft.DotNet.Interactive;
            using Microsoft.DotNet.Interactive.Commands;
            using Microsoft.DotNet.Interactive.Events;
            await Kernel.Root.SendAsync(new SendValue("list", new List<int> { 1, 2 }, null, "csharp"));
            var answer = await Kernel.Root.FindKernelByName("csharp").SendAsync(new RequestValue("list"));
            ((List<int>)answer.Events.OfType<ValueProduced>().Single().Value).Count
            """);
        Assert.Equal("2", cell.ResultText);
        Assert.Equal("3", (await _notebook.RunWellAsync("list.Add(3); list.Count")).ResultText);
    }

    [Fact]
    public async Task An_updated_value_keeps_its_place()
    {
        var cell = await _notebook.RunWellAsync("var shown = display(\"a\"); shown.Update(\"b\"); shown.Update(\"c\");");
        Assert.Equal(["display", "update", "update"], cell.Displays.Select(each => each.Kind));
        Assert.Single(cell.Displays.Select(each => each.Name).Distinct());
    }

    [Fact]
    public async Task The_context_of_a_cell_is_known()
    {
        var cell = await _notebook.RunWellAsync("using Microsoft.DotNet.Interactive;\nKernelInvocationContext.Current.Display(\"x\", \"text/plain\");\nKernelInvocationContext.Current.DisplayAs(\"# y\", \"text/markdown\");\n(KernelInvocationContext.Current.CancellationToken.CanBeCanceled, Kernel.Current.Name, Kernel.Root.Name).ToString()");
        Assert.Equal(2, cell.Displays.Count);
        Assert.Contains("csharp, .NET", cell.ResultText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Questions_reach_the_user()
    {
        var cell = await _notebook.RunAsync("$\"{input(\"a\")} {await Kernel.GetInputAsync(\"b\", \"number\")} {password(\"c\").GetClearTextPassword()} {(await Kernel.GetPasswordAsync(\"d\")).GetClearTextPassword()}\"".Replace("Kernel.", "", StringComparison.Ordinal), (prompt, isPassword) => prompt == "b" ? "4" : prompt + isPassword);
        Assert.Equal("aFalse 4 cTrue dTrue", cell.ResultText);
    }

    [Fact]
    public async Task An_answer_of_another_kind_is_asked_for_again()
    {
        var answers = new Queue<string>(["x", "1.5"]);
        var cell = await _notebook.RunAsync("await GetInputAsync(\"How many?\", \"number\")", (_, _) => answers.Dequeue());
        Assert.Equal("1.5", cell.ResultText);
        Assert.Contains("'x' is no number", cell.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_can_be_taken_away() =>
        Assert.Equal(["clear", "stdout"], (await _notebook.RunWellAsync("ClearOutput(); Console.WriteLine(1);")).Shown.Select(shown => shown.Kind));
}

namespace CSharpKernel.Tests.Dialect;

public sealed class NotebookMagicTests : IDisposable
{
    private const string Usings = """
        using Microsoft.DotNet.Interactive;
        using Microsoft.DotNet.Interactive.Commands;
        using Microsoft.DotNet.Interactive.Directives;

        """;

    private readonly Notebook _notebook = new();

    public void Dispose() => _notebook.Dispose();

    [Fact]
    public async Task It_calls_its_function_and_is_listed_and_explained()
    {
        await _notebook.RunWellAsync(Usings + """
            var flip = new KernelActionDirective("#!flip-coin") { Description = "Flips a coin." };
            Kernel.Root.AddDirective(flip, (command, context) => { context.Display("Heads"); return Task.CompletedTask; });
            """);
        Assert.Equal("Heads", (string)Assert.Single((await _notebook.RunWellAsync("#!flip-coin")).Displays).Data!["text/plain"]!);
        Assert.Contains("#!flip-coin", (string)(await _notebook.RunWellAsync("#!lsmagic")).Displays[0].Data!["text/plain"]!, StringComparison.Ordinal);
        Assert.StartsWith("Flips a coin.\nUsage: #!flip-coin", (string)(await _notebook.RunWellAsync("#!flip-coin --help")).Displays[0].Data!["text/plain"]!, StringComparison.Ordinal);
        Assert.Contains("Did you mean #!flip-coin?", (await _notebook.RunAsync("#!flip-con")).Error.Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#!show --variable-name x --times 2 --loud", "x 2 True 0")]
    [InlineData("#!show x --numbers [1,2]", "x 0 False 2")]
    [InlineData("#!show @csharp:text --times 7", "of the notebook 7 False 0")]
    public async Task What_stands_behind_its_name_becomes_the_properties_of_a_command(string line, string shown)
    {
        await _notebook.RunWellAsync(Usings + """
            var text = "of the notebook";
            class Show : KernelCommand { public string VariableName { get; set; } public int Times { get; set; } public bool Loud { get; set; } public int[] Numbers { get; set; } = []; }
            var show = new KernelActionDirective("#!show")
            {
                Parameters =
                {
                    new KernelDirectiveParameter("--variable-name") { Required = true, AllowImplicitName = true },
                    new("--times"), new("--loud") { Flag = true }, new("--numbers"),
                },
            };
            Kernel.Current.AddDirective<Show>(show, async (command, context) =>
            {
                await Task.Yield();
                Console.Write($"{command.VariableName} {command.Times} {command.Loud} {command.Numbers.Length}");
            });
            """);
        Assert.Equal(shown, (await _notebook.RunWellAsync(line)).Stdout);
        Assert.Contains("#!show needs the parameter --variable-name. Usage: #!show", (await _notebook.RunAsync("#!show")).Error.Value, StringComparison.Ordinal);
        Assert.Contains("does not fit Show", (await _notebook.RunAsync("#!show x --times many")).Error.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_one_of_a_name_counts_and_the_kernels_own_stay()
    {
        var add = "Root.AddDirective(new Microsoft.DotNet.Interactive.Directives.KernelActionDirective(\"{0}\"), (c, k) => {{ Console.Write({1}); return Task.CompletedTask; }});";
        string Add(string name, int number) => string.Format(System.Globalization.CultureInfo.InvariantCulture, add, name, number);
        await _notebook.RunWellAsync("using Microsoft.DotNet.Interactive;\n" + Add("#!mine", 1));
        await _notebook.RunWellAsync(Add("#!mine", 2));
        Assert.Equal("2", (await _notebook.RunWellAsync("#!mine")).Stdout);
        Assert.Contains("#!time is a magic of this kernel", (await _notebook.RunAsync(Add("#!time", 1))).Error.Value, StringComparison.Ordinal);
        Assert.Contains("begins with #!", (await _notebook.RunAsync(Add("mine", 1))).Error.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_its_function_throws_is_the_cells_error_and_an_interrupt_ends_it()
    {
        await _notebook.RunWellAsync("""
            using Microsoft.DotNet.Interactive;
            using Microsoft.DotNet.Interactive.Directives;
            Root.AddDirective(new KernelActionDirective("#!fails"), (c, k) => throw new InvalidOperationException("broken"));
            Root.AddDirective(new KernelActionDirective("#!waits"), async (c, k) => { c.ToString(); 1.Display(); await Task.Delay(System.Threading.Timeout.Infinite); });
            """);
        Assert.Equal("broken", (await _notebook.RunAsync("#!fails")).Error.Value);
        using var interrupt = new CancellationTokenSource();
        var started = new TaskCompletionSource();
        var cell = _notebook.RunAsync("#!waits", new Output { OnShown = started.SetResult }, interrupt.Token);
        await started.Task;
        await interrupt.CancelAsync();
        Assert.Contains("Interrupted", (await cell).Error.Value, StringComparison.OrdinalIgnoreCase);
    }
}

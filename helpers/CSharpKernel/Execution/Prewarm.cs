using CSharpKernel.Display;
using CSharpKernel.Scripting;

namespace CSharpKernel.Execution;

/// <summary>
/// Compiles and runs a small hidden cell in a session of its own while Jupyter and the kernel shake hands, so that the
/// first real cell finds the compiler awake.
/// </summary>
internal static class Prewarm
{
    // What most first cells hold; what it would print is not reached.
    private const string Code =
        """
        record Warm(int Value);
        var list = new List<int> { 1, 2 };
        var text = $"{list.Select(each => each * 2).Sum()}";
        var numbers = new[] { 1.0, 2, 3 };
        await Task.Yield();
        for (var index = 2; index < list.Count; index++)
            Console.WriteLine($"{text} {index}");
        text
        """;

    /// <summary>Does it.</summary>
    public static Task RunAsync() => Task.Run(async () =>
    {
        var session = new ScriptSession();
        var submission = session.Compile(Code, "prewarm", Environment.CurrentDirectory, CancellationToken.None);
        var value = await CellRun.RunAsync(() => session.RunAsync(submission, () => { }), TimeProvider.System, CancellationToken.None);
        _ = new DisplayFormatter().Format(new[] { new { Value = value } });
    });
}

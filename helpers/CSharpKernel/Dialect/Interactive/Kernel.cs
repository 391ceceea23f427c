using System.Text.Json;
using CSharpKernel.Dialect;
using CSharpKernel.Execution;
using Microsoft.AspNetCore.Html;
using Microsoft.DotNet.Interactive.Commands;

namespace Microsoft.DotNet.Interactive;

/// <summary>What runs cells of one language. Its static members are in scope in every cell.</summary>
public class Kernel
{
    internal Kernel(string name, CSharpEngine engine, CompositeKernel? parent)
    {
        Engine = engine;
        Name = name;
        ParentKernel = parent;
        KernelInfo = new KernelInfo(name, [.. engine.Magics.AliasesOf(name)]);
    }

    /// <summary>The kernel that runs the calling cell.</summary>
    public static Kernel Current => Shown.Cell.Engine.Kernels.Find(KernelInvocationContext.Current?.Command.TargetKernelName ?? "csharp");

    /// <summary>The kernel that holds all others.</summary>
    public static Kernel Root => Shown.Cell.Engine.Kernels;

    /// <summary>Fires when the running cell is interrupted. Long work that watches it can end in good order.</summary>
    public static CancellationToken CellCancellationToken => Shown.Cell.CancellationToken;

    /// <summary>The kernel's name, such as <c>csharp</c>.</summary>
    public string Name { get; }

    /// <summary>What is known of the kernel.</summary>
    public KernelInfo KernelInfo { get; }

    /// <summary>The kernel that holds this one; null for the root.</summary>
    public CompositeKernel? ParentKernel { get; }

    /// <summary>The kernel that holds all others.</summary>
    public Kernel RootKernel => ParentKernel?.RootKernel ?? this;

    internal CSharpEngine Engine { get; }

    /// <summary>Shows a value below the cell.</summary>
    /// <param name="value">What to show; any object, also null.</param>
    /// <param name="mimeTypes">The MIME types to send; all that suit the value when none is given.</param>
    /// <returns>A handle by which the value can be replaced.</returns>
    public static DisplayedValue display(object? value, params string[] mimeTypes) => Shown.Show(value, mimeTypes);

    /// <summary>Text that is shown as HTML when it is a cell's value or displayed.</summary>
    /// <param name="content">The HTML.</param>
    public static IHtmlContent HTML(string content) => new HtmlString(content);

    /// <summary>Runs JavaScript in the page of the notebook, in front ends that allow it.</summary>
    /// <param name="scriptContent">The script.</param>
    public static void Javascript(string scriptContent) => Shown.Show(new HtmlString($"<script type=\"text/javascript\">{scriptContent}</script>"), []);

    /// <summary>Adds a style sheet to the page of the notebook.</summary>
    /// <param name="content">The rules.</param>
    public static void CSS(string content) =>
        Javascript($"const style = document.createElement('style'); style.textContent = {JsonSerializer.Serialize(content, DialectJson.Default.String)}; document.head.appendChild(style);");

    /// <summary>Asks the user for a line of text.</summary>
    /// <param name="prompt">What stands before the input box.</param>
    /// <param name="typeHint">What the answer must be: <c>text</c>, <c>password</c>, <c>number</c>, <c>date</c> or <c>file</c>; the answer is text in each case.</param>
    /// <exception cref="InvalidOperationException">The notebook runs without a user who could answer.</exception>
    /// <exception cref="FormatException">The answers were not what was asked for.</exception>
    public static Task<string> GetInputAsync(string prompt = "", string typeHint = "text") => Question.AskAsync(Shown.Cell, prompt, typeHint);

    /// <summary>Asks the user several questions, one after the other.</summary>
    /// <param name="inputDescriptions">The questions.</param>
    /// <returns>The answers by the questions' names.</returns>
    /// <exception cref="InvalidOperationException">The notebook runs without a user who could answer.</exception>
    public static async Task<IDictionary<string, string>> GetInputsAsync(IEnumerable<InputDescription> inputDescriptions)
    {
        var answers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var description in inputDescriptions)
            answers[description.Name] = await Question.AskAsync(Shown.Cell, description.Prompt, description.TypeHint);
        return answers;
    }

    /// <summary>Asks the user for a line of text that is not shown while it is typed, nor when it is displayed.</summary>
    /// <param name="prompt">What stands before the input box.</param>
    /// <exception cref="InvalidOperationException">The notebook runs without a user who could answer.</exception>
    public static async Task<PasswordString> GetPasswordAsync(string prompt = "") => new(await Shown.Cell.ReadInputAsync(prompt, password: true));

    /// <summary>Takes away what the cell has shown so far.</summary>
    /// <param name="wait">Take it away only when there is something new to show, so that nothing flickers.</param>
    public static void ClearOutput(bool wait = false) => Shown.Cell.Clear(wait);

    /// <summary>Runs a command as part of the calling cell, whose output it adds to.</summary>
    /// <param name="command">The command; one without a target goes to this kernel.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What happened. A command that fails says so below the cell, and does not end the cell.</returns>
    public Task<KernelCommandResult> SendAsync(KernelCommand command, CancellationToken cancellationToken = default) =>
        CommandRun.RunAsync(command, this, Shown.Cell, cancellationToken);

    /// <summary>Reads a value by its name.</summary>
    /// <typeparam name="T">The type expected.</typeparam>
    /// <param name="name">The variable's name.</param>
    /// <param name="value">The value.</param>
    /// <returns>Whether there is a value of this name and type.</returns>
    public bool TryGetValue<T>(string name, out T? value)
    {
        value = Engine.Values.TryGet(Name, name, out var found) && found is T typed ? typed : default;
        return value is not null;
    }

    /// <summary>Gives a value to a variable, which is declared if need be.</summary>
    /// <param name="name">The variable's name.</param>
    /// <param name="value">The value.</param>
    /// <param name="declaredType">The type of the variable; default the value's own.</param>
    public Task SetValueAsync(string name, object? value, Type? declaredType = null) => Engine.Values.SetAsync(Shown.Cell, Name, name, value, declaredType);

    /// <inheritdoc/>
    public override string ToString() => $"{Name} kernel";
}

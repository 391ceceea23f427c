using System.Text.Json;
using Microsoft.AspNetCore.Html;

namespace CSharpKernel.Dialect;

/// <summary>The functions that every cell can call without a using directive.</summary>
public static class NotebookFunctions
{
    /// <summary>Fires when the running cell is interrupted. Long work that watches it can end in good order.</summary>
    public static CancellationToken CellCancellationToken => Shown.Cell.CancellationToken;

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
    /// <returns>What the user typed.</returns>
    /// <exception cref="InvalidOperationException">The notebook runs without a user who could answer.</exception>
    public static string input(string prompt = "") => Shown.Cell.ReadInputAsync(prompt, password: false).GetAwaiter().GetResult();

    /// <summary>Asks the user for a line of text that is not shown while it is typed.</summary>
    /// <param name="prompt">What stands before the input box.</param>
    /// <returns>What the user typed.</returns>
    /// <exception cref="InvalidOperationException">The notebook runs without a user who could answer.</exception>
    public static string password(string prompt = "") => Shown.Cell.ReadInputAsync(prompt, password: true).GetAwaiter().GetResult();
}

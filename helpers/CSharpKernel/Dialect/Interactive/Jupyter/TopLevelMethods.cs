using CSharpKernel.Dialect;

namespace Microsoft.DotNet.Interactive.Jupyter;

/// <summary>What cells have at their top level: questions to the user, and what programs have there.</summary>
public static class TopLevelMethods
{
    /// <summary>The arguments of the command line: none, because a notebook has none. Programs pasted into a cell may ask for them.</summary>
    public static string[] args => [];

    /// <summary>Asks the user for a line of text.</summary>
    /// <param name="prompt">What stands before the input box.</param>
    /// <returns>What the user typed.</returns>
    /// <exception cref="InvalidOperationException">The notebook runs without a user who could answer.</exception>
    public static string input(string prompt = "") => Shown.Cell.ReadInputAsync(prompt, password: false).GetAwaiter().GetResult();

    /// <summary>Asks the user for a line of text that is not shown while it is typed, nor when it is displayed.</summary>
    /// <param name="prompt">What stands before the input box.</param>
    /// <returns>What the user typed.</returns>
    /// <exception cref="InvalidOperationException">The notebook runs without a user who could answer.</exception>
    public static PasswordString password(string prompt = "") => new(Shown.Cell.ReadInputAsync(prompt, password: true).GetAwaiter().GetResult());
}

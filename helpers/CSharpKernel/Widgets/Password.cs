namespace CSharpKernel.Widgets;

/// <summary>
/// A box in which text is typed that is not seen. It is not shown in saved notebooks either; yet a front end that saves the state of
/// widgets saves this value too.
/// </summary>
public sealed class Password() : TextWidget("Password")
{
    private protected override string ValueText => Value.Length == 0 ? "" : "••••••••";
}

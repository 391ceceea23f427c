namespace Microsoft.DotNet.Interactive;

/// <summary>Text that is not shown when it is displayed.</summary>
/// <param name="clearTextPassword">The text.</param>
public sealed class PasswordString(string clearTextPassword)
{
    /// <summary>The text itself.</summary>
    public string GetClearTextPassword() => clearTextPassword;

    /// <summary>How it is shown: as stars, which do not tell its length.</summary>
    public IReadOnlyDictionary<string, object> ToDisplayBundle() => new Dictionary<string, object> { ["text/plain"] = ToString() };

    /// <inheritdoc/>
    public override string ToString() => "************";
}

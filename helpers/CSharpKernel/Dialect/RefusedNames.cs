namespace CSharpKernel.Dialect;

/// <summary>Names of the old kernel's library that this one does not have, with what to write instead.</summary>
internal static class RefusedNames
{
    private static readonly Dictionary<string, string> Advice = new(StringComparer.Ordinal)
    {
        ["CSharpKernel"] = "the type of a kernel is Kernel here: write Kernel, or var.",
        ["AddMiddleware"] = "call a function of your own before and after the code, or add a magic with Kernel.Root.AddDirective.",
        ["RegisterCommandHandler"] = "add a magic with Kernel.Root.AddDirective.",
        ["RegisterCommandType"] = "add a magic with Kernel.Root.AddDirective.",
        ["CsvFormatter"] = "write rows.ToDisplayString(\"text/csv\"), or rows.DisplayTable().",
        ["TypeFormatterSource"] = "register formatters with Formatter.Register.",
        ["Destructurer"] = "read properties by reflection, or show the value with display.",
        ["SubscribeToDisplayedValues"] = "keep the values in a list where you display them.",
        ["Transform"] = "write a function that makes the tags.",
    };

    /// <summary>What to write instead of a name; null when the name is none of them.</summary>
    public static string? Find(string name) => Advice.TryGetValue(name, out var advice) ? $"Hint: this kernel has no {name}; {advice}" : null;
}

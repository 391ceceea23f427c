namespace CSharpKernel.Completion;

/// <summary>C#'s own words.</summary>
internal static class Keywords
{
    private static readonly string[] TypeWords =
        ["bool", "byte", "char", "decimal", "double", "dynamic", "float", "int", "long", "nint", "nuint", "object", "sbyte", "short", "string", "uint", "ulong", "ushort"];

    private static readonly string[] OtherWords =
    [
        "abstract", "and", "as", "async", "await", "base", "break", "case", "catch", "checked", "class", "const", "continue", "default", "delegate", "do", "else",
        "enum", "event", "explicit", "extension", "extern", "false", "field", "file", "finally", "fixed", "for", "foreach", "from", "get", "global", "goto", "group", "if",
        "implicit", "in", "init", "interface", "internal", "into", "is", "join", "let", "lock", "nameof", "namespace", "new", "not", "null", "on", "operator", "or",
        "orderby", "out", "override", "params", "partial", "private", "protected", "public", "readonly", "record", "ref", "required", "return", "scoped", "sealed", "select",
        "set", "sizeof", "stackalloc", "static", "struct", "switch", "this", "throw", "true", "try", "typeof", "unchecked", "unsafe", "using", "value", "var",
        "virtual", "void", "volatile", "when", "where", "while", "with", "yield",
    ];

    /// <summary>The words that name types.</summary>
    public static IReadOnlyList<CompletionMatch> Types { get; } = Describe(TypeWords);

    /// <summary>All words.</summary>
    public static IReadOnlyList<CompletionMatch> All { get; } = Describe([.. TypeWords, .. OtherWords]);

    /// <summary>What may follow <c>using</c> besides a name.</summary>
    public static IReadOnlyList<CompletionMatch> AfterUsing { get; } = Describe(["static", "var"]);

    private static IReadOnlyList<CompletionMatch> Describe(IEnumerable<string> words) => [.. words.Select(word => new CompletionMatch(word, "keyword", ""))];
}

namespace CSharpKernel.Execution;

/// <summary>Says what to do about errors whose messages do not.</summary>
internal static class ErrorHints
{
    /// <summary>A hint for an exception or one that caused it, if there is one.</summary>
    public static string? For(Exception exception)
    {
        for (var current = exception; current is not null; current = current.InnerException)
            if (Hint(current) is { } hint)
                return hint;
        return null;
    }

    private static string? Hint(Exception exception) => exception switch
    {
        DllNotFoundException => "Hint: a native library is missing. Packages often keep it in a package of its own for each system, to be added with #r \"nuget: …\".",
        FileNotFoundException { FileName: { } name } when name.Contains(", Version=", StringComparison.Ordinal) =>
            $"Hint: add the assembly {name[..name.IndexOf(',', StringComparison.Ordinal)]} with #r \"nuget: …\" or #r \"path.dll\".",
        MissingMethodException or TypeLoadException and not DllNotFoundException =>
            "Hint: two libraries were built for different versions of a third. Restart the kernel and add the newer version with #r first.",
        _ => null,
    };
}

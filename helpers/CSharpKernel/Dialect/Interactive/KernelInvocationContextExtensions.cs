using CSharpKernel.Dialect;

namespace Microsoft.DotNet.Interactive;

/// <summary>Shows things on behalf of a cell.</summary>
public static class KernelInvocationContextExtensions
{
    /// <summary>Shows a value below the cell.</summary>
    /// <returns>A handle by which the value can be replaced.</returns>
    public static DisplayedValue Display(this KernelInvocationContext context, object? value, params string[] mimeTypes) => Shown.Show(value, mimeTypes);

    /// <summary>Shows text as it is, under a MIME type.</summary>
    /// <returns>A handle by which the text can be replaced.</returns>
    public static DisplayedValue DisplayAs(this KernelInvocationContext context, string value, string mimeType) => value.DisplayAs(mimeType);

    /// <summary>Writes a line to the cell's standard output.</summary>
    public static void DisplayStandardOut(this KernelInvocationContext context, string output) => context.Cell.Write("stdout", output);

    /// <summary>Writes a line to the cell's standard error.</summary>
    public static void DisplayStandardError(this KernelInvocationContext context, string error) => context.Cell.Write("stderr", error);
}

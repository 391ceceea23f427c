using System.Globalization;

namespace CSharpKernel.Execution;

/// <summary>How much of a cell's output reaches the notebook, so that a loop that prints for ever fills neither a browser nor a file.</summary>
internal static class OutputLimits
{
    /// <summary>The environment variable that sets the limit for text, in MB; 0 for none. Displays may take five times as much.</summary>
    public const string Variable = "CSHARPKERNEL_OUTPUT_LIMIT";

    /// <summary>What of the text that is left out still arrives: its end.</summary>
    public const int TailLength = 64 * 1024;

    /// <summary>What a display costs beside its length: ten thousand small ones are as bad as many large ones.</summary>
    public const int DisplayCost = 8 * 1024;

    /// <summary>How many of the displays that are left out still arrive: the last ones.</summary>
    public const int LastDisplays = 10;

    private const double Megabyte = 1024 * 1024;
    private const double DefaultMegabytes = 16;
    private const int DisplayFactor = 5;

    /// <summary>The limit for text, in MB; infinite for none.</summary>
    public static double Megabytes { get; } =
        !double.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.Float, CultureInfo.InvariantCulture, out var set) || set < 0 ? DefaultMegabytes
        : set == 0 ? double.PositiveInfinity
        : set;

    /// <summary>What a cell may print: after the first part about 64 kB a second, saved up to 1 MB.</summary>
    public static OutputBudget ForText(TimeProvider time) => new(Megabytes * Megabyte, TailLength, Megabyte, time);

    /// <summary>What a cell may display: after the first part about ten small ones a second.</summary>
    public static OutputBudget ForDisplays(TimeProvider time) => new(DisplayFactor * Megabytes * Megabyte, 10 * DisplayCost, Megabyte, time);

    /// <summary>Says that something was left out, and how to see more.</summary>
    public static string Describe(string leftOut) => string.Create(CultureInfo.InvariantCulture,
        $"\n[{leftOut} left out here: a cell's output is cut after {Megabytes:0.###} MB. To see more, set {Variable} (in MB, 0 for no limit) and restart the kernel.]\n");
}

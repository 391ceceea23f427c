namespace NotebookTestRunner.Checks.Prose;

/// <summary>Numbers written as English words, zero to ninety-nine.</summary>
internal static class NumberWord
{
    private static readonly string[] Small =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen",
        "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    private static readonly string[] Tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    private static readonly Dictionary<string, int> Values =
        Enumerable.Range(0, 100).ToDictionary(value => Write(value)!, StringComparer.OrdinalIgnoreCase);

    /// <summary>The number a word stands for, or null when it stands for none.</summary>
    public static int? Read(string word) => Values.TryGetValue(word, out var value) ? value : null;

    /// <summary>The word for a number; null when it is written in digits.</summary>
    public static string? Write(double value) => value switch
    {
        < 0 or >= 100 => null,
        _ when value != Math.Floor(value) => null,
        < 20 => Small[(int)value],
        _ when value % 10 == 0 => Tens[((int)value / 10) - 2],
        _ => $"{Tens[((int)value / 10) - 2]}-{Small[(int)value % 10]}",
    };
}

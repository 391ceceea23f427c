namespace NotebookTestRunner.Comparison;

/// <summary>A normalizer of an author's own that does not come to an end; the message names it and says what to do.</summary>
internal sealed class NormalizerTimeoutException(string name, string pattern, string where)
    : Exception($"The normalizer \"{name}\" ({where}) was stopped after {Normalizer.Patience.TotalSeconds} s on the cell's output, so nothing was compared: its pattern {pattern} "
        + "tries too many ways to match. Write it without nested repetitions such as (a+)+, or without look-around and back references.");

using System.Globalization;
using System.Text;

namespace NotebookTestRunner.Coverage;

/// <summary>What notebooks run of libraries, as editors and services read it: LCOV's trace file (https://github.com/linux-test-project/lcov, geninfo(1)).</summary>
public static class CoverageLcov
{
    /// <summary>Builds the text. How often a line ran is how many notebooks ran it.</summary>
    /// <param name="coverage">What ran.</param>
    /// <param name="root">Files below this folder are named relative to it.</param>
    public static string Create(NotebookCoverage coverage, string? root = null)
    {
        ArgumentNullException.ThrowIfNull(coverage);
        var text = new StringBuilder();
        foreach (var file in coverage.Files())
        {
            text.Append(CultureInfo.InvariantCulture, $"SF:{file.PathFrom(root)}\n");
            foreach (var line in file.Lines) text.Append(CultureInfo.InvariantCulture, $"DA:{line.Number},{line.Notebooks}\n");
            text.Append(CultureInfo.InvariantCulture, $"LF:{file.Lines.Count}\nLH:{file.Ran}\nend_of_record\n");
        }
        return text.ToString();
    }
}

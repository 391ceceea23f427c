using System.CommandLine;
using System.Globalization;

namespace Tutorial.Cli.Verbs;

/// <summary>Options that several verbs have.</summary>
internal static class SharedOptions
{
    private const double LongestTimeout = 1e6;

    /// <summary>Paths or names of notebooks.</summary>
    /// <param name="name">What the help calls them.</param>
    /// <param name="description">What the help says of them.</param>
    /// <param name="arity">How many there may be.</param>
    public static Argument<string[]> Notebooks(string name, string description, ArgumentArity arity)
    {
        var argument = new Argument<string[]>(name) { Description = description, Arity = arity };
        argument.Validators.Add(result =>
        {
            // The library takes an option it does not know for an argument.
            if (result.Tokens.Select(token => token.Value).FirstOrDefault(value => value.StartsWith('-')) is { } unknown)
                result.AddError($"There is no option '{unknown}'. (A file of that name is given as ./{unknown}.)");
        });
        return argument;
    }

    /// <summary>A time limit in seconds.</summary>
    /// <param name="name">The option's name.</param>
    public static Option<TimeSpan?> Timeout(string name = "--timeout") => new(name)
    {
        HelpName = "SECONDS",
        Description = "How long a cell may run that does not say so itself.",
        CustomParser = result =>
        {
            var text = result.Tokens.Single().Value;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= LongestTimeout)
                return TimeSpan.FromSeconds(seconds);
            result.AddError($"'{text}' is no time limit: give {name} a number of seconds above 0, such as 300.");
            return null;
        },
    };

    /// <summary><c>--parallel</c>.</summary>
    /// <param name="description">What the help says of it.</param>
    public static Option<int?> Parallel(string description) => new("--parallel")
    {
        HelpName = "N",
        Description = description,
        CustomParser = result =>
        {
            var text = result.Tokens.Single().Value;
            if (text.Equals("auto", StringComparison.OrdinalIgnoreCase))
                return Environment.ProcessorCount;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= 1000)
                return count;
            result.AddError($"'{text}' is no number of notebooks: give --parallel a whole number above 0, or auto.");
            return null;
        },
    };

    /// <summary>A file to write.</summary>
    /// <param name="name">The option's name.</param>
    /// <param name="description">What the help says of it.</param>
    public static Option<string?> File(string name, string description) => new(name) { HelpName = "FILE", Description = description };

    /// <summary><c>--coverage</c>.</summary>
    public static Option<string[]> Coverage() => new("--coverage")
    {
        HelpName = "FILE",
        Description = "Write down which lines of source the notebooks run: in C# of the course's helpers and of what #r names, with kernels of Python (that have coverage.py) of modules. A FILE.xml is Cobertura, FILE.info LCOV, FILE.json JSON, any other Markdown; repeatable.",
    };

    /// <summary><c>--update</c>.</summary>
    public static Option<bool> Update() => new("--update")
    {
        Description = "Store the outputs in the notebooks instead of comparing; a notebook with a failed cell is left as it was.",
    };
}

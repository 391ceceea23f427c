namespace MLflowSharp.Projects.Sweeps;

/// <summary>The parameters of each trial, known beforehand, so that a sweep goes on where it was.</summary>
internal static class SweepPlan
{
    private const int MostTrials = 10_000;

    /// <summary>The parameters of all trials, in their order.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Of(SweepOptions options)
    {
        if (options.Space.Count == 0)
            throw MlflowException.Invalid("There is nothing to try. Name at least one parameter with its values, such as lr=0.1,0.01.");
        if (options.Space.GroupBy(dimension => dimension.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw MlflowException.Invalid($"The parameter {twice.Key} is to be tried twice. Put all its values into one list.");
        var isGrid = options.Trials is null && options.Space.All(dimension => dimension.Values.Count > 0);
        if (!isGrid && options.Trials is null)
            throw MlflowException.Invalid("A range has no end of values. Say how many trials there are to be (--trials).");
        var count = isGrid ? options.Space.Aggregate(1L, (product, dimension) => Math.Min(product * dimension.Values.Count, MostTrials + 1)) : options.Trials!.Value;
        if (count is < 1 or > MostTrials)
            throw MlflowException.Invalid($"There are to be from 1 to {MostTrials} trials. Try fewer values.");
        if (options.Parallel < 1)
            throw MlflowException.Invalid("At least one trial must run at a time. Give --parallel a number from 1 on.");
        return [.. Enumerable.Range(0, (int)count).Select(number => isGrid ? Cross(options.Space, number) : Draw(options, number))];
    }

    // The last parameter changes fastest.
    private static Dictionary<string, string> Cross(IReadOnlyList<SearchDimension> space, int number)
    {
        var chosen = new Dictionary<string, string>();
        foreach (var dimension in space.Reverse())
        {
            chosen[dimension.Name] = dimension.Values[number % dimension.Values.Count];
            number /= dimension.Values.Count;
        }

        return space.ToDictionary(dimension => dimension.Name, dimension => chosen[dimension.Name]);
    }

    // Each trial has its own numbers, whichever were drawn before.
    private static Dictionary<string, string> Draw(SweepOptions options, int number)
    {
        var random = new Random(unchecked((options.Seed * 1_000_003) + number));
        return options.Space.ToDictionary(dimension => dimension.Name, dimension => dimension.Draw(random));
    }
}

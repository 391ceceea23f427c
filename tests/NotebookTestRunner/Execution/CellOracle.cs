using JupyterProtocol;
using NotebookTestRunner.Comparison;
using NotebookTestRunner.Outputs;
using NotebookTestRunner.Settings;

namespace NotebookTestRunner.Execution;

/// <summary>How one cell is judged, when its marks, the settings and the run's options are taken together.</summary>
internal sealed record CellOracle
{
    /// <summary>How long a cell may run when nobody says otherwise.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(120);

    /// <summary>How much is compared.</summary>
    public required ComparisonMode Mode { get; init; }

    /// <summary>Whether the cell's outputs are compared.</summary>
    public required bool Compares { get; init; }

    /// <summary>How closely they are compared.</summary>
    public required ComparisonOptions Comparison { get; init; }

    /// <summary>How closely they are compared to find out whether they must be stored anew: an outdated number or pixel must not stay.</summary>
    public ComparisonOptions Updating => Comparison with { Exactly = true, Tolerance = NumberTolerance.Exact };

    /// <summary>How closely they would be compared without the cell's own marks.</summary>
    public required ComparisonOptions Unmarked { get; init; }

    /// <summary>All normalizers there are, those not in use too, in the order they are applied.</summary>
    public required IReadOnlyList<Normalizer> Catalogue { get; init; }

    /// <summary>How long the cell may run.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>The normalizers the cell asks for, which then mask all they can: by default those of times leave what cannot have been measured.</summary>
    private IReadOnlyCollection<string> MaskWholly { get; init; } = [];

    /// <summary>The same, asked for by the settings.</summary>
    private IReadOnlyCollection<string> MaskWhollyUnmarked { get; init; } = [];

    /// <summary>The oracle for what a cell shows: durations and dates that this run cannot have measured are compared.</summary>
    /// <param name="stored">The outputs stored.</param>
    /// <param name="now">The outputs of this run.</param>
    /// <param name="run">When the notebook ran.</param>
    public CellOracle For(IReadOnlyList<CellOutput> stored, IReadOnlyList<CellOutput> now, RunMoment run) =>
        Sparing(Normalizer.Timestamps, Normalizer.TimestampsBut, () => MeasuredDates.FindData(stored, now, run))
            .Sparing(Normalizer.Durations, Normalizer.DurationsBut, () => MeasuredDurations.FindData(stored, now, run));

    private CellOracle Sparing(Normalizer whole, Func<IReadOnlySet<string>, Normalizer> but, Func<IReadOnlySet<string>> find)
    {
        if (MaskWhollyUnmarked.Contains(whole.Name) || !Catalogue.Contains(whole) || find() is not { Count: > 0 } data) return this;
        var measured = but(data);
        return this with
        {
            Comparison = MaskWholly.Contains(whole.Name) ? Comparison : Comparison with { Normalizers = Measured(Comparison.Normalizers) },
            Unmarked = Unmarked with { Normalizers = Measured(Unmarked.Normalizers) },
            // What masks all of them is still there to be asked for.
            Catalogue = [.. Catalogue.SelectMany(normalizer => normalizer == whole ? [measured, normalizer] : new[] { normalizer })],
        };

        List<Normalizer> Measured(IReadOnlyList<Normalizer> normalizers) => [.. normalizers.Select(normalizer => normalizer == whole ? measured : normalizer)];
    }

    /// <summary>Takes everything together: marks win over the run's options, and those over the settings.</summary>
    /// <exception cref="NotebookRunException">A mark names a normalizer that does not exist.</exception>
    public static CellOracle Of(CellDirectives marks, RunOptions options, OracleSettings settings, int cell)
    {
        var catalogue = AllNormalizers(options, settings);
        foreach (var name in marks.Normalize.Concat(marks.DoNotNormalize)) Check(name, catalogue, marks, cell);

        var usual = catalogue.Where(normalizer => settings.Switches.TryGetValue(normalizer.Name, out var on) ? on : options.Normalizers.Contains(normalizer)).ToList();
        var used = catalogue.Where(normalizer => marks.Normalize.Contains(normalizer.Name) || (usual.Contains(normalizer) && !marks.DoNotNormalize.Contains(normalizer.Name))).ToList();
        var unmarked = new ComparisonOptions
        {
            Normalizers = usual,
            Tolerance = options.Tolerance ?? settings.Tolerance ?? NumberTolerance.Exact,
            Similarity = options.Similarity ?? settings.Similarity ?? ComparisonOptions.DefaultSimilarity,
        };
        var mode = options.Mode ?? settings.Mode ?? ComparisonMode.Normal;
        return new CellOracle
        {
            Mode = mode,
            Compares = !marks.IgnoreOutput && (mode != ComparisonMode.Lax || marks.CheckOutput),
            Comparison = unmarked with
            {
                Normalizers = used,
                Tolerance = marks.Tolerance ?? unmarked.Tolerance,
                Similarity = marks.Similarity ?? unmarked.Similarity,
            },
            Unmarked = unmarked,
            MaskWholly = [.. marks.Normalize],
            MaskWhollyUnmarked = [.. settings.Switches.Where(set => set.Value).Select(set => set.Key)],
            Catalogue = catalogue,
            Timeout = marks.Timeout ?? TimeoutOf(options, settings),
        };
    }

    /// <summary>How long a cell may run that has no limit of its own.</summary>
    public static TimeSpan TimeoutOf(RunOptions options, OracleSettings settings) => options.CellTimeout ?? settings.Timeout ?? DefaultTimeout;

    // Colours go first, for nobody writes a pattern around them; then what authors define, before parts of it are masked.
    private static List<Normalizer> AllNormalizers(RunOptions options, OracleSettings settings) =>
        [.. options.Normalizers.Take(1), .. settings.Defined, .. options.Normalizers.Skip(1), .. Normalizer.BuiltIn.Except(options.Normalizers)];

    private static void Check(string name, List<Normalizer> catalogue, CellDirectives marks, int cell)
    {
        var names = catalogue.Select(normalizer => normalizer.Name).Distinct().ToList();
        if (names.Contains(name)) return;
        var slip = NearestName.FindSlip(name, names) is { } meant ? $"did you mean \"{meant}\"? " : "";
        throw new NotebookRunException(
            $"There is no normalizer \"{name}\", which cell {cell} asks for ({marks.PlaceOf($"normalizer {name}")}): {slip}There are {string.Join(", ", names)}; define your own in {NotebookSettings.FileName}.");
    }
}

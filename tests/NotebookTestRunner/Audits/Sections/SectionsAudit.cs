using NotebookTestRunner.Checks;
using NotebookTestRunner.Checks.Budgets;
using NotebookTestRunner.Checks.HiddenState;
using NotebookTestRunner.Checks.Prose;
using NotebookTestRunner.Events;
using NotebookTestRunner.Execution;
using NotebookTestRunner.Notebooks;
using NotebookTestRunner.Selection;

namespace NotebookTestRunner.Audits.Sections;

/// <summary>
/// Runs a notebook, and then each of its sections by itself: on a fresh kernel, in a copy of the working folder without what the notebook wrote, after
/// those cells only that the names of its cells or a mark show it to need. Each cell must come out as in the whole notebook.
/// </summary>
/// <param name="options">How it is run; nothing is selected or updated.</param>
/// <param name="prepare">Prepares the run of a section as that of the notebook was, such as by emptying a tracking store; by default it is run with the same options.</param>
/// <param name="time">The clock; by default the system's.</param>
public sealed class SectionsAudit(RunOptions options, Func<RunOptions>? prepare = null, TimeProvider? time = null)
{
    /// <summary>The name of its findings.</summary>
    public const string Name = "sections";

    private readonly TimeProvider time = time ?? TimeProvider.System;

    /// <summary>Runs a notebook and its sections.</summary>
    /// <param name="path">The notebook's file.</param>
    /// <param name="progress">Told of each step of all runs.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>The run of the whole notebook. A cell of it fails also where it fails only by itself; the sections are in <see cref="NotebookResult.Sections"/>.</returns>
    /// <exception cref="NotebookRunException">The notebook could not be run at all, a mark names a section that is not above, or its folder cannot be copied.</exception>
    public async Task<NotebookResult> RunAsync(string path, IProgress<RunEvent>? progress = null, CancellationToken cancellationToken = default)
    {
        path = Path.GetFullPath(path);
        var started = time.GetTimestamp();
        var notebook = await Notebook.ReadAsync(path, cancellationToken);
        var sections = NotebookSection.ReadAll(notebook);
        var (needs, hindrance) = await ReadNeedsAsync(notebook, sections, cancellationToken);
        // Told before anything runs.
        var needed = sections.ToDictionary(section => section, section => needs?.Of(section));

        var effects = new CellEffects();
        var whole = Whole(options);
        var result = await new NotebookRunner(whole with { Checks = [.. whole.Checks, effects] }, time).RunAsync(path, new InnerProgress(progress, isFirst: true), cancellationToken);
        if (result.Cells.Any(cell => cell.Verdict == Verdict.NotRun)) hindrance ??= "No section was run by itself, as the notebook does not run to its end: mend that first.";
        if (hindrance is not null) return Told(result with { Findings = [.. result.Findings, new(Name, null, hindrance, FindingSeverity.Warning)] });

        var inner = new InnerProgress(progress, isFirst: false);
        foreach (var section in sections.TakeWhile(_ => !cancellationToken.IsCancellationRequested))
        {
            var above = needs!.Names.Where(cell => cell.Number < section.Cells[0].Number).Select(cell => cell.Number).ToList();
            var outcome = new SectionResult
            {
                Title = section.Title,
                CellNumber = section.Heading.Number,
                Cells = [.. section.Cells.Select(cell => cell.Number)],
                Needs = [.. needed[section]!],
                NeedsAll = above.TrueForAll(needed[section]!.Contains),
                Verdict = Verdict.Passed,
            };
            if (!outcome.NeedsAll)
            {
                try
                {
                    var alone = await RunAloneAsync(path, outcome, effects, inner, cancellationToken);
                    var faults = SectionFault.Find(outcome, result, alone, needs, effects).ToList();
                    result = result with { Cells = [.. result.Cells.Select(cell => With(cell, faults.Where(fault => fault.CellNumber == cell.Number)))] };
                    outcome = outcome with
                    {
                        Verdict = faults.Exists(fault => fault.IsError) ? Verdict.Failed : alone.Cancelled ? Verdict.NotRun : Verdict.Passed,
                        Duration = alone.Duration,
                    };
                }
                catch (NotebookRunException error)
                {
                    // What is known of the notebook and its other sections is not lost with it.
                    result = result with { Findings = [.. result.Findings, new(Name, section.Heading.Number, $"The section \"{section.Title}\" could not be run by itself. {error.Message}")] };
                    outcome = outcome with { Verdict = Verdict.Failed };
                }
            }
            result = result with { Sections = [.. result.Sections, outcome], Cancelled = result.Cancelled || outcome.Verdict == Verdict.NotRun };
        }
        return Told(result with { Duration = time.GetElapsedTime(started) });

        NotebookResult Told(NotebookResult told)
        {
            foreach (var cell in told.Cells) progress?.Report(new CellFinished(told.Path, cell));
            progress?.Report(new NotebookFinished(told.Path, told));
            return told;
        }
    }

    private static RunOptions Whole(RunOptions options) => options with { Update = false, Selection = null };

    private async Task<(SectionNeeds? Needs, string? Hindrance)> ReadNeedsAsync(Notebook notebook, IReadOnlyList<NotebookSection> sections, CancellationToken cancellationToken)
    {
        if (sections.Count == 0) return (null, "It has no sections to run by themselves: those are headings of level 2 (\"## Load the data\") with code below them.");
        if (CellNamesReaders.For(notebook, options) is not { } reader)
            return (null, $"No section was run by itself, as the names of cells cannot be read in {notebook.Language ?? "a language that the notebook does not name"}, only in C# and Python.");
        try
        {
            return (new(notebook, sections, await reader.ReadAsync([.. notebook.CodeCells.Where(cell => !CellDirectives.Read(cell).Skip)], cancellationToken)), null);
        }
        catch (NotebookRunException error)
        {
            return (null, $"No section was run by itself. {error.Message}");
        }
    }

    private async Task<NotebookResult> RunAloneAsync(string path, SectionResult section, CellEffects effects, IProgress<RunEvent> progress, CancellationToken cancellationToken)
    {
        var prepared = Whole(prepare?.Invoke() ?? options);
        using var copy = WorkingCopy.Of(prepared.WorkingDirectory ?? Path.GetDirectoryName(path)!, effects.IsLeftOut, cancellationToken);
        return await new NotebookRunner(prepared with
        {
            // A kernel that was started ahead serves the first run.
            WarmKernel = null,
            WorkingDirectory = copy.Folder,
            Selection = new CellSelection { Cells = section.Cells },
            Needed = section.Needs.ToHashSet(),
            // What is about the file, the text or the time of cells was judged in the whole run.
            Checks = [.. prepared.Checks.Where(check => check is not (InspectionCheck or BudgetCheck or ProseCheck))],
        }, time).RunAsync(path, progress, cancellationToken);
    }

    private static CellResult With(CellResult cell, IEnumerable<Finding> found)
    {
        var findings = found.ToList();
        var errors = findings.Where(finding => finding.IsError).Select(finding => finding.ToString()).ToList();
        return cell with
        {
            Verdict = errors.Count > 0 ? Verdict.Failed : cell.Verdict,
            Message = errors.Count > 0 ? string.Join('\n', errors) : cell.Message,
            Findings = [.. cell.Findings, .. findings],
        };
    }
}

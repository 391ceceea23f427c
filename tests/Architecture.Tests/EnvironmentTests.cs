using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Architecture.Tests;

/// <summary>The pages and recipes below <c>environment/</c>, as far as they can be looked at without the places they are for.</summary>
public sealed partial class EnvironmentTests
{
    private static string Root => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", ".."));

    private static string Folder => Path.Combine(Root, "environment");

    public static TheoryData<string> Places => [.. Directory.GetDirectories(Folder).Select(folder => Path.GetFileName(folder))];

    public static TheoryData<string> Pages => [.. Directory.GetFiles(Folder, "*.md", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file))];

    public static TheoryData<string> Scripts => [.. Directory.GetFiles(Folder, "*.sh", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file))];

    public static TheoryData<string> Recipes =>
        [.. Directory.GetFiles(Folder, "*", SearchOption.AllDirectories).Where(file => file.EndsWith("Dockerfile", StringComparison.Ordinal) || file.EndsWith(".def", StringComparison.Ordinal)).Select(file => Path.GetRelativePath(Folder, file))];

    [Theory]
    [MemberData(nameof(Places))]
    public void A_place_has_a_page_that_says_how_long_it_takes_and_what_was_run(string place)
    {
        var page = File.ReadAllText(Path.Combine(Folder, place, "README.md"));

        Assert.Contains($"({place}/README.md)", File.ReadAllText(Path.Combine(Folder, "README.md")), StringComparison.Ordinal);
        if (place != "python")
            Assert.Matches(WhatWasRun(), page);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_links_of_a_page_lead_somewhere(string page)
    {
        var file = Path.Combine(Folder, page);
        var links = Link().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value).Where(link => !link.Contains("://", StringComparison.Ordinal)).ToList();

        Assert.All(links, link =>
        {
            var parts = link.Split('#');
            var target = parts[0].Length == 0 ? file : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, parts[0]));
            Assert.True(Path.Exists(target), $"{page} links to {link}, which is not there.");
            if (parts.Length > 1)
                Assert.Contains(parts[1], File.ReadLines(target).Where(line => line.StartsWith('#')).Select(Anchor));
        });
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_files_of_the_checkout_that_a_page_names_are_there(string page) =>
        Assert.All(NamedFile().Matches(File.ReadAllText(Path.Combine(Folder, page))).Select(match => match.Groups[1].Value), name => Assert.True(Path.Exists(Path.Combine(Root, name)), $"{page} names {name}, which is not there."));

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_script_can_be_read_by_the_shell_and_stops_at_its_first_fault(string script)
    {
        var file = Path.Combine(Folder, script);
        Assert.StartsWith("#!/bin/bash", File.ReadAllText(file), StringComparison.Ordinal);
        Assert.Contains("umask 077", File.ReadAllText(file), StringComparison.Ordinal);
        if (File.ReadAllText(file).Contains("#SBATCH", StringComparison.Ordinal))
            Assert.Contains("set -euo pipefail", File.ReadAllText(file), StringComparison.Ordinal);
        Assert.SkipUnless(File.Exists("/bin/bash"), "There is no bash.");
        using var bash = Process.Start(new ProcessStartInfo("/bin/bash", ["-n", file]) { RedirectStandardError = true })!;
        var error = bash.StandardError.ReadToEnd();
        bash.WaitForExit();
        Assert.True(bash.ExitCode == 0, error);
    }

    [Theory]
    [MemberData(nameof(Recipes))]
    public void A_recipe_names_the_version_of_its_base_and_downloads_nothing_else(string recipe)
    {
        var lines = File.ReadAllLines(Path.Combine(Folder, recipe)).Where(line => !line.TrimStart().StartsWith('#')).ToList();
        var bases = lines.Select(line => Base().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value).ToList();

        Assert.NotEmpty(bases);
        Assert.All(bases, image => Assert.Matches(Versioned(), image));
        var steps = string.Join('\n', lines);
        Assert.DoesNotMatch(Network(), steps);
        // What installs packages is told not to ask for them.
        Assert.All(Installation().Matches(steps).Select(match => match.Value), step => Assert.Contains("--no-index", step, StringComparison.Ordinal));
        Assert.All(Build().Matches(steps).Select(match => match.Value), step => Assert.Contains("--source /source ", step, StringComparison.Ordinal));
    }

    [Fact]
    public void The_module_for_Roihu_leads_into_the_published_course()
    {
        var lua = File.ReadAllText(Path.Combine(Folder, "roihu", "csharp-mlflow.lua"));
        var yaml = File.ReadAllText(Path.Combine(Folder, "roihu", "csharp-mlflow-resources.yml"));

        // Without the word, the web interface passes the file over.
        Assert.Contains("Jupyter", lua, StringComparison.Ordinal);
        Assert.Contains("\"share/jupyter\"", lua, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Root, "notebooks", NotebookOfModule().Match(lua).Groups[1].Value)));
        Assert.Equal(["cores", "local_disk", "mem", "partition", "reservation", "time"], Key().Matches(yaml).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    // As GitHub makes them of headings.
    private static string Anchor(string heading) => NotInAnchor().Replace(heading.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex("[Ee]xecuted|[Nn]ot tried|were run on|was run")]
    private static partial Regex WhatWasRun();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`((?:tests|helpers|docs|notebooks|environment)/[^`\\s…*]+)`")]
    private static partial Regex NamedFile();

    [GeneratedRegex(@"^(?:FROM|From:)\s+(\S+)")]
    private static partial Regex Base();

    [GeneratedRegex(@":[\w.-]*\d[\w.-]*$")]
    private static partial Regex Versioned();

    [GeneratedRegex(@"\b(?:curl|wget|git clone|apt-get|apt|dnf|yum|apk|conda|npm|pip download)\b|https?://")]
    private static partial Regex Network();

    [GeneratedRegex(@"pip install[^\n]*")]
    private static partial Regex Installation();

    [GeneratedRegex(@"dotnet (?:publish|build|restore)[^\n]*")]
    private static partial Regex Build();

    [GeneratedRegex("_COURSE_NOTEBOOK\", \"([^\"]+)\"")]
    private static partial Regex NotebookOfModule();

    [GeneratedRegex("^(\\w+):", RegexOptions.Multiline)]
    private static partial Regex Key();

    [GeneratedRegex(@"[^\w\s-]")]
    private static partial Regex NotInAnchor();

    private static string ThisFile([CallerFilePath] string path = "") => path;
}

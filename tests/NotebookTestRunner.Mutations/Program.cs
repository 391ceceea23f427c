using System.Diagnostics;
using System.Globalization;
using Benchmarks;
using NotebookTestRunner.Mutations;
using NotebookTestRunner.Mutations.Running;
using NotebookTestRunner.Mutations.Seeding;
using NotebookTestRunner.Mutations.Surveying;

if (args is [Worker.Argument, var pipe, var testAssembly, var faultyAssembly])
{
    await Worker.ServeAsync(pipe, testAssembly, faultyAssembly);
    return 0;
}

Arguments arguments;
try
{
    arguments = Arguments.Parse(args);
}
catch (ArgumentException mistake)
{
    await Console.Error.WriteLineAsync(mistake.Message);
    return 2;
}

var checkout = Subject.FindCheckout();
var equivalents = Equivalents.Read(Path.Combine(checkout, Subject.Home, "equivalent.tsv"));
var clock = Stopwatch.StartNew();
List<(Subject Subject, IReadOnlyList<Finding> Findings)> surveys = [];
var misses = "";
foreach (var subject in Subject.All.Where(subject => arguments.Write || arguments.Project is null || subject.Assembly == arguments.Project))
{
    var found = await new Survey(subject, checkout, arguments).RunAsync();
    surveys.Add((subject, [.. found.Where(one => arguments.Write || one.IsChosen).Select(one => one.Finding)]));
    misses += SurveyTable.Misses(subject, [.. found.Where(one => one.IsChosen).Select(one => (one.Mutant, one.Finding))], equivalents);
}

var places = surveys.SelectMany(survey => survey.Findings).Select(finding => finding.Place).ToHashSet();
foreach (var gone in equivalents.Keys.Where(place => (arguments.Write || arguments is { Project: null, Only: [] }) && !places.Contains(place)))
    misses += $"- in equivalent.tsv, but no longer in the code: {FindingsFile.PlaceLine(gone).Replace('\t', ' ')}\n";
var how = arguments.Known ? "" : string.Create(CultureInfo.InvariantCulture, $" The last call took {clock.Elapsed.TotalMinutes:0} minutes, {arguments.Parallel} at a time, with tests for at most {arguments.Budget.TotalSeconds:0} s a fault{(arguments.Quick ? ", without classes of tests that take long" : "")}.");
var block = $"""
    {SurveyTable.Write(surveys, equivalents.Keys.ToHashSet())}
    {SurveyTable.Tried(surveys, (subject, file) => Recordings.Hash(File.ReadAllText(Path.Combine(checkout, subject.Folder, file))))}{how} {Machine.Describe(TimeProvider.System)}

    """;
Console.Write($"{block}\n{misses}");
if (arguments.Write)
{
    foreach (var (subject, findings) in surveys) FindingsFile.Write(subject.FindingsFile(checkout), findings);
    Readme.Write(Path.Combine(checkout, "docs", "notebook-testers.md"), "mutations", block);
}

return 0;

using System.Globalization;
using System.Text.Json.Nodes;
using NotebookTestRunner.Checks.Contracts.Files;
using NotebookTestRunner.Checks.Contracts.Machine;
using NotebookTestRunner.Checks.Contracts.Store;
using NotebookTestRunner.Exercises;
using NotebookTestRunner.Notebooks;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace NotebookTestRunner.Checks.Contracts.Reading;

/// <summary>Gathers what a notebook promises: in the file beside it, in its metadata, in its cells' metadata and first lines.</summary>
internal sealed class ContractReader
{
    private const string Key = "contract";

    private static readonly string[] TermKeys = ["files", "experiments", "runs", "registered-models", "ports", "processes", "environment", "working-folder"];

    private readonly NotebookCheckContext context;
    private readonly List<(int Cell, Terms Terms)> cells = [];
    private readonly List<Terms> whole = [];
    private readonly List<string> watch = [];
    private readonly List<Glob> allow = [];
    private string? store;

    private ContractReader(NotebookCheckContext context) => this.context = context;

    /// <summary>Reads a notebook's contract; null when it has none.</summary>
    /// <exception cref="NotebookRunException">Something in it is not understood.</exception>
    public static async Task<Contract?> ReadAsync(NotebookCheckContext context, CancellationToken cancellationToken)
    {
        var reader = new ContractReader(context);
        foreach (var companion in Companions(context).Where(File.Exists))
            reader.ReadWhole(Parse(await File.ReadAllTextAsync(companion, cancellationToken), line => string.Create(CultureInfo.InvariantCulture, $"{companion}, line {line}")));
        if (context.Notebook.Metadata[Key] is { } metadata) reader.ReadWhole(Parse(metadata.ToJsonString(), _ => $"the metadata of {context.Path}"));
        foreach (var cell in context.Notebook.Cells) reader.ReadCell(cell);
        return reader is { cells.Count: 0, whole.Count: 0 }
            ? null
            : new Contract(reader.store, reader.watch, reader.allow, reader.cells.ToLookup(cell => cell.Cell, cell => cell.Terms), reader.whole);
    }

    /// <summary>Beside the notebook; what an author's source makes keeps the contract of both, in the folder where they are run.</summary>
    private static IEnumerable<string> Companions(NotebookCheckContext context)
    {
        string[] notebooks = context.Path.EndsWith(ExerciseNotebook.SourceEnding, StringComparison.OrdinalIgnoreCase)
            ? [context.Path, Path.Combine(context.WorkingDirectory, Path.GetFileName(context.Path)[..^ExerciseNotebook.SourceEnding.Length] + ".ipynb")]
            : [context.Path];
        return notebooks.SelectMany(path => new[] { ".contract.yml", ".contract.yaml" }.Select(ending => Path.ChangeExtension(path, null) + ending));
    }

    private void ReadWhole(ContractNode? node)
    {
        if (node is null) return;
        var members = node.Members("a contract", "store", "watch", "allow", "cells", "notebook");
        if (members.TryGetValue("store", out var uri)) store = uri.Text("store");
        if (members.TryGetValue("watch", out var folders)) watch.AddRange(folders.Texts("watch"));
        if (members.TryGetValue("allow", out var patterns)) allow.AddRange(patterns.Texts("allow").Select(pattern => Surroundings.ToFullPath(pattern, context)));
        if (members.TryGetValue("notebook", out var notebook)) whole.Add(ReadTerms(notebook, "the notebook"));
        if (!members.TryGetValue("cells", out var named)) return;
        foreach (var (name, terms) in named.Members("cells")) cells.Add((CellReference.Find(name, context.Notebook, terms.Place).Number, ReadTerms(terms, "a cell")));
    }

    private void ReadCell(NotebookCell cell)
    {
        var where = $"cell {cell.Number} of {context.Path}";
        ContractNode?[] found =
        [
            cell.Metadata[Key] is { } metadata ? Parse(metadata is JsonValue value && value.TryGetValue<string>(out var text) ? text : metadata.ToJsonString(), _ => $"the metadata of {where}") : null,
            ContractComments.Read(cell.Source) is { Count: > 0 } lines
                ? Parse(string.Join('\n', lines.Select(line => line.Text)), line => string.Create(CultureInfo.InvariantCulture, $"{where}, line {lines[(int)Math.Clamp(line, 1, lines.Count) - 1].Number}"))
                : null,
        ];
        foreach (var node in found.OfType<ContractNode>())
        {
            if (cell.Kind != CellKind.Code) throw node.Refuse("only code cells do something; this is text");
            cells.Add((cell.Number, ReadTerms(node, "a cell")));
        }
    }

    private Terms ReadTerms(ContractNode node, string what)
    {
        var members = node.Members($"the contract of {what}", TermKeys);
        if (members.Count == 0) throw node.Refuse($"the contract of {what} is empty");
        return new Terms
        {
            Files = members.TryGetValue("files", out var files) ? FileTerms.Read(files, pattern => Surroundings.ToFullPath(pattern, context)) : null,
            Store = StoreTerms.Read(members),
            Machine = MachineTerms.Read(members),
        };
    }

    private static ContractNode? Parse(string text, Func<long, string> locate)
    {
        var yaml = new YamlStream();
        try
        {
            yaml.Load(new StringReader(text));
        }
        catch (YamlException error)
        {
            throw new NotebookRunException($"The contract is not YAML ({locate(error.Start.Line)}): {error.Message}", error);
        }
        catch (ArgumentException error)
        {
            throw new NotebookRunException($"The contract is not YAML ({locate(1)}): {error.Message}", error);
        }
        return yaml.Documents.Count switch
        {
            0 => null,
            1 => new ContractNode(yaml.Documents[0].RootNode, locate),
            _ => throw new ContractNode(yaml.Documents[1].RootNode, locate).Refuse("there are two documents in one file"),
        };
    }
}

using System.Text;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace NotebookCorpus;

/// <summary>
/// Small notebooks, each with one seeded defect or clean but hard to judge, by which testers of notebooks are compared. What they are is
/// written in <c>Sources/*.yml</c>; the notebooks themselves are generated from that.
/// </summary>
public static class Corpus
{
    /// <summary>All notebooks: the defects and then the clean ones, each in their sources' order.</summary>
    public static IReadOnlyList<CorpusNotebook> All { get; } = Read();

    /// <summary>The notebook of a name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static CorpusNotebook Named(string name) =>
        All.FirstOrDefault(notebook => notebook.Name == name) ?? throw new ArgumentException($"The corpus has no notebook {name}: see tests/NotebookCorpus/Sources.", nameof(name));

    /// <summary>Writes a notebook and the files beside it into a folder of its name.</summary>
    /// <param name="notebook">The notebook.</param>
    /// <param name="folder">The folder that gets the folder.</param>
    /// <param name="marked">Whether with its author's marks for our runner.</param>
    /// <returns>The notebook's path.</returns>
    public static string Write(CorpusNotebook notebook, string folder, bool marked)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        var own = Directory.CreateDirectory(Path.Combine(folder, notebook.Name)).FullName;
        foreach (var (path, text) in Files(notebook, marked))
        {
            var target = Path.Combine(own, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllText(target, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }

        return Path.Combine(own, FileName(notebook));
    }

    /// <summary>A notebook's files: the relative path and text of each, the notebook first.</summary>
    /// <param name="notebook">The notebook.</param>
    /// <param name="marked">Whether with its author's marks for our runner.</param>
    public static IEnumerable<KeyValuePair<string, string>> Files(CorpusNotebook notebook, bool marked)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        return new[] { KeyValuePair.Create(FileName(notebook), NotebookText.Of(notebook, marked)) }
            .Concat(notebook.Files)
            .Concat(marked ? notebook.MarkedFiles : []);
    }

    private static string FileName(CorpusNotebook notebook) => notebook.Name + ".ipynb";

    private static IReadOnlyList<CorpusNotebook> Read()
    {
        var reader = new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).WithAttemptingUnquotedStringTypeDeserialization().Build();
        var assembly = typeof(Corpus).Assembly;
        var all = new List<CorpusNotebook>();
        foreach (var source in assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            using var text = new StreamReader(assembly.GetManifestResourceStream(source)!);
            all.AddRange(reader.Deserialize<List<CorpusNotebook>>(text));
        }

        return [.. all.OrderBy(notebook => notebook.Defect is null)];
    }
}

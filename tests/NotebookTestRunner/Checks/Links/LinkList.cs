namespace NotebookTestRunner.Checks.Links;

/// <summary>
/// The external addresses that somebody looked at: a text file <c>notebook-links.txt</c> in the notebook's folder or above it, up to the
/// repository's root, one address a line, <c>#</c> and a blank before a remark.
/// </summary>
internal sealed class LinkList
{
    public const string FileName = "notebook-links.txt";

    private readonly HashSet<string> addresses;

    private LinkList(string path, IEnumerable<string> addresses)
    {
        Path = path;
        this.addresses = new(addresses, StringComparer.Ordinal);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Finds the list for a notebook.</summary>
    /// <returns>The list; null when there is none.</returns>
    public static LinkList? Find(string notebookPath)
    {
        for (var folder = Directory.GetParent(notebookPath); folder is not null; folder = folder.Parent)
        {
            var path = System.IO.Path.Combine(folder.FullName, FileName);
            if (File.Exists(path))
                return new(path, File.ReadLines(path).Select(line => line.Trim().Split(' ')[0]).Where(line => line.Length > 0 && line[0] != '#'));
            if (Directory.Exists(System.IO.Path.Combine(folder.FullName, ".git")) || File.Exists(System.IO.Path.Combine(folder.FullName, ".git"))) return null;
        }
        return null;
    }

    /// <summary>Whether an address is in the list, with or without the place in the page.</summary>
    public bool Contains(string address) => addresses.Contains(address) || addresses.Contains(address.Split('#')[0]);
}

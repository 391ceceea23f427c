using System.IO.Compression;
using System.Text.RegularExpressions;
using NotebookTestRunner;
using NotebookTestRunner.Notebooks;
using Tutorial.Cli.Faults;

namespace Tutorial.Cli.Grading;

/// <summary>
/// Reads what students handed in: a folder, or the archive that a learning platform gives, with a sub-folder, an archive or a notebook for each student,
/// as people make them and as Moodle names them (<c>Anna Berg_4711_assignsubmission_file_/lesson.ipynb</c>, also with the file's name behind it and no
/// folder). Nothing is unpacked to the disk, and nothing but notebooks is read: no name in an archive, no link and no other file does anything.
/// </summary>
internal sealed partial class SubmissionReader
{
    private const string Ending = ".ipynb", Archive = ".zip";

    // A lesson with all its outputs takes a tenth of the first.
    private const int LargestNotebook = 20_000_000, LargestSubmission = 100_000_000, MostEntries = 5_000, DeepestArchive = 2;

    private static readonly EnumerationOptions Below = new() { RecurseSubdirectories = true, MaxRecursionDepth = 16, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };

    private readonly string _student;
    private readonly string? _id;
    private readonly List<SubmittedNotebook> _notebooks = [];
    private readonly SortedSet<string> _others = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _remarks = [];
    private long _read;
    private int _entries;

    private SubmissionReader(string student, string? id) => (_student, _id) = (student, id);

    /// <summary>Reads all submissions, in the order of the students' names.</summary>
    /// <param name="path">The folder or archive.</param>
    /// <exception cref="CliException">There is no such folder, it cannot be read, or nobody's submission is in it.</exception>
    public static IReadOnlyList<Submission> ReadAll(string path)
    {
        var students = new SortedDictionary<string, SubmissionReader>(StringComparer.OrdinalIgnoreCase);
        try
        {
            if (Directory.Exists(path))
            {
                foreach (var entry in new DirectoryInfo(path).EnumerateFileSystemInfos().Where(entry => !IsHidden(entry.Name) && entry.LinkTarget is null).OrderBy(entry => entry.Name, StringComparer.Ordinal))
                {
                    if (entry is DirectoryInfo folder)
                        Of(folder.Name).Read(folder);
                    else if (IsOfStudent(entry.Name))
                        Of(entry.Name).Read((FileInfo)entry, ((FileInfo)entry).Name);
                }
            }
            else if (File.Exists(path))
            {
                using var archive = ZipFile.OpenRead(path);
                foreach (var entry in archive.Entries.Where(entry => entry.Name.Length > 0 && !Parts(entry.FullName).Any(IsHidden)))
                {
                    if (Parts(entry.FullName) is [var first, .. var rest] && (rest.Length > 0 || IsOfStudent(first)))
                        Of(first).Read(entry, rest.Length > 0 ? string.Join('/', rest) : first, depth: 1);
                }
            }
            else
            {
                throw new CliException($"There is no folder {path}: give the folder with the submissions, one sub-folder or .zip file for each student, or the .zip file that Moodle gives for all of them.");
            }
        }
        catch (Exception error) when (error is InvalidDataException || Fault.IsOfFiles(error))
        {
            throw new CliException($"The submissions in {path} cannot be read: {error.Message} Unpack the archive again, or check who may read it.", innerException: error);
        }

        return students.Count > 0 ? [.. students.Values.Select(student => student.Finish())]
            : throw new CliException($"There is no submission in {path}: give the folder that holds one sub-folder or .zip file for each student.");

        SubmissionReader Of(string name)
        {
            var moodle = Moodle().Match(name);
            var plain = moodle.Success ? moodle.Groups["name"].Value
                : name.EndsWith(Ending, StringComparison.OrdinalIgnoreCase) || name.EndsWith(Archive, StringComparison.OrdinalIgnoreCase) ? Path.GetFileNameWithoutExtension(name) : name;
            var id = moodle.Success ? moodle.Groups["id"].Value : null;
            var key = $"{plain}\n{id}";
            if (!students.TryGetValue(key, out var student)) students[key] = student = new(plain, id);
            return student;
        }
    }

    private void Read(DirectoryInfo folder)
    {
        foreach (var file in folder.EnumerateFiles("*", Below).OrderBy(file => file.FullName, StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(folder.FullName, file.FullName).Replace('\\', '/');
            if (!Parts(name).Any(IsHidden))
                Read(file, name);
        }
    }

    private void Read(FileInfo file, string name)
    {
        try
        {
            Take(name, file.LastWriteTimeUtc, file.OpenRead, depth: 0);
        }
        catch (Exception error) when (Fault.IsOfFiles(error))
        {
            Unreadable(name, file.LastWriteTimeUtc, $"{name} cannot be read: {error.Message}");
        }
    }

    private void Read(ZipArchiveEntry entry, string name, int depth)
    {
        if (entry.IsEncrypted)
            Unreadable(name, entry.LastWriteTime.UtcDateTime, $"{name} is locked with a password: ask for it without one.");
        else
            Take(name, entry.LastWriteTime.UtcDateTime, entry.Open, depth);
    }

    private void Take(string name, DateTime modified, Func<Stream> open, int depth)
    {
        if (++_entries > MostEntries)
        {
            if (_entries == MostEntries + 1)
                _remarks.Add(FormattableString.Invariant($"More than {MostEntries} files: the rest was not looked at."));
            return;
        }

        var isArchive = name.EndsWith(Archive, StringComparison.OrdinalIgnoreCase);
        if (!isArchive && !name.EndsWith(Ending, StringComparison.OrdinalIgnoreCase))
        {
            _others.Add(Path.GetExtension(name) is { Length: > 1 } extension ? extension : Path.GetFileName(name));
            return;
        }

        if (isArchive && depth >= DeepestArchive)
        {
            _remarks.Add($"{name} is an archive in an archive in an archive, and was not opened.");
            return;
        }

        try
        {
            using var stream = open();
            if (Bytes(stream, isArchive ? LargestSubmission : LargestNotebook) is not { } bytes)
                Unreadable(name, modified, FormattableString.Invariant($"{name} is larger than {(isArchive ? LargestSubmission : LargestNotebook) / 1_000_000} MB, or all files together than {LargestSubmission / 1_000_000} MB, and was not read."));
            else if (isArchive)
                ReadArchive(name, bytes, depth);
            else
                _notebooks.Add(new(name, modified, Notebook.Parse(bytes, name), null));
        }
        catch (Exception error) when (error is NotebookRunException or InvalidDataException or NotSupportedException)
        {
            Unreadable(name, modified, error is NotebookRunException ? error.Message : $"{name} is damaged: {error.Message}");
        }
    }

    private void ReadArchive(string name, byte[] bytes, int depth)
    {
        using var archive = new ZipArchive(new MemoryStream(bytes));
        foreach (var entry in archive.Entries.Where(entry => entry.Name.Length > 0 && !Parts(entry.FullName).Any(IsHidden)))
            Read(entry, $"{name}/{entry.FullName}", depth + 1);
    }

    /// <summary>The content, however large the archive says it is; null when it is larger than it may be.</summary>
    private byte[]? Bytes(Stream stream, int most)
    {
        using var content = new MemoryStream();
        var buffer = new byte[81_920];
        for (int count; (count = stream.Read(buffer)) > 0;)
        {
            _read += count;
            if (content.Length + count > most || _read > LargestSubmission)
                return null;
            content.Write(buffer, 0, count);
        }

        return content.ToArray();
    }

    private void Unreadable(string name, DateTime modified, string problem)
    {
        if (name.EndsWith(Ending, StringComparison.OrdinalIgnoreCase))
            _notebooks.Add(new(name, modified, null, problem));
        else
            _remarks.Add(problem);
    }

    private Submission Finish() => new(_student, _id, _notebooks,
        _notebooks.Count > 0 ? _remarks : [.. _remarks, _others.Count == 0 ? "Nothing was handed in." : $"No notebook was handed in, but {string.Join(", ", _others.Take(5))}. Archives other than .zip are not opened."]);

    private static bool IsOfStudent(string name) => name.EndsWith(Ending, StringComparison.OrdinalIgnoreCase) || name.EndsWith(Archive, StringComparison.OrdinalIgnoreCase);

    // Checkpoints of Jupyter, and what macOS adds to archives.
    private static bool IsHidden(string part) => (part.StartsWith('.') && part is not ("." or "..")) || part == "__MACOSX";

    private static string[] Parts(string path) => path.Split('/', '\\', StringSplitOptions.RemoveEmptyEntries);

    // https://docs.moodle.org/en/Assignment_activity: "Download all submissions", with and without folders.
    [GeneratedRegex(@"^(?<name>.+?)_(?<id>\d+)_assignsubmission_(?:file|onlinetext)(?:_.*)?$")]
    private static partial Regex Moodle();
}

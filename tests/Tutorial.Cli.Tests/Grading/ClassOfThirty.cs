using System.IO.Compression;
using System.Text.Json.Nodes;

namespace Tutorial.Cli.Tests.Grading;

/// <summary>A small lesson, and what thirty students make of it: right and wrong answers, renamed, damaged, endless and malicious ones, in the shapes that platforms give.</summary>
internal sealed class ClassOfThirty
{
    public const string Lesson = "01-sums";

    private const string Check = "mean switch { 3 => \"Right! That is the mean.\", 9 => \"That is their sum: divide it.\", 0 => \"Begin with the numbers.\", _ => \"No.\" }";

    private readonly Course _course;

    public ClassOfThirty(Course course)
    {
        _course = course;
        course.WriteNotebook($"sources/{Lesson}.source.ipynb",
            ("int[] numbers = [1, 2, 6];", []),
            ("// hint: Begin\n// BEGIN SOLUTION\n// STUB double mean = 0;\ndouble mean = numbers.Average();\n// END SOLUTION", ["solution"]),
            ("// hint: their sum\ndouble mean = numbers.Sum();", ["wrong-answer"]),
            (Check, ["check"]),
            ("await Task.Delay(600_000); // after the check, which nobody waits for", []));
    }

    /// <summary>A lesson as a student saves it.</summary>
    public static string Notebook(string answer, bool hasIds = true, string check = Check) => new JsonObject
    {
        ["cells"] = new JsonArray(
            Cell("c0", "int[] numbers = [1, 2, 6];", null),
            Cell("c1", answer, "exercise"),
            Cell("c3", check, "check")),
        ["metadata"] = new JsonObject { ["kernelspec"] = new JsonObject { ["name"] = "python3" } },
        ["nbformat"] = 4,
        ["nbformat_minor"] = hasIds ? 5 : 4,
    }.ToJsonString();

    /// <summary>Hands a notebook in as a file in a folder of the student.</summary>
    public void HandIn(string student, string notebook, string file = $"{Lesson}.ipynb") => _course.Write($"class/{student}/{file}", notebook);

    /// <summary>Hands files in as an archive.</summary>
    public void Zip(string archive, params (string Name, string Content)[] files)
    {
        Directory.CreateDirectory(_course.PathOf("class"));
        using var zip = ZipFile.Open(_course.PathOf($"class/{archive}"), ZipArchiveMode.Create);
        foreach (var (name, content) in files)
        {
            using var writer = new StreamWriter(zip.CreateEntry(name).Open());
            writer.Write(content);
        }
    }

    /// <summary>Thirty submissions. Whoever may not write there writes a file <c>evil</c> into the course's folder.</summary>
    public void HandInAll()
    {
        const string Right = "double mean = numbers.Average();";
        for (var number = 1; number <= 10; number++)
            HandIn($"Right {number:00}_{4000 + number}_assignsubmission_file_", Notebook(Right));
        for (var number = 1; number <= 5; number++)
            HandIn($"Sum {number}", Notebook("double mean = numbers.Sum();"), "notebooks/my work.ipynb");
        Zip("Zip.zip", ("course/01-sums.ipynb", Notebook(Right)));
        Zip("Slip.zip", ("../../../evil.ipynb", Notebook(Right)));
        Zip("Nest.zip", ("inner.zip", "no archive"), ("01-sums.ipynb", Notebook(Right)));
        _course.Write("class/Flat_77_assignsubmission_file_01-sums.ipynb", Notebook(Right));
        HandIn("=cmd|'calc'!A0", Notebook("double mean = 7;"));
        HandIn("Blank", Notebook("// Write your code here.\ndouble mean = 0;"));
        HandIn("Cheat", Notebook("double mean = 9; Console.WriteLine(\"Right!\");", check: "\"Right! says who?\""));
        HandIn("Bare", Notebook(Right, hasIds: false));
        HandIn("Syntax", Notebook("// test: skip\n// test: nonsense\ndouble mean = ;"));
        HandIn("Endless", Notebook("double mean = 3; while (true) System.Threading.Thread.Sleep(10);"));
        HandIn("Exit", Notebook("Environment.Exit(7);"));
        HandIn("Writer", Notebook($"System.IO.File.WriteAllText(@\"{_course.PathOf("evil")}\", \"\"); double mean = 3;"));
        HandIn("Gone", Notebook("System.Diagnostics.Process.GetCurrentProcess().Kill();"));
        HandIn("Torn", Notebook(Right)[..200]);
        _course.Write("class/Essay/essay.docx", "words");
    }

    /// <summary>Hands in an answer that holds 450 MB of memory, which the runtime knows nothing of.</summary>
    public void HandInHog() =>
        HandIn("Hog", Notebook("var size = 450_000_000; var memory = System.Runtime.InteropServices.Marshal.AllocHGlobal(size);\nfor (var i = 0; i < size; i += 4096) System.Runtime.InteropServices.Marshal.WriteByte(memory, i, 1);\nawait Task.Delay(60_000); double mean = 3;"));

    private static JsonObject Cell(string id, string source, string? tag) => new()
    {
        ["cell_type"] = "code",
        ["execution_count"] = 1,
        ["id"] = id,
        ["metadata"] = tag is null ? [] : new JsonObject { ["tags"] = new JsonArray(tag) },
        ["outputs"] = new JsonArray(),
        ["source"] = source,
    };
}

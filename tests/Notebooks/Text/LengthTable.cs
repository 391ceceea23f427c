using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Tutorial.Cli.Running;

namespace Notebooks.Text;

/// <summary>How long and how easy the lessons are, as Markdown.</summary>
internal static partial class LengthTable
{
    public static string Of(IEnumerable<LessonText> lessons)
    {
        var text = new StringBuilder("| Lesson | Minutes | Words | Reading ease | Code cells | Longest cell, lines | Pictures |\n|---|---:|---:|---:|---:|---:|---:|\n");
        foreach (var lesson in lessons)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {lesson.Name} | {Time().Match(lesson.Markdown).Groups[1].Value} | {lesson.Words} | {lesson.ReadingEase:F0} | {lesson.CodeCells} | {lesson.LongestCell} | {lesson.Pictures} |\n");
        }

        return text.ToString();
    }

    public static void Write(string table)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Checkout.Find().Root, "docs", "teaching"));
        File.WriteAllText(
            Path.Combine(folder.FullName, "lengths.md"),
            $"""
             # How long the lessons are

             Written by `tests/Notebooks` (`TextTests`) when it runs with the environment variable `UPDATE_LENGTHS=1`. Tests fail above 900 words, below a reading ease of 70, and above 15 lines in a cell.

             {table}
             **Minutes** are what the lesson itself says. **Words** are those of the text, tables and headings included, without code blocks and the descriptions of pictures. **Reading ease** is Flesch's: from 60 to 70 is plain English, from 70 to 80 fairly easy, above that easy; scientific papers are below 30. Blank lines of a cell are not counted.

             ## As a student sees them

             In JupyterLab, taken by `tests/Interop/Lab` (`CourseTests`), which opens the lessons, runs them, and answers exercises wrong and then right.

             ![The lesson about two optimizers: a cell, and the chart that it draws, with one curve for training and one for validation of each](../images/lesson-two-optimizers.png)

             ![The exercise of the lesson about the registry, answered wrong: the check says that nobody is champion now](../images/lesson-registry.png)

             ![The lesson about the supercomputer: its title, a picture of the parts of such a machine, and the words for them](../images/lesson-supercomputer.png)

             """.ReplaceLineEndings("\n"));
    }

    [GeneratedRegex(@"\*\*Time:\*\* (\d+) minutes")]
    private static partial Regex Time();
}

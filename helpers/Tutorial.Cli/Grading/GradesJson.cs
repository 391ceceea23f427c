using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tutorial.Cli.Grading;

/// <summary>Grades as JSON, for programs. <c>version</c> changes when a reader of the old format could no longer read the new one.</summary>
internal static class GradesJson
{
    // For people who read it: characters stay as they are. It is no HTML.
    private static readonly GradesJsonContext s_json = new(new JsonSerializerOptions(GradesJsonContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Builds the text.</summary>
    public static string Create(IReadOnlyList<GradedLesson> lessons, IReadOnlyList<StudentGrades> students) =>
        JsonSerializer.Serialize(new JsonGrades(1, [.. lessons.Select(lesson => lesson.Name)], [.. students.Select(student => new JsonStudent(student.Student, student.Id, student.Right, [.. student.Grades.Select(Grade)], student.Remarks))]), s_json.JsonGrades) + "\n";

    private static JsonGrade Grade(Grade grade, int lesson) => new(lesson, grade.Words, grade.Says, grade.File, grade.CellsRun, grade.Cells, grade.Errors, grade.Seconds, grade.Page);
}

/// <summary>The file.</summary>
internal sealed record JsonGrades(int Version, IReadOnlyList<string> Lessons, IReadOnlyList<JsonStudent> Students);

/// <summary>A student.</summary>
internal sealed record JsonStudent(string Student, string? Id, int Right, IReadOnlyList<JsonGrade> Grades, IReadOnlyList<string> Remarks);

/// <summary>A grade; <c>lesson</c> is the lesson's place in <c>lessons</c>, from 0.</summary>
internal sealed record JsonGrade(int Lesson, string Result, string Says, string? File, int? CellsRun, int? Cells, int? Errors, double? Seconds, string? Page);

/// <summary>Writes the file.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(JsonGrades))]
internal sealed partial class GradesJsonContext : JsonSerializerContext;

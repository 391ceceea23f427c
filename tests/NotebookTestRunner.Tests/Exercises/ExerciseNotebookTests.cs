using NotebookTestRunner.Checks.Staleness;
using NotebookTestRunner.Exercises;
using NotebookTestRunner.Outputs;
using static NotebookTestRunner.Tests.TestCell;

namespace NotebookTestRunner.Tests.Exercises;

public sealed class ExerciseNotebookTests
{
    private static readonly TestCell[] Source =
    [
        Markdown("# Lesson"),
        new("// hint: Write it\ndouble Accuracy(int[] labels)\n{\n    // BEGIN SOLUTION\n    // STUB return 0;\n    return labels.Average();\n    // END SOLUTION\n}", Printed("x")) { Tags = ["solution", "slow"], ExecutionCount = 1 },
        new("// hint: Too low\nAccuracy") { Tags = ["wrong-answer"] },
        new("Check(Accuracy)", Printed("Right!")) { Tags = ["check"], ExecutionCount = 2 },
        new("after", Printed("kept")) { ExecutionCount = 3 },
    ];

    [Fact]
    public void Readers_get_stubs_for_solutions_and_no_wrong_answers()
    {
        var cells = ExerciseNotebook.ForReaders(TestNotebook.Of(Source)).Cells;

        Assert.Equal(["# Lesson", "double Accuracy(int[] labels)\n{\n    // Write your code here.\n    return 0;\n}", "Check(Accuracy)", "after"], cells.Select(cell => cell.Source));
        Assert.Equal([1, 2, 3, 4], cells.Select(cell => cell.Number));
        Assert.Equal(["exercise", "slow"], cells[1].Tags);
        Assert.Equal(["check", "nbval-ignore-output"], cells[2].Tags);
        Assert.Equal([null, null, null, 3], cells.Select(cell => cell.ExecutionCount));
        Assert.Equal([0, 0, 0, 1], cells.Select(cell => cell.Outputs.Count));
    }

    [Fact]
    public void Outputs_of_a_source_that_is_up_to_date_are_up_to_date_for_readers_and_stale_ones_stay_stale()
    {
        var source = TestNotebook.Of(Source);
        CodeHash.Store(source);
        Assert.True(CodeHash.Holds(ExerciseNotebook.ForReaders(source)));

        source.Cells[^1].Source = "changed";
        Assert.False(CodeHash.Holds(ExerciseNotebook.ForReaders(source)));
    }

    [Fact]
    public void Teachers_get_the_solutions_without_words_for_the_author()
    {
        var cells = ExerciseNotebook.WithSolutions(TestNotebook.Of(Source)).Cells;

        Assert.Equal("double Accuracy(int[] labels)\n{\n    return labels.Average();\n}", cells[1].Source);
        Assert.Equal((4, "Right!"), (cells.Count, ((StreamOutput)cells[2].Outputs[0]).Text));
    }

    [Theory]
    [InlineData("// hint: h\nvar x = 3;", "// Write your code here.")]
    [InlineData("# hint: h\n# STUB x = 0\nx = 3", "# Write your code here.\nx = 0")]
    [InlineData("// hint: h\nvar a = 1;\n// BEGIN SOLUTION\nvar x = 3;\n// END SOLUTION\nvar b = 2;", "var a = 1;\n// Write your code here.\nvar b = 2;")]
    [InlineData("x = 3", "# Write your code here.")]
    [InlineData("call(3) // works", "// Write your code here.")]
    [InlineData("  # STUB x = 0\nx = 3; y = 4", "# Write your code here.\nx = 0")]
    [InlineData("y = 4;\n# STUB x = 0", "# Write your code here.\nx = 0")]
    [InlineData("a\nb;", "// Write your code here.")]
    [InlineData("### BEGIN SOLUTION\nx = 3\n### END SOLUTION", "### Write your code here.")]
    public void A_blank_keeps_what_is_around_the_solution(string solution, string blank) => Assert.Equal(blank, ExerciseText.Blank(solution, "Cell 1"));

    [Theory]
    [InlineData("\n  a = 1\nb", "a = 1")]
    [InlineData(" \n", "(empty)")]
    public void A_wrong_answer_is_named_by_its_first_line(string code, string line) =>
        Assert.Equal(line, new WrongAnswer(TestNotebook.Of("x").CodeCells.First(), code, "hint").FirstLine);

    [Fact]
    public void What_lies_between_solution_and_check_belongs_to_the_exercise()
    {
        var exercises = Exercise.ReadAll(TestNotebook.Of(
            "before",
            new("// hint: one\nvar a = 1;") { Tags = ["solution"] },
            "between",
            new("// test: skip\nskipped"),
            new("// hint: wrong\nvar a = 2;") { Tags = ["wrong-answer"] },
            new("check a") { Tags = ["check"] },
            "after",
            new("check again") { Tags = ["check"] },
            new("// hint: two\nvar b = 1;") { Tags = ["solution"] },
            new("check b") { Tags = ["check"] }));

        Assert.Equal([("one", "check a", "between"), ("two", "check b", "")], exercises.Select(exercise => (exercise.BlankHint, exercise.Check.Source, string.Join(' ', exercise.Between.Select(cell => cell.Source)))));
        Assert.Equal(["wrong"], exercises.SelectMany(exercise => exercise.WrongAnswers).Select(answer => answer.Hint));
    }

    [Theory]
    [InlineData("wrong-answer", "solution", "Cell 1 is a wrong answer")]
    [InlineData("wrong-answer", "other", "Cell 1 is a wrong answer")]
    [InlineData("solution", "other", "The solution in cell 1 has no check")]
    public void An_exercise_that_is_not_whole_is_refused(string first, string second, string message) =>
        Assert.Contains(message, Assert.Throws<NotebookRunException>(() => Exercise.ReadAll(TestNotebook.Of(new("// hint: h\nx") { Tags = [first] }, new("// hint: h\ny") { Tags = [second] }))).Message, StringComparison.Ordinal);

    [Fact]
    public void The_source_stays_as_it_is()
    {
        var source = TestNotebook.Of(Source);
        var before = source.ToJson();
        ExerciseNotebook.ForReaders(source);
        Assert.Equal(before, source.ToJson());
    }
}

using NotebookTestRunner.Exercises;
using NotebookTestRunner.Notebooks;
using static NotebookTestRunner.Tests.TestCell;

namespace NotebookTestRunner.Tests.Exercises;

public sealed class ReaderAnswersTests
{
    private static readonly TestCell Load = new("load()"), Exercise = new("// Write your code here.\nvar x = 0;") { Tags = ["exercise"] }, Check = new("Check(x)") { Tags = ["check"] };

    private static readonly Notebook Source = TestNotebook.Of(
        Markdown("# Lesson"), Load,
        new("// hint: h\n// BEGIN SOLUTION\n// STUB var x = 0;\nvar x = 3;\n// END SOLUTION") { Tags = ["solution"] },
        new("// hint: h\nvar x = 4;") { Tags = ["wrong-answer"] },
        Check, new("after()"));

    [Fact]
    public void An_answer_is_found_by_its_tag_before_the_check_and_behind_the_lessons_cells()
    {
        var answer = new TestCell("var x = 5;");

        Assert.All(
            [Readers(Load, answer with { Tags = ["exercise"] }, Check), Readers(answer, Check), Readers(Load, answer, new("edited"))],
            readers => Assert.Equal(["var x = 5;"], Find(readers).Cells));
    }

    [Fact]
    public void An_answer_is_found_by_its_id_wherever_it_was_moved_to() =>
        Assert.Equal(["var x = 5;"], Find(TestNotebook.Of(new("var x = 5;") { Id = "cell-3" }, Load with { Id = "other" })).Cells);

    [Fact]
    public void Cells_that_the_reader_added_around_an_answer_belong_to_it() =>
        Assert.Equal(["int Half(int i) => i / 2;", "var x = Half(6);", "x += 1;"],
            Find(Readers(new("scratch"), Load, new("int Half(int i) => i / 2;"), Exercise with { Source = "var x = Half(6);" }, new("x += 1;"), Check, new("x"))).Cells);

    [Fact]
    public void A_cell_that_is_gone_or_as_it_was_is_no_answer()
    {
        Assert.True(Find(Readers(Load, Exercise, Check)).IsBlank);
        Assert.True(Find(Readers(Load, Exercise with { Source = " \n" }, Check)).IsMissing);
        Assert.Empty(Find(Readers(Load, Check)).Cells);
        Assert.False(Find(Readers(Load, Exercise, new("var x = 3;"), Check)).IsMissing);
    }

    [Fact]
    public void An_answer_is_placed_where_the_authors_code_and_check_are()
    {
        var made = ReaderAnswers.Place(Source, [new(["a", "// test: timeout 99999\n  // test: skip\nb"], IsBlank: false)], TimeSpan.FromSeconds(2.5));

        Assert.Equal(["# Lesson", "load()", "a", "\n\nb", "Check(x)"], made.Cells.Select(cell => cell.Source));
        Assert.Equal(["answer", "test: timeout 2.5"], made.Cells[3].Tags);
        Assert.Equal(["check", "test: timeout 2.5"], made.Cells[4].Tags);
        Assert.Equal("var x = 3;", ReaderAnswers.Place(Source, null, TimeSpan.FromSeconds(1)).Cells[2].Source);
    }

    /// <summary>As after a front end that makes new ids.</summary>
    private static Notebook Readers(params TestCell[] cells) => TestNotebook.Of([.. cells.Select((cell, i) => cell with { Id = $"new-{i}" })]);

    private static ReaderAnswer Find(Notebook readers) => Assert.Single(ReaderAnswers.Find(Source, readers));
}

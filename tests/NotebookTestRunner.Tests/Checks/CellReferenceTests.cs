using NotebookTestRunner.Checks;
using static NotebookTestRunner.Tests.TestCell;

namespace NotebookTestRunner.Tests.Checks;

public sealed class CellReferenceTests
{
    private static readonly NotebookTestRunner.Notebooks.Notebook Notebook = TestNotebook.Of(
        Markdown("text"), new("train 1\nmore") { Tags = ["slow", "notebook:hidden"] }, new("train 2") { Id = "own", Tags = ["slow"] }, new(" ") { Id = "empty" }, "Evaluate");

    [Theory]
    [InlineData("2", 2)]
    [InlineData("own", 3)]
    [InlineData("train 2", 3)]
    [InlineData("train 1", 2)]
    [InlineData("Eval", 5)]
    public void A_cell_is_found_by_number_id_or_first_line(string name, int number) => Assert.Equal(number, CellReference.Find(name, Notebook, "The contract").Number);

    [Theory]
    [InlineData("slow", "The contract names the cell \"slow\", and that is cells 2, 3: name one by its number or id.")]
    [InlineData("train", "and that is cells 2, 3")]
    [InlineData("1", "The contract names cell 1, which is no code")]
    [InlineData("4", "The contract names cell 4, which is empty")]
    [InlineData("9", "names the cell \"9\", which is not there")]
    [InlineData("sloww", "which is not there: there are slow, own, cell-2, cell-5. ")]
    public void What_names_no_cell_or_several_is_refused(string name, string message) =>
        Assert.Contains(message, Assert.Throws<NotebookRunException>(() => CellReference.Find(name, Notebook, "The contract")).Message, StringComparison.Ordinal);
}

using Tutorial.Cli.Faults;

namespace Tutorial.Cli.Tests.Faults;

public sealed class FaultTests
{
    private const string Folder = "/no/such/folder";

    [Theory]
    [InlineData(28, "is full")]
    [InlineData(122, "is full")]
    [InlineData(112, "is full")]
    [InlineData(30, "mounted read-only")]
    [InlineData(13, "No permission to write")]
    [InlineData(5, "could not be written: it hurts. Check the folder")]
    public void What_the_system_says_becomes_what_to_do(int error, string words)
    {
        var sentence = Fault.Sentence(new IOException("it hurts.", error), Folder);

        Assert.Contains(words, sentence, StringComparison.Ordinal);
        Assert.Contains(Folder, sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_permission_is_told_from_a_file_in_the_way()
    {
        var file = Path.GetTempFileName();
        try
        {
            Assert.StartsWith($"No permission to write in {Folder}:", Fault.Sentence(new UnauthorizedAccessException(), Folder), StringComparison.Ordinal);
            Assert.StartsWith($"{file} is a file", Fault.Sentence(new UnauthorizedAccessException(), Path.Combine(file, "below")), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_file_whose_space_cannot_be_reserved_is_a_full_disk_too() =>
        Assert.Contains("is full", Fault.Sentence(new IOException("Failed to create 'x' with allocation size '9' because the disk was full."), Folder), StringComparison.Ordinal);

    [Fact]
    public void The_cause_inside_a_fault_of_the_runner_counts() =>
        Assert.Contains("is full", Fault.Sentence(new InvalidOperationException("wrapped", new IOException("", 28)), Folder), StringComparison.Ordinal);
}

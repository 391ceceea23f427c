namespace Tutorial.Helpers.Tests;

[Collection(nameof(OneAfterAnother))]
public sealed class EnvironmentCheckTests
{
    [Fact]
    public void This_machine_passes_with_a_line_for_each_part_and_no_paths()
    {
        var report = EnvironmentCheck.Run();

        Assert.Equal([".NET", "Kernel", "MNIST", "MLflow store", "TorchSharp", "Pictures"], report.Items.Select(item => item.Name));
        Assert.True(report.AllPassed, report.ToString());
        Assert.DoesNotContain(AppContext.BaseDirectory, report.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("Everything is ready. Enjoy the course!", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_check_that_throws_becomes_a_line_with_its_message()
    {
        var item = EnvironmentCheck.Check("MNIST", () => throw new FileNotFoundException("gone; restore it"));

        Assert.Equal(new EnvironmentItem("MNIST", false, "gone; restore it"), item);
    }

    [Fact]
    public void The_store_is_tried_without_leaving_a_file()
    {
        var folder = Directory.CreateTempSubdirectory("store-");
        try
        {
            Assert.Equal("mlflow.db can be written", EnvironmentCheck.Store($"sqlite:///{folder.FullName}/mlflow.db"));
            Assert.Empty(folder.EnumerateFileSystemInfos());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_store_in_a_place_that_cannot_be_written_is_told_with_the_way_out()
    {
        var file = Path.GetTempFileName();
        try
        {
            var error = Assert.Throws<IOException>(() => EnvironmentCheck.Store($"sqlite:///{file}/mlflow.db"));

            Assert.Contains(file, error.Message, StringComparison.Ordinal);
            Assert.Contains("set MLFLOW_TRACKING_URI", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_server_is_named_but_not_tried_and_its_password_stays_hidden()
    {
        Assert.Contains("https://mlflow.example.org", EnvironmentCheck.Store("https://mlflow.example.org"), StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", EnvironmentCheck.Store("https://me:s3cret@mlflow.example.org"), StringComparison.Ordinal);
    }
}

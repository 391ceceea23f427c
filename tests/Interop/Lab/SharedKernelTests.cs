namespace Interop.Lab;

/// <summary>A student's own notebook in JupyterLab, on a kernel from a kernelspec in a shared folder.</summary>
[Collection(SharedLab.Name)]
public sealed class SharedKernelTests(JupyterLab lab)
{
    [Fact]
    public async Task A_copied_lesson_finds_the_courses_libraries_beside_the_kernel()
    {
        await using var notebook = await lab.OpenAsync(
            "my-copy",
            "// There is no ../artifacts here: the libraries lie beside the kernel, in the shared folder.\n#r \"../artifacts/bin/Tutorial.Helpers/Tutorial.Helpers.dll\"\nusing Tutorial.Helpers;\n\nEnvironmentCheck.Run()");

        await notebook.RunAllAsync();

        await notebook.ShowsAsync(0, "Everything is ready.");
        await notebook.IsIdleAsync();
        await notebook.PictureAsync("shared-kernel");
    }
}

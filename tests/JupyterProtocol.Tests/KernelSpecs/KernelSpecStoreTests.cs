using JupyterProtocol.KernelSpecs;

namespace JupyterProtocol.Tests.KernelSpecs;

public sealed class KernelSpecStoreTests : IDisposable
{
    private static readonly KernelSpec Spec = new() { Argv = ["echo", "{connection_file}"], DisplayName = "Echo", Language = "echo", InterruptMode = "message" };

    private readonly string _first = Directory.CreateTempSubdirectory("jupyter-").FullName;
    private readonly string _second = Directory.CreateTempSubdirectory("jupyter-").FullName;

    private KernelSpecStore Store => new([_first], [_second]);

    public void Dispose()
    {
        Directory.Delete(_first, recursive: true);
        Directory.Delete(_second, recursive: true);
    }

    [Fact]
    public void An_installed_kernel_is_found_whatever_the_case_of_its_name()
    {
        var directory = KernelSpecStore.Install(".net-csharp", Spec, _second, new Dictionary<string, byte[]> { ["logo-svg.svg"] = [1] });

        var found = Store.Find(".NET-CSharp");

        Assert.Equal((".net-csharp", directory), (found.Name, found.Directory));
        Assert.Equal(Spec.Argv, found.Spec.Argv);
        Assert.Equal("message", found.Spec.InterruptMode);
        Assert.True(File.Exists(Path.Combine(directory, "logo-svg.svg")));
    }

    [Theory]
    [InlineData("python", "bin/python", true)]
    [InlineData("python3.11", "Scripts/python3.11.exe", true)]
    [InlineData("python3", "bin/python", false)]
    [InlineData("echo", "bin/echo", false)]
    public void Python_means_the_one_of_the_environment_that_the_kernel_was_installed_into(string program, string file, bool isOfEnvironment)
    {
        var interpreter = Path.Combine(_first, file);
        Directory.CreateDirectory(Path.GetDirectoryName(interpreter)!);
        File.WriteAllText(interpreter, "");
        KernelSpecStore.Install("own", Spec with { Argv = [program, "-m", "kernel"] }, Path.Combine(_first, "share", "jupyter"));

        Assert.Equal(
            isOfEnvironment ? interpreter : program, new KernelSpecStore([Path.Combine(_first, "share", "jupyter")], [_second]).Find("own").Executable);
    }

    [Fact]
    public void The_first_folder_wins_and_each_name_is_listed_once()
    {
        KernelSpecStore.Install("echo", Spec with { DisplayName = "private" }, _first);
        KernelSpecStore.Install("echo", Spec with { DisplayName = "public" }, _second);

        Assert.Equal("private", Store.Find("echo").Spec.DisplayName);
        Assert.Equal("private", KernelSpec.Load(Path.Combine(Assert.Single(Store.List()).Directory, "kernel.json")).DisplayName);
    }

    [Fact]
    public void Kernels_that_cannot_be_used_are_listed_with_what_is_wrong_and_hide_none_of_the_others()
    {
        File.WriteAllText(Path.Combine(KernelSpecStore.Install("damaged", Spec, _first), "kernel.json"), "{");
        var gone = Path.Combine(_first, "gone");
        KernelSpecStore.Install("moved", Spec with { Argv = [gone, "{connection_file}"] }, _second);
        KernelSpecStore.Install("whole", Spec with { Argv = ["echo", Path.Combine(_first, "{connection_file}")] }, _second);

        var listed = Store.List();

        Assert.Equal(["damaged", "moved", "whole"], listed.Select(kernel => kernel.Name));
        Assert.Contains("cannot be used", listed[0].Problem, StringComparison.Ordinal);
        Assert.Equal($"leads to {gone}, which is gone: install that kernel again", listed[1].Problem);
        Assert.Null(listed[2].Problem);
    }

    [Fact]
    public void A_damaged_kernel_does_not_keep_the_names_of_the_others_from_who_asks_for_one_that_is_not_there()
    {
        File.WriteAllText(Path.Combine(KernelSpecStore.Install("damaged", Spec, _first), "kernel.json"), "{");
        KernelSpecStore.Install("python3", Spec, _second);

        Assert.Contains("Did you mean 'python3'?", Assert.Throws<JupyterProtocolException>(() => Store.Find("pyton3")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_kernel_is_refused_with_a_list_of_those_there_are()
    {
        KernelSpecStore.Install("python3", Spec, _second);

        var message = Assert.Throws<JupyterProtocolException>(() => Store.Find("python4")).Message;

        Assert.Contains("'python4'", message, StringComparison.Ordinal);
        Assert.Contains("python3", message, StringComparison.Ordinal);
        Assert.Contains(_first, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("net-csharp", "Did you mean '.net-csharp'?")]
    [InlineData(".net-cshrap", "Did you mean '.net-csharp'?")]
    [InlineData("pyton3", "Did you mean 'python3'?")]
    public void A_slip_of_the_fingers_is_answered_with_the_name_that_was_meant(string name, string question)
    {
        KernelSpecStore.Install("python3", Spec, _second);
        KernelSpecStore.Install(".net-csharp", Spec, _second);

        Assert.Contains(question, Assert.Throws<JupyterProtocolException>(() => Store.Find(name)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_is_like_no_other_is_not_answered_with_a_guess()
    {
        KernelSpecStore.Install("python3", Spec, _second);

        Assert.DoesNotContain("Did you mean", Assert.Throws<JupyterProtocolException>(() => Store.Find("julia-1.11")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Uninstalling_removes_the_folder_and_says_whether_there_was_one()
    {
        var directory = KernelSpecStore.Install("echo", Spec, _first);

        Assert.True(KernelSpecStore.Uninstall("echo", _first));
        Assert.False(Directory.Exists(directory));
        Assert.False(KernelSpecStore.Uninstall("echo", _first));
    }

    [Fact]
    public void What_a_kernel_json_leaves_out_has_the_values_that_Jupyter_gives_it()
    {
        var directory = Directory.CreateDirectory(Path.Combine(_first, "kernels", "python3")).FullName;
        File.WriteAllText(Path.Combine(directory, "kernel.json"), """{"argv":["python"],"display_name":"Python 3","language":"python"}""");

        var spec = Store.Find("python3").Spec;

        Assert.Equal("signal", spec.InterruptMode);
        Assert.Empty(spec.Environment);
    }

    [Fact]
    public void A_kernel_json_that_is_broken_is_named()
    {
        var directory = KernelSpecStore.Install("echo", Spec, _first);
        File.WriteAllText(Path.Combine(directory, "kernel.json"), "{");

        Assert.Contains(directory, Assert.Throws<JupyterProtocolException>(() => Store.Find("echo")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../outside")]
    public void A_name_that_is_no_folder_name_is_refused_before_anything_is_written(string name)
    {
        Assert.Throws<ArgumentException>(() => KernelSpecStore.Install(name, Spec, _first));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_first));
    }
}

using MLflowSharp.Projects;

namespace MLflowSharp.Tests.Projects;

public sealed class ProjectFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_says_what_can_be_run_and_with_what()
    {
        var project = Parse(
            """
            name: mnist
            entry_points:
              main:
                parameters:
                  data: path
                  lr: {type: float, default: 0.10}
                  shuffle: {type: string, default: yes}
                  weights: {type: uri, default: "s3://bucket/w"}
                command: "python train.py --lr {lr} {data} {{x}}"
              check: {command: "python check.py"}
            """);

        Assert.Equal("mnist", project.Name);
        Assert.Equal(["main", "check"], project.EntryPoints.Select(entry => entry.Name));
        var main = project.FindEntryPoint("main");
        Assert.Equal(
            [("data", ProjectParameterType.Path, null), ("lr", ProjectParameterType.Float, "0.1"), ("shuffle", ProjectParameterType.Text, "True"), ("weights", ProjectParameterType.Uri, "s3://bucket/w")],
            main.Parameters.Select(parameter => (parameter.Name, parameter.Type, parameter.Default)));
        Assert.Equal("python train.py --lr 0.1 '/my data' {x} --extra 'it'\"'\"'s'", main.BuildCommand(new Dictionary<string, string> { ["data"] = "/my data", ["extra"] = "it's" }));
    }

    [Theory]
    [InlineData("name: x\nentry_points:\n\tmain:\n\t  command: a", "line 3, column 1: there is a tab in the indent")]
    [InlineData("entry_points:\n  main:\n    parameters:\n      lr: float default: 0.1\n    command: a", "line 4, column 17: there are two entries on one line. Put `default: 0.1`")]
    [InlineData("entry_points:\n  main:\n    paramters: {lr: float}\n    command: a", "line 3, column 5: 'paramters' is not known in entry point 'main'. Did you mean 'parameters'?")]
    [InlineData("entrypoints:\n  main: {command: a}", "line 1, column 1: 'entrypoints' is not known in the file. Did you mean 'entry_points'?")]
    [InlineData("entry_points:\n  main:\n    parameters:\n      lr: {type: flot}\n    command: a", "line 4, column 18: there is no parameter type 'flot'. Did you mean 'float'?")]
    [InlineData("entry_points:\n  main:\n    parameters:\n      lr: {type: float, defualt: 1}\n    command: a", "line 4, column 25: 'defualt' is not known in parameter 'lr'. Did you mean 'default'?")]
    [InlineData("entry_points:\n  main:\n    parameters:\n    command: a", "line 3, column 16: there is nothing in parameters")]
    [InlineData("entry_points:\n  main:\n    parameters: {lr: float}", "entry point 'main' has no command")]
    [InlineData("entry_points:\n  main: {command: a}\n  main: {command: b}", "Duplicate key")]
    [InlineData("python_env: no.yaml", "line 1, column 13: Project specified python_env file")]
    [InlineData("docker_env: {volumes: [a]}", "no image attribute found")]
    [InlineData("docker_env: {image: x, environment: [[A]]}", "a new variable is to be a pair")]
    [InlineData("docker_env: {image: x}\nconda_env: c.yaml", "multiple environment fields")]
    [InlineData("databricks_spark_job: {python_file: a.py}", "runs on Databricks only")]
    [InlineData("- a", "to hold entries of the form `name: value`")]
    [InlineData("", "is empty")]
    public void What_is_wrong_is_told_with_its_place_and_what_to_do(string text, string expected)
    {
        var refusal = Assert.Throws<MlflowException>(() => Parse(text));

        Assert.Equal(ErrorCode.InvalidParameterValue, refusal.ErrorCode);
        Assert.Contains(expected, refusal.Message);
        Assert.Contains(_folder.FullName, refusal.Message);
    }

    [Theory]
    [InlineData("a {lr}", "lr", "No value given for missing parameters: 'lr'. Give -P lr=VALUE")]
    [InlineData("a {lr} {other}", "none", "{other} names no declared parameter (lr)")]
    [InlineData("a {lr", "none", "a '{' is not closed")]
    [InlineData("a } {lr}", "none", "there is a single '}'")]
    [InlineData("a {lr}", "word", "Expected a number for parameter lr but got 'fast'")]
    public void What_cannot_be_built_is_refused(string command, string given, string expected)
    {
        var parameters = given switch { "lr" => [], "word" => new Dictionary<string, string> { ["lr"] = "fast" }, _ => new Dictionary<string, string> { ["lr"] = "1e-3" } };
        var entry = Parse($"entry_points:\n  main:\n    parameters: {{lr: float}}\n    command: \"{command}\"").FindEntryPoint("main");

        Assert.Contains(expected, Assert.Throws<MlflowException>(() => entry.BuildCommand(parameters)).Message);
    }

    [Fact]
    public void The_program_of_a_dotnet_environment_must_be_there()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "train.cs"), "");

        Assert.Equal(ProjectEnvironmentKind.DotNet, Parse("dotnet_env: train.cs").Environment.Kind);
        Assert.Contains("no such file was found", Assert.Throws<MlflowException>(() => Parse("dotnet_env: other.cs")).Message);
    }

    [Fact]
    public void A_folder_without_a_file_runs_its_scripts()
    {
        var project = Project.Load(_folder.FullName);

        Assert.Equal("python 'my train.py' --a 1", project.FindEntryPoint("my train.py").BuildCommand(new Dictionary<string, string> { ["a"] = "1" }));
        Assert.Contains("Could not find main among entry points []", Assert.Throws<MlflowException>(() => project.FindEntryPoint("main")).Message);
    }

    private Project Parse(string text) => Project.Parse(text, Path.Combine(_folder.FullName, "MLproject"));
}

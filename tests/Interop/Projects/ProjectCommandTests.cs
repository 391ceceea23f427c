using System.Text.Json;
using MLflowSharp;
using MLflowSharp.Projects;

namespace Interop.Projects;

/// <summary>MLproject files that MLflow for Python and this client read: the same are taken and refused, and the same commands come of them.</summary>
public sealed class ProjectCommandTests
{
    private const string Lr = "entry_points:\n  main:\n    parameters:\n      lr: {type: float, default: 0.1}\n";

    /// <summary>Text of the file, and parameters as <c>name=value</c>, one a line.</summary>
    private static readonly (string File, string Parameters)[] Cases =
    [
        ($"{Lr}    command: \"python a.py {{lr}}\"\n", ""),
        ($"{Lr}    command: \"python a.py {{lr}}\"\n", "lr=1e-3"),
        ($"{Lr}    command: \"python a.py {{lr}} {{{{x}}}}\"\n", "extra=it's\nother name=a b\nempty="),
        ($"{Lr}    command: 'a {{lr}} {{missing}}'\n", ""),
        ($"{Lr}    command: 'a {{lr'\n", ""),
        ($"{Lr}    command: 'a }} {{lr}}'\n", ""),
        ("entry_points:\n  main:\n    parameters:\n      a: string\n      b: path\n      c: uri\n    command: \"x {a} {b} {c}\"\n", "a=$(rm)\nb=/data/a b\nc=s3://bucket/x"),
        ("entry_points:\n  main:\n    parameters:\n      c: uri\n    command: \"x {c}\"\n", "c=no/uri"),
        ("entry_points:\n  main:\n    parameters:\n      a: string\n    command: \"x {a}\"\n", ""),
        ("entry_points:\n  main:\n    parameters:\n      a: {default: yes}\n      b: {default: 010}\n      c: {default: 1_000}\n      d: {default: 0x1F}\n      e: {default: 1.50}\n      f: {default: 1e5}\n      g: {default: 1.0e+5}\n      h: {default: [1, a]}\n      i: {default: 1:30}\n      j: {default: 2020-01-02}\n      k: {default: .inf}\n    command: \"{a} {b} {c} {d} {e} {f} {g} {h} {i} {j} {k}\"\n", ""),
        ("entry_points:\n  main:\n    parameters:\n      a: {default: ~}\n    command: \"x {a}\"\n", ""),
        ("entry_points:\n  main:\n    parameters: {a: {type: string, default: ''}}\n    command: >\n      x\n      {a}\n", ""),
        ("base: &b {lr: {type: float, default: 2}}\n", ""),
        ("entry_points:\n  main:\n    parameters: &p {lr: {type: float, default: 2}}\n    command: 'a {lr}'\n  other:\n    parameters: *p\n    command: b\n", ""),
        ("name: x\nentry_points:\n\tmain:\n\t  command: a\n", ""),
        ("name: x\nentry_points:\n  main:\n  \tcommand: a\n", ""),
        ("entry_points:\n  main:\n    parameters:\n      lr: float default: 0.1\n    command: a\n", ""),
        ("entry_points:\n  main:\n    parameters:\n    command: a\n", ""),
        ("entry_points:\n  main:\n    parameters: {lr: float}\n", "lr=1"),
        ("entry_points:\n  main:\n", ""),
        ("entry_points:\n", ""),
        ("", ""),
        ("- a\n", ""),
        ("name: [\n", ""),
        ("python_env: missing.yaml\nentry_points:\n  main: {command: a}\n", ""),
        ("conda_env: c.yaml\ndocker_env: {image: x}\nentry_points:\n  main: {command: a}\n", ""),
        ("docker_env: {volumes: [a]}\nentry_points:\n  main: {command: a}\n", ""),
        ("docker_env: {image: x, volumes: a}\nentry_points:\n  main: {command: a}\n", ""),
        ("docker_env: {image: x, environment: [A, [B, c]], volumes: ['/a:/a']}\nentry_points:\n  main: {command: 'a b'}\n", ""),
        ("docker_env: {}\nentry_points:\n  main: {command: 'a b'}\n", ""),
        ("entry_points:\n  main:\n    parameters:\n      a: {type: str, description: of it}\n      n: {type: int, default: 3}\n    command: \"x {a} {n!s}\"\n", "a=é ü"),
    ];

    /// <summary>What MLflow passes over and this client refuses, as docs/projects.md says: (file, parameters).</summary>
    private static readonly (string File, string Parameters)[] Stricter =
    [
        ("entry_points:\n  main:\n    colour: red\n    command: a\n", ""),
        ("entry_points:\n  main:\n    parameters: {lr: {type: flot, default: 1}}\n    command: a {lr}\n", ""),
        ($"{Lr}    command: \"python a.py {{lr}}\"\n", "lr=fast"),
        ("entry_points:\n  main: {command: a}\n  main: {command: b}\n", ""),
    ];

    [Fact]
    public async Task The_same_files_give_the_same_commands()
    {
        using var folder = new TemporaryFolder();
        var all = Cases.Concat(Stricter).ToList();
        for (var i = 0; i < all.Count; i++)
        {
            var path = Directory.CreateDirectory(folder.Combine($"{i:00}")).FullName;
            await File.WriteAllTextAsync(Path.Combine(path, "MLproject"), all[i].File, TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(Path.Combine(path, "parameters.json"), JsonSerializer.Serialize(Parameters(all[i].Parameters)), TestContext.Current.CancellationToken);
        }

        var answers = await PythonEnvironment.Require().RunAsync("project_commands", PythonEnvironment.NewestMlflow, folder.FullName);

        var differences = new List<string>();
        for (var i = 0; i < all.Count; i++)
        {
            var theirs = answers[$"{i:00}"]!["command"]?.GetValue<string>();
            var ours = Ours(folder.Combine($"{i:00}"), Parameters(all[i].Parameters), out var refusal);
            if (i < Cases.Length ? ours != theirs : theirs is null || ours is not null)
                differences.Add($"{all[i].File}\nMLflow: {theirs ?? answers[$"{i:00}"]!.ToJsonString()}\nhere:   {ours ?? refusal}");
        }

        Assert.True(differences.Count == 0, string.Join("\n\n", differences));
    }

    private static Dictionary<string, string> Parameters(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=', 2)).ToDictionary(parts => parts[0], parts => parts[1]);

    private static string? Ours(string folder, Dictionary<string, string> parameters, out string? refusal)
    {
        try
        {
            refusal = null;
            return Project.Load(folder).FindEntryPoint("main").BuildCommand(parameters);
        }
        catch (MlflowException error)
        {
            refusal = error.Message;
            return null;
        }
    }
}

using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace MLflowSharp.Server.Tests.Hosting;

/// <summary>The recipes for containers and Kubernetes, as far as they can be looked at without either.</summary>
public sealed partial class DeploymentTests
{
    private static readonly string[] DockersOwn = ["--rm", "--entrypoint"];
    private static readonly string Checkout = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", ".."));

    [Fact]
    public void The_manifest_is_whole_and_its_parts_find_each_other()
    {
        var parts = Read().ToDictionary(part => Text(part, "kind"));

        Assert.Equal(["Deployment", "PersistentVolumeClaim", "Route", "Secret", "Service"], parts.Keys.Order());
        Assert.Equal(Text(parts["Deployment"], "spec", "template", "metadata", "labels", "app"), Text(parts["Service"], "spec", "selector", "app"));
        Assert.Equal(Text(parts["Service"], "metadata", "name"), Text(parts["Route"], "spec", "to", "name"));
        Assert.Equal(Text(parts["PersistentVolumeClaim"], "metadata", "name"), Text(parts["Deployment"], "spec", "template", "spec", "volumes", "0", "persistentVolumeClaim", "claimName"));
        Assert.Equal("", Text(parts["Secret"], "stringData", "admin-password"));
        var container = Find(parts["Deployment"], "spec", "template", "spec", "containers", "0");
        Assert.Equal(("true", "true", "false"), (Text(container, "securityContext", "runAsNonRoot"), Text(container, "securityContext", "readOnlyRootFilesystem"), Text(container, "securityContext", "allowPrivilegeEscalation")));
    }

    [Fact]
    public void Its_options_and_those_of_the_image_are_the_programs()
    {
        var options = File.ReadAllText(Path.Combine(Checkout, "helpers", "MLflowSharp.Serving", "Tracking", "UiOptions.cs"));
        var used = Option().Matches(File.ReadAllText(ManifestFile("tracking")).Split("args:")[1].Split('\n')[0] + File.ReadAllText(ImageFile).Split("ENTRYPOINT")[1]).Select(match => match.Value).Distinct().ToList();

        Assert.Equal(7, used.Count);
        Assert.All(used, option => Assert.Contains($"\"{option}\"", options, StringComparison.Ordinal));
    }

    [Fact]
    public void The_scoring_servers_manifest_is_whole_and_asks_the_tracking_server()
    {
        var parts = Read("scoring").ToDictionary(part => Text(part, "kind"));

        Assert.Equal(["Deployment", "Route", "Secret", "Service"], parts.Keys.Order());
        Assert.Equal(Text(parts["Deployment"], "spec", "template", "metadata", "labels", "app"), Text(parts["Service"], "spec", "selector", "app"));
        Assert.Equal(Text(parts["Service"], "metadata", "name"), Text(parts["Route"], "spec", "to", "name"));
        Assert.All(((YamlMappingNode)Find(parts["Secret"], "stringData")).Children, secret => Assert.Equal("", ((YamlScalarNode)secret.Value).Value));
        var container = Find(parts["Deployment"], "spec", "template", "spec", "containers", "0");
        Assert.Equal(("true", "true", "false"), (Text(container, "securityContext", "runAsNonRoot"), Text(container, "securityContext", "readOnlyRootFilesystem"), Text(container, "securityContext", "allowPrivilegeEscalation")));
        var arguments = ((YamlSequenceNode)Find(container, "args")).Children.Select(argument => ((YamlScalarNode)argument).Value!).ToList();
        var options = File.ReadAllText(Path.Combine(Checkout, "helpers", "MLflowSharp.Serving", "ServeCommand.cs"));
        Assert.All(arguments.Where(argument => argument.StartsWith('-')), option => Assert.Contains($"\"{option}\"", options, StringComparison.Ordinal));
        // What secrets and variables are for, the programs read.
        var variables = ((YamlSequenceNode)Find(container, "env")).Children.ToDictionary(variable => Text(variable, "name"));
        Assert.Equal("MLFLOW_SCORING_TOKEN", variables.Keys.Single(name => options.Contains($"\"{name}\"", StringComparison.Ordinal)));
        Assert.Equal($"http://{Text(Read().Single(part => Text(part, "kind") == "Service"), "metadata", "name")}:5000", Text(variables["MLFLOW_TRACKING_URI"], "value"));
        Assert.All(variables.Values.Where(variable => ((YamlMappingNode)variable).Children.ContainsKey("valueFrom")),
            variable => Assert.Contains(Text(variable, "valueFrom", "secretKeyRef", "key"), ((YamlMappingNode)Find(parts["Secret"], "stringData")).Children.Keys.Select(key => ((YamlScalarNode)key).Value)));
    }

    [Fact]
    public void The_options_of_the_scoring_servers_image_are_the_programs()
    {
        var options = File.ReadAllText(Path.Combine(Checkout, "helpers", "MLflowSharp.Serving", "ServeCommand.cs"));
        var image = File.ReadAllText(Path.Combine(Checkout, "environment", "container", "Dockerfile"));
        var lines = File.ReadAllText(Path.Combine(Checkout, "environment", "container", "README.md")).Split("# The tracking server")[0].Split('\n');
        var used = lines.SkipWhile(line => !line.Contains("Add options", StringComparison.Ordinal)).SelectMany(line => Option().Matches(line)).Concat(Option().Matches(image.Split("ENTRYPOINT")[1]))
            .Select(match => match.Value).Except(DockersOwn).Distinct().ToList();

        Assert.Equal(["--allowed-host", "--batch-window", "--host"], used.Order(StringComparer.Ordinal));
        Assert.All(used, option => Assert.Contains($"\"{option}\"", options, StringComparison.Ordinal));
        Assert.Contains("new Command(\"serve\"", options, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Dockerfile")]
    [InlineData("tracking.Dockerfile")]
    public void What_an_image_copies_from_the_checkout_is_there_and_is_all_that_the_build_reads(string file)
    {
        var copied = File.ReadLines(Path.Combine(Checkout, "environment", "container", file)).Where(line => line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from", StringComparison.Ordinal))
            .SelectMany(line => line.Split(' ')[1..^1]).ToList();

        Assert.Equal([".editorconfig", "Directory.Build.props", "Directory.Packages.props", "global.json", "helpers/"], copied.Order(StringComparer.Ordinal));
        Assert.All(copied, path => Assert.True(Path.Exists(Path.Combine(Checkout, path)), path));
    }

    [Fact]
    public async Task Its_probes_are_answered_without_a_password_whatever_the_host()
    {
        var container = Find(Read().Single(part => Text(part, "kind") == "Deployment"), "spec", "template", "spec", "containers", "0");
        var paths = new[] { "readinessProbe", "livenessProbe", "startupProbe" }.Select(probe => Text(container, probe, "httpGet", "path")).Distinct().ToList();
        await using var server = await Users.UserServer.StartAsync("READ");
        using var http = new HttpClient();

        foreach (var path in paths)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.TrackingUri + path)) { Headers = { Host = "10-1-2-3.pod.example" } };
            Assert.Equal(200, (int)(await http.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode);
        }
    }

    private static string ManifestFile(string server) => Path.Combine(Checkout, "environment", "rahti", $"{server}.yaml");

    private static string ImageFile => Path.Combine(Checkout, "environment", "container", "tracking.Dockerfile");

    private static IEnumerable<YamlNode> Read(string server = "tracking")
    {
        var stream = new YamlStream();
        using var reader = File.OpenText(ManifestFile(server));
        stream.Load(reader);
        return [.. stream.Documents.Select(document => document.RootNode)];
    }

    private static YamlNode Find(YamlNode node, params string[] path) =>
        path.Aggregate(node, (found, key) => found is YamlSequenceNode list ? list[int.Parse(key, System.Globalization.CultureInfo.InvariantCulture)] : found[key]);

    private static string Text(YamlNode node, params string[] path) => ((YamlScalarNode)Find(node, path)).Value!;

    [GeneratedRegex("--[a-z-]+")]
    private static partial Regex Option();

    private static string ThisFile([CallerFilePath] string path = "") => path;
}

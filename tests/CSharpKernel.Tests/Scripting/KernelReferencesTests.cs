using System.Reflection;
using CSharpKernel.Scripting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CSharpKernel.Tests.Scripting;

public sealed class KernelReferencesTests : IDisposable
{
    private readonly Notebook _notebook = new();

    public void Dispose() => _notebook.Dispose();

    [Fact]
    public void All_is_there_that_the_public_members_speak_of()
    {
        const BindingFlags all = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var kernel = typeof(KernelReferences).Assembly;
        var types = kernel.GetExportedTypes();
        var methods = types.SelectMany(type => type.GetMembers(all)).OfType<MethodBase>().Where(method => method.IsPublic || method.IsFamily).ToList();
        var spoken = types.Select(type => type.BaseType)
            .Concat(types.SelectMany(type => type.GetInterfaces()))
            .Concat(types.SelectMany(type => type.GetFields(all)).Where(field => field.IsPublic).Select(field => field.FieldType))
            .Concat(methods.SelectMany(method => method.GetParameters()).Select(parameter => parameter.ParameterType))
            .Concat(methods.OfType<MethodInfo>().Select(method => method.ReturnType));
        var known = FrameworkReferences.Core.Concat(["System.Private.CoreLib", kernel.GetName().Name, "JupyterProtocol"]);

        Assert.Equal(KernelReferences.Needed.Order(), spoken.SelectMany(Parts).Select(type => type.Assembly.GetName().Name!).Except(known!).Order());
    }

    [Fact]
    public void The_public_types_are_named_as_they_are()
    {
        var compilation = CSharpCompilation.Create("probe", references: _notebook.Engine.Session.References.Current);

        foreach (var (name, reference) in KernelReferences.All.Where(own => !own.Key.StartsWith('-')))
            foreach (var type in Assembly.Load(name).GetExportedTypes())
            {
                var symbol = ((IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(reference)!).GetTypeByMetadataName(type.FullName!);
                Assert.NotNull(symbol);
                Assert.DoesNotContain(symbol.GetMembers(), member => member.DeclaredAccessibility == Accessibility.Public && member.HasUnsupportedMetadata);
            }
    }

    [Fact]
    public void A_small_cell_is_bound_to_few_assemblies()
    {
        var compilation = _notebook.Engine.Session.Compile("1 + 1", "cell", _notebook.Folder, TestContext.Current.CancellationToken).Compilation;

        Assert.InRange(compilation.SourceModule.ReferencedAssemblies.Length, FrameworkReferences.Core.Count, FrameworkReferences.Core.Count + 8);
        Assert.DoesNotContain(compilation.SourceModule.ReferencedAssemblies, assembly => assembly.Name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_kernels_types_stay_the_same_when_a_cell_brings_all_of_dotnet()
    {
        await _notebook.RunWellAsync("var page = HTML(\"<b>x</b>\"); var node = new Microsoft.AspNetCore.Html.HtmlString(\"y\");");
        await _notebook.RunWellAsync("using System.Net.Http; using System.Xml.Linq; using System.Diagnostics; var client = new HttpClient();");
        await _notebook.RunWellAsync("var mail = typeof(System.Net.Mail.MailMessage); var table = new System.Data.DataTable();");
        _notebook.Engine.Session.References.Accept([], isAll: true);

        Assert.Equal("z", (await _notebook.RunWellAsync("page = HTML(\"z\"); node = new Microsoft.AspNetCore.Html.HtmlString(\"w\"); display(page); page.ToString()")).ResultText);
        await _notebook.RunWellAsync("using static Microsoft.DotNet.Interactive.Formatting.PocketViewTags; Microsoft.AspNetCore.Html.IHtmlContent content = page; content = b(\"x\"); display(content);");
    }

    [Fact]
    public async Task A_packages_types_stay_the_same_when_a_cell_brings_all_of_dotnet()
    {
        await _notebook.RunWellAsync("#r \"nuget: Newtonsoft.Json, 13.0.4\"\nusing Newtonsoft.Json.Linq; var json = JObject.Parse(\"{}\");");
        _notebook.Engine.Session.References.Accept([], isAll: true);

        Assert.Equal("1", (await _notebook.RunWellAsync("json = JObject.Parse(\"{'a':1}\"); json[\"a\"]")).ResultText);
    }

    private static IEnumerable<Type> Parts(Type? type) => type switch
    {
        null or { IsGenericParameter: true } => [],
        { HasElementType: true } => Parts(type.GetElementType()),
        _ => type.GetGenericArguments().SelectMany(Parts).Append(type),
    };
}

// Old notebooks have using directives for these namespaces and then need nothing from them: the directives compile.
namespace Microsoft.DotNet.Interactive.Connection
{
    internal static class Namespace;
}

namespace Microsoft.DotNet.Interactive.CSharp
{
    internal static class Namespace;
}

namespace Microsoft.DotNet.Interactive.Documents
{
    internal static class Namespace;
}

namespace Microsoft.DotNet.Interactive.Http
{
    internal static class Namespace;
}

namespace Microsoft.DotNet.Interactive.Utility
{
    internal static class Namespace;
}

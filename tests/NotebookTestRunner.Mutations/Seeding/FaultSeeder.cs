using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace NotebookTestRunner.Mutations.Seeding;

/// <summary>
/// Puts faults into code, each behind a switch, so that one build serves all: conditions are negated, comparisons move by one, <c>&amp;&amp;</c>
/// and <c>||</c>, <c>Any</c> and <c>All</c> and such change places, constants change, statements and arms of switches are left out.
/// </summary>
/// <param name="file">The file's name for reports.</param>
/// <param name="model">The meaning of the code.</param>
/// <param name="nextId">The number of the first fault.</param>
/// <param name="dropped">Places where a fault does not compile: the start in the file and the kind.</param>
/// <param name="only">The places that get a fault; null for all.</param>
internal sealed class FaultSeeder(string file, SemanticModel model, int nextId, IReadOnlySet<(string File, int Start, string Kind)> dropped, IReadOnlySet<FaultPlace>? only) : CSharpSyntaxRewriter
{
    /// <summary>Marks what belongs to a fault: its number.</summary>
    public const string Mark = "fault";

    private static readonly Dictionary<SyntaxKind, SyntaxKind> Swaps = new()
    {
        [SyntaxKind.LessThanExpression] = SyntaxKind.LessThanOrEqualExpression,
        [SyntaxKind.LessThanOrEqualExpression] = SyntaxKind.LessThanExpression,
        [SyntaxKind.GreaterThanExpression] = SyntaxKind.GreaterThanOrEqualExpression,
        [SyntaxKind.GreaterThanOrEqualExpression] = SyntaxKind.GreaterThanExpression,
        [SyntaxKind.LogicalAndExpression] = SyntaxKind.LogicalOrExpression,
        [SyntaxKind.LogicalOrExpression] = SyntaxKind.LogicalAndExpression,
        [SyntaxKind.AddExpression] = SyntaxKind.SubtractExpression,
        [SyntaxKind.SubtractExpression] = SyntaxKind.AddExpression,
        [SyntaxKind.MultiplyExpression] = SyntaxKind.DivideExpression,
        [SyntaxKind.DivideExpression] = SyntaxKind.MultiplyExpression,
    };

    private static readonly Dictionary<string, string> Twins = new()
    {
        ["Any"] = "All", ["All"] = "Any", ["First"] = "Last", ["Last"] = "First", ["FirstOrDefault"] = "LastOrDefault", ["LastOrDefault"] = "FirstOrDefault",
        ["Max"] = "Min", ["Min"] = "Max", ["Take"] = "Skip", ["Skip"] = "Take", ["StartsWith"] = "EndsWith", ["EndsWith"] = "StartsWith",
        ["OrderBy"] = "OrderByDescending", ["Union"] = "Intersect", ["TrimStart"] = "TrimEnd", ["TrimEnd"] = "TrimStart",
    };

    private const int LongestCode = 110;

    private readonly List<Mutant> mutants = [];
    private readonly Dictionary<FaultPlace, int> alike = [];
    private int id = nextId;

    /// <summary>The faults put in so far.</summary>
    public IReadOnlyList<Mutant> Mutants => mutants;

    // What must be constant, and what is not executed.
    public override SyntaxNode? VisitAttributeList(AttributeListSyntax node) => node;

    public override SyntaxNode? VisitParameterList(ParameterListSyntax node) => node;

    public override SyntaxNode? VisitConstantPattern(ConstantPatternSyntax node) => node;

    public override SyntaxNode? VisitRelationalPattern(RelationalPatternSyntax node) => node;

    public override SyntaxNode? VisitCaseSwitchLabel(CaseSwitchLabelSyntax node) => node;

    public override SyntaxNode? VisitInterpolatedStringExpression(InterpolatedStringExpressionSyntax node) => node;

    public override SyntaxNode? VisitThrowExpression(ThrowExpressionSyntax node) => node;

    public override SyntaxNode? VisitThrowStatement(ThrowStatementSyntax node) => node;

    public override SyntaxNode? VisitFieldDeclaration(FieldDeclarationSyntax node) => node.Modifiers.Any(SyntaxKind.ConstKeyword) ? node : base.VisitFieldDeclaration(node);

    public override SyntaxNode? VisitLocalDeclarationStatement(LocalDeclarationStatementSyntax node) => node.IsConst ? node : base.VisitLocalDeclarationStatement(node);

    public override SyntaxNode? VisitBinaryExpression(BinaryExpressionSyntax node)
    {
        var visited = (BinaryExpressionSyntax)base.VisitBinaryExpression(node)!;
        var type = model.GetTypeInfo(node).Type;
        if (node.Kind() is SyntaxKind.EqualsExpression or SyntaxKind.NotEqualsExpression && type?.SpecialType == SpecialType.System_Boolean)
            return Seed(node, "negate", on => Toggle(visited, on)) ?? visited;
        if (node.IsKind(SyntaxKind.CoalesceExpression) && node.Right is not ThrowExpressionSyntax)
            return Duplicate(node, "take the default", on => Choose(on, visited.Right, visited)) ?? visited;
        if (Swaps.TryGetValue(node.Kind(), out var other) && type?.SpecialType is not (null or SpecialType.System_String))
            return Duplicate(node, "other operator", on => Choose(on, Parse(visited, other), visited)) ?? visited;
        return visited;
    }

    public override SyntaxNode? VisitIsPatternExpression(IsPatternExpressionSyntax node)
    {
        var visited = (IsPatternExpressionSyntax)base.VisitIsPatternExpression(node)!;
        return node.Pattern.DescendantNodesAndSelf().Any(part => part is SingleVariableDesignationSyntax)
            ? Seed(node, "never", on => ParenthesizedExpression(BinaryExpression(SyntaxKind.LogicalAndExpression, ParenthesizedExpression(visited), Not(on)))) ?? visited
            : Seed(node, "negate", on => Toggle(visited, on)) ?? visited;
    }

    public override SyntaxNode? VisitPrefixUnaryExpression(PrefixUnaryExpressionSyntax node)
    {
        var visited = (PrefixUnaryExpressionSyntax)base.VisitPrefixUnaryExpression(node)!;
        return node.IsKind(SyntaxKind.LogicalNotExpression) ? Seed(node, "negate", on => Toggle(visited, on)) ?? visited : visited;
    }

    public override SyntaxNode? VisitInvocationExpression(InvocationExpressionSyntax node)
    {
        var visited = (InvocationExpressionSyntax)base.VisitInvocationExpression(node)!;
        if (visited.Expression is MemberAccessExpressionSyntax member && Twins.TryGetValue(member.Name.Identifier.Text, out var twin))
        {
            var other = visited.WithExpression(member.WithName(member.Name.WithIdentifier(Identifier(twin))));
            return Duplicate(node, twin, on => Choose(on, other, visited)) ?? visited;
        }

        var isCondition = node.Parent is IfStatementSyntax or ConditionalExpressionSyntax or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression }
            or ReturnStatementSyntax or ArrowExpressionClauseSyntax or WhenClauseSyntax or SimpleLambdaExpressionSyntax or WhileStatementSyntax;
        return isCondition && model.GetTypeInfo(node).Type?.SpecialType == SpecialType.System_Boolean
            ? Seed(node, "negate", on => Toggle(visited, on)) ?? visited
            : visited;
    }

    public override SyntaxNode? VisitLiteralExpression(LiteralExpressionSyntax node) => node.Kind() switch
    {
        SyntaxKind.TrueLiteralExpression or SyntaxKind.FalseLiteralExpression => Seed(node, "other value", on => Toggle(node, on)) ?? node,
        SyntaxKind.NumericLiteralExpression when node.Token.Value is int => Seed(node, "one more", on => Choose(on, ParseExpression($"({node} + 1)"), node)) ?? node,
        SyntaxKind.NumericLiteralExpression when node.Token.Value is double => Seed(node, "other value", on => Choose(on, ParseExpression($"({node} * 2 + 1)"), node)) ?? node,
        _ => node,
    };

    public override SyntaxNode? VisitExpressionStatement(ExpressionStatementSyntax node)
    {
        // Without it the same call ends with another error a line below; and what tells the collector something only saves work.
        if (node.Expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "ThrowIfNull" or "SuppressFinalize" } }) return node;
        var visited = (ExpressionStatementSyntax)base.VisitExpressionStatement(node)!;
        return Seed(node, "leave out", on => IfStatement(Not(on), Block(visited))) ?? (SyntaxNode)visited;
    }

    public override SyntaxNode? VisitSwitchExpressionArm(SwitchExpressionArmSyntax node)
    {
        var visited = (SwitchExpressionArmSyntax)base.VisitSwitchExpressionArm(node)!;
        if (node.Pattern is DiscardPatternSyntax && node.WhenClause is null) return visited;
        return Seed(node, "leave out arm", on => visited.WithWhenClause(WhenClause(visited.WhenClause is { } when
            ? BinaryExpression(SyntaxKind.LogicalAndExpression, ParenthesizedExpression(when.Condition), Not(on))
            : Not(on)).NormalizeWhitespace().WithLeadingTrivia(Space).WithTrailingTrivia(Space))) ?? visited;
    }

    private static BinaryExpressionSyntax Parse(BinaryExpressionSyntax node, SyntaxKind kind) => BinaryExpression(kind, node.Left.WithTrailingTrivia(Space), node.Right.WithLeadingTrivia(Space));

    private static ParenthesizedExpressionSyntax Toggle(ExpressionSyntax node, ExpressionSyntax on) =>
        ParenthesizedExpression(BinaryExpression(SyntaxKind.ExclusiveOrExpression, ParenthesizedExpression(node), on));

    private static ParenthesizedExpressionSyntax Choose(ExpressionSyntax on, ExpressionSyntax fault, ExpressionSyntax right) =>
        ParenthesizedExpression(ConditionalExpression(on, ParenthesizedExpression(fault), ParenthesizedExpression(right)));

    private static PrefixUnaryExpressionSyntax Not(ExpressionSyntax on) => PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, on);

    // The code stands there twice then, which it cannot where it declares variables.
    private SyntaxNode? Duplicate(SyntaxNode node, string kind, Func<ExpressionSyntax, SyntaxNode> faulty) =>
        node.DescendantNodes().Any(part => part is SingleVariableDesignationSyntax) ? null : Seed(node, kind, faulty);

    private SyntaxNode? Seed(SyntaxNode node, string kind, Func<ExpressionSyntax, SyntaxNode> faulty)
    {
        var code = string.Join(' ', node.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var first = new FaultPlace(file, MemberOf(node), kind, 1, code.Length > LongestCode ? code[..LongestCode] + "…" : code);
        var place = first with { Nth = alike[first] = alike.GetValueOrDefault(first) + 1 };
        if (dropped.Contains((file, node.SpanStart, kind)) || only?.Contains(place) == false) return null;
        var number = id++;
        mutants.Add(new Mutant(number, node.GetLocation().GetLineSpan().StartLinePosition.Line + 1, place));
        var on = ParseExpression($"global::NotebookTestRunner.Mutations.Switch.On({number})");
        return faulty(on).WithTriviaFrom(node).WithAdditionalAnnotations(new SyntaxAnnotation(Mark, $"{node.SpanStart}|{kind}"));
    }

    private static string MemberOf(SyntaxNode node) => node.Ancestors().OfType<MemberDeclarationSyntax>().First() switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        PropertyDeclarationSyntax property => property.Identifier.Text,
        FieldDeclarationSyntax field => field.Declaration.Variables[0].Identifier.Text,
        ConstructorDeclarationSyntax => ".ctor",
        BaseTypeDeclarationSyntax type => type.Identifier.Text,
        var other => other.Kind().ToString(),
    };
}

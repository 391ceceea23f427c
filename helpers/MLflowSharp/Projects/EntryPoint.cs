using System.Globalization;
using MLflowSharp.Projects.Files;
using MLflowSharp.Projects.Running;

namespace MLflowSharp.Projects;

/// <summary>Something that a project can be asked to run: a command with parameters.</summary>
public sealed class EntryPoint
{
    internal EntryPoint(string name, string command, IReadOnlyList<ProjectParameter> parameters, string commandPlace = "") =>
        (Name, Command, Parameters, CommandPlace) = (name, command, parameters, commandPlace);

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The command, in which <c>{name}</c> stands for a parameter, and <c>{{</c> and <c>}}</c> for braces.</summary>
    public string Command { get; }

    /// <summary>The parameters that it declares. Others may be given too; they follow the command as <c>--name value</c>.</summary>
    public IReadOnlyList<ProjectParameter> Parameters { get; }

    internal string CommandPlace { get; }

    /// <summary>Builds the command line that the shell gets, every value quoted, paths as they are given.</summary>
    /// <param name="parameters">Values by name.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when a parameter is missing or is no number or URI where it must be, or when the command names one that is not declared.</exception>
    public string BuildCommand(IReadOnlyDictionary<string, string> parameters) => BuildCommand(Resolve(parameters));

    /// <summary>The values of all parameters: the declared ones in their order, then the others.</summary>
    internal IReadOnlyList<ProjectValue> Resolve(IReadOnlyDictionary<string, string> parameters)
    {
        var missing = Parameters.Where(parameter => parameter.Default is null && !parameters.ContainsKey(parameter.Name)).ToList();
        if (missing.Count > 0)
        {
            throw MlflowException.Invalid(
                $"No value given for missing parameters: {string.Join(", ", missing.Select(parameter => $"'{parameter.Name}'"))}. Give -P {missing[0].Name}=VALUE, "
                + $"or a default in {(missing[0].Place.Length > 0 ? missing[0].Place : "the MLproject file")}.");
        }

        return
        [
            .. Parameters.Select(parameter => Check(new(parameter.Name, parameters.GetValueOrDefault(parameter.Name) ?? parameter.Default!, parameter))),
            .. parameters.Where(given => Parameters.All(parameter => parameter.Name != given.Key)).Select(given => new ProjectValue(given.Key, given.Value, null)),
        ];
    }

    internal string BuildCommand(IReadOnlyList<ProjectValue> values)
    {
        var declared = values.Where(value => value.Declaration is not null).ToDictionary(value => value.Name, value => ShellText.Quote(value.Value));
        var extra = values.Where(value => value.Declaration is null).Select(value => $"--{ShellText.Quote(value.Name)} {ShellText.Quote(value.Value)}");
        return string.Join(' ', [CommandTemplate.Fill(Command, declared, CommandPlace), .. extra]);
    }

    private static ProjectValue Check(ProjectValue value)
    {
        var declared = value.Declaration!;
        var where = declared.Place.Length > 0 ? $" ({declared.Place})" : "";
        return declared.Type switch
        {
            ProjectParameterType.Float when !IsNumber(value.Value) =>
                throw MlflowException.Invalid($"Expected a number for parameter {value.Name} but got '{value.Value}': it is declared as float{where}. Give a number such as 0.01."),
            ProjectParameterType.Uri when !DataUri.HasScheme(value.Value) =>
                throw MlflowException.Invalid($"Expected URI for parameter {value.Name} but got {value.Value}: it is declared as uri{where}. Give one with a scheme, such as file:///data/train.csv."),
            _ => value,
        };
    }

    private static bool IsNumber(string text) =>
        double.TryParse(text.Trim().Replace("_", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out _)
        || text.Trim().TrimStart('+', '-').ToUpperInvariant() is "NAN" or "INF" or "INFINITY";
}

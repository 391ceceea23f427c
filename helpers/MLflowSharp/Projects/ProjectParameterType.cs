namespace MLflowSharp.Projects;

/// <summary>What a parameter of an entry point may be (https://mlflow.org/docs/latest/ml/projects/#specifying-parameters).</summary>
public enum ProjectParameterType
{
    /// <summary>Any text; also what other words than these four count as.</summary>
    Text,

    /// <summary>A number, such as <c>0.01</c> or <c>1e-3</c>.</summary>
    Float,

    /// <summary>A file or folder. The program gets its full path; what lies elsewhere (<c>s3://</c>, <c>runs:/</c>, <c>http://</c>) is downloaded first.</summary>
    Path,

    /// <summary>A URI, which the program gets as it is.</summary>
    Uri,
}

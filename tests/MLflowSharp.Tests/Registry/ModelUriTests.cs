using MLflowSharp.Registry;

namespace MLflowSharp.Tests.Registry;

public sealed class ModelUriTests
{
    [Theory]
    [InlineData("models:/mnist/1", "mnist 1 - -")]
    [InlineData("models:/a b/007", "a b 007 - -")]
    [InlineData("models:/mnist@champion", "mnist - champion -")]
    [InlineData("models:/a@b@c", "a@b - c -")]
    [InlineData("models:/mnist/latest", "mnist - - -")]
    [InlineData("models:/mnist/Latest", "mnist - - -")]
    [InlineData("models:/mnist/Production", "mnist - - Production")]
    [InlineData("models://host:5000/mnist/1", "mnist 1 - -")]
    public void A_registered_model_is_read(string uri, string expected)
    {
        var parsed = ModelUri.Parse(uri);
        Assert.Null(parsed.ModelId);
        Assert.Equal(expected, $"{parsed.Name} {parsed.Version ?? "-"} {parsed.Alias ?? "-"} {parsed.Stage ?? "-"}");
    }

    [Theory]
    [InlineData("models:/m-0123456789abcdef0123456789abcdef", "m-0123456789abcdef0123456789abcdef")]
    [InlineData("models:/mnist", "mnist")]
    [InlineData("models://host/m-1", "m-1")]
    public void One_word_is_a_logged_model(string uri, string modelId) => Assert.Equal(modelId, ModelUri.Parse(uri).ModelId);

    [Theory]
    [InlineData("models:/")]
    [InlineData("models:")]
    [InlineData("models://")]
    [InlineData("models://host")]
    [InlineData("models:mnist/1")]
    [InlineData("models:/mnist/")]
    [InlineData("models:/mnist/ ")]
    [InlineData("models:/mnist/1/x")]
    [InlineData("models:/mnist@")]
    [InlineData("models:/@champion")]
    [InlineData("model:/mnist/1")]
    [InlineData("")]
    public void Anything_else_is_refused(string uri) =>
        Assert.Equal(ErrorCode.InvalidParameterValue, Assert.Throws<MlflowException>(() => ModelUri.Parse(uri)).ErrorCode);

    [Theory]
    [InlineData("runs:/abc/model", "abc", "model")]
    [InlineData("runs:/abc/a/b/", "abc", "a/b")]
    [InlineData("runs:/abc", "abc", "")]
    [InlineData("runs://host/abc/model", "abc", "model")]
    public void A_path_in_a_run_is_read(string uri, string run, string path) => Assert.Equal(new RunsUri(run, path), RunsUri.Parse(uri));

    [Theory]
    [InlineData("runs:/")]
    [InlineData("runs:abc/model")]
    [InlineData("runs:/abc/../other")]
    [InlineData("runs://host")]
    public void A_path_that_is_none_is_refused(string uri) =>
        Assert.Equal(ErrorCode.InvalidParameterValue, Assert.Throws<MlflowException>(() => RunsUri.Parse(uri)).ErrorCode);
}

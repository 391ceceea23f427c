using System.Text.Json.Nodes;
using NotebookTestRunner.Comparison;
using NotebookTestRunner.Outputs;
using NotebookTestRunner.Widgets;

namespace NotebookTestRunner.Tests.Comparison;

public sealed class WidgetComparerTests
{
    [Fact]
    public void Views_are_compared_by_the_state_of_their_models()
    {
        var stored = Stored("""{"a": {"model_name": "IntSlider", "state": {"value": 3, "layout": "IPY_MODEL_b", "_model_module_version": "2.0.0"}}, "b": {"model_name": "Layout", "state": {"width": "10px"}}}""");

        Assert.Null(Difference(stored, Running(("x", """{"_model_name": "IntSlider", "value": 3, "max": 9, "layout": "IPY_MODEL_y", "_model_module_version": "1.5.0"}"""), ("y", """{"_model_name": "Layout", "width": "10px"}"""))));
        Assert.Equal("the widget.value: stored 3, now 4 (+33.3 %)", Difference(stored, Running(("x", """{"_model_name": "IntSlider", "value": 4, "layout": "IPY_MODEL_y"}"""), ("y", """{"_model_name": "Layout", "width": "10px"}"""))));
        Assert.Equal("the widget.layout.width: stored \"10px\", now \"20px\"", Difference(stored, Running(("x", """{"_model_name": "IntSlider", "value": 3, "layout": "IPY_MODEL_y"}"""), ("y", """{"_model_name": "Layout", "width": "20px"}"""))));
        Assert.Equal("the widget.value: stored, but no longer there", Difference(stored, Running(("x", """{"_model_name": "IntSlider"}"""))));
        Assert.Equal("the widget._model_name: stored \"IntSlider\", now \"FloatSlider\"", Difference(stored, Running(("x", """{"_model_name": "FloatSlider", "value": 3, "layout": "IPY_MODEL_y"}"""), ("y", """{"_model_name": "Layout", "width": "10px"}"""))));
    }

    [Fact]
    public void A_later_message_changes_a_model_and_children_are_followed_however_they_are_nested()
    {
        var stored = Stored("""{"a": {"model_name": "Box", "state": {"children": ["IPY_MODEL_b", "IPY_MODEL_a"]}}, "b": {"model_name": "Text", "state": {"value": "hi"}}}""");
        var now = Running(("x", """{"_model_name": "Box", "children": ["IPY_MODEL_y", "IPY_MODEL_x"]}"""), ("y", """{"_model_name": "Text", "value": "ho"}"""));

        Assert.Equal("the widget.children[0].value: stored \"hi\", now \"ho\"", Difference(stored, now));
        now.Take("comm_msg", new JsonObject { ["comm_id"] = "y", ["data"] = JsonNode.Parse("""{"method": "update", "state": {"value": "hi"}}""") });
        Assert.Null(Difference(stored, now));
    }

    [Fact]
    public void Without_a_stored_state_only_presence_counts_which_a_note_says()
    {
        Assert.Contains("the notebook stores no state", Note(Stored("{}"), Running(("x", "{}"))), StringComparison.Ordinal);
        Assert.Contains("the kernel told no state", Note(Stored("""{"a": {"model_name": "Text", "state": {}}}"""), Running()), StringComparison.Ordinal);
        Assert.Contains("the notebook stores no state", Note(null, null), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_view_must_be_equal() =>
        Assert.Contains("is no view of a widget", Compare(null, null, """{"model_id": "a"}""", "{}").Differences.Single().Text, StringComparison.Ordinal);

    [Fact]
    public void Comms_of_others_are_no_widgets()
    {
        var states = new WidgetModels();

        states.Take("comm_open", new JsonObject { ["comm_id"] = "x", ["target_name"] = "other", ["data"] = new JsonObject { ["state"] = new JsonObject() } });
        states.Take("comm_msg", new JsonObject { ["comm_id"] = "z", ["data"] = new JsonObject { ["state"] = new JsonObject() } });

        Assert.Null(states.Find("x"));
        Assert.Null(states.Find("z"));
    }

    private static string? Difference(WidgetModels stored, WidgetModels now) => Compare(stored, now).Differences.SingleOrDefault()?.Text;

    private static string Note(WidgetModels? stored, WidgetModels? now)
    {
        var comparison = Compare(stored, now);
        Assert.True(comparison.Agrees);
        return Assert.Single(comparison.Notes);
    }

    private static OutputComparison Compare(WidgetModels? stored, WidgetModels? now, string storedView = """{"model_id": "a"}""", string nowView = """{"model_id": "x"}""") =>
        new OutputComparer(new() { StoredWidgets = stored, Widgets = now }).Compare([View(storedView)], [View(nowView)]);

    private static DisplayDataOutput View(string json) => new(new Dictionary<string, JsonNode?> { ["application/vnd.jupyter.widget-view+json"] = JsonNode.Parse(json) }, []);

    private static WidgetModels Stored(string models) => WidgetModels.Stored(new JsonObject
    {
        ["widgets"] = new JsonObject { ["application/vnd.jupyter.widget-state+json"] = new JsonObject { ["state"] = JsonNode.Parse(models) } },
    });

    private static WidgetModels Running(params (string Id, string State)[] models)
    {
        var states = new WidgetModels();
        foreach (var (id, state) in models)
            states.Take("comm_open", new JsonObject { ["comm_id"] = id, ["target_name"] = "jupyter.widget", ["data"] = new JsonObject { ["state"] = JsonNode.Parse(state) } });
        return states;
    }
}

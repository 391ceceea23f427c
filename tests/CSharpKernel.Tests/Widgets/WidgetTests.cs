using System.Text.Json.Nodes;
using CSharpKernel.Comms;

namespace CSharpKernel.Tests.Widgets;

public sealed class WidgetTests : IDisposable
{
    private readonly FrontEnd _page = new();

    public void Dispose() => _page.Dispose();

    [Fact]
    public async Task A_widget_is_opened_when_it_is_shown_with_the_state_it_has_by_then()
    {
        var cell = await _page.RunWellAsync("var slider = new IntSlider { Value = 500, Maximum = 1000, Description = \"Layers\" }; display(slider);");

        var open = Assert.Single(cell.Sent);
        Assert.Equal((CommEnvelope.Open, "jupyter.widget", "2.1.0"), (open.Type, open.TargetName, (string?)open.Metadata["version"]));
        var state = _page.State(open.CommId!);
        Assert.Equal(("@jupyter-widgets/controls", "2.0.0", "IntSliderModel", "IntSliderView"), ((string?)state["_model_module"], (string?)state["_model_module_version"], (string?)state["_model_name"], (string?)state["_view_name"]));
        Assert.Equal((500, 0, 1000, "Layers"), ((int)state["value"]!, (int)state["min"]!, (int)state["max"]!, (string?)state["description"]));
        var shown = Assert.Single(cell.Displays).Data!;
        Assert.Equal(open.CommId, (string?)shown["application/vnd.jupyter.widget-view+json"]!["model_id"]);
        Assert.Equal("Layers 500", (string?)shown["text/plain"]);
        Assert.Contains("500", (string?)shown["text/html"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_widget_that_is_never_shown_sends_nothing()
    {
        var cell = await _page.RunWellAsync("for (var i = 0; i < 1000; i++) new IntSlider { Value = i };");
        Assert.Empty(cell.Sent);
        Assert.Empty(_page.Notebook.Engine.Comms.Open);
    }

    [Fact]
    public async Task A_widget_can_be_the_value_of_a_cell()
    {
        var cell = await _page.RunWellAsync("new Button(\"Go\")");
        Assert.Equal("[Go]", cell.ResultText);
        Assert.NotNull(cell.Result["application/vnd.jupyter.widget-view+json"]);
        Assert.Equal("Go", (string?)_page.State(_page.Find("ButtonModel"))["description"]);
    }

    [Fact]
    public async Task What_the_reader_changes_reaches_the_code_and_runs_its_handlers_below_the_cell()
    {
        var cell = await _page.RunWellAsync(
            "var slider = new IntSlider { Maximum = 10 }; var label = new Label(); slider.Changed += value => { label.Value = $\"{value} layers\"; Console.WriteLine($\"now {value}\"); }; display(new VBox(slider, label));");
        var (slider, label) = (_page.Find("IntSliderModel"), _page.Find("LabelModel"));

        await _page.ChangeAsync(slider, "value", 7);

        Assert.Equal("7 layers", (string?)_page.State(label)["value"]);
        Assert.Equal("now 7\n", cell.Stdout);
        Assert.Equal("7", (await _page.RunWellAsync("slider.Value")).ResultText);
    }

    [Fact]
    public async Task A_change_by_the_reader_is_echoed_once_and_not_sent_back()
    {
        await _page.RunWellAsync("var slider = new IntSlider(); slider.Changed += value => slider.Value = value; display(slider);");
        var before = _page.Messages.Count;
        await _page.ChangeAsync(_page.Find("IntSliderModel"), "value", 7);
        var answer = Assert.Single(_page.Messages.Skip(before));
        Assert.Equal("echo_update", (string?)answer.Content["data"]!["method"]);
    }

    public static TheoryData<string, string, string> Refused => new()
    {
        { "new IntSlider { Value = 3 }", "IntSliderModel", "101" },
        { "new IntSlider { Value = 3 }", "IntSliderModel", "-1" },
        { "new IntSlider { Value = 3 }", "IntSliderModel", "2.5" },
        { "new IntSlider { Value = 3 }", "IntSliderModel", "1e400" },
        { "new IntSlider { Value = 3 }", "IntSliderModel", "99999999999" },
        { "new IntSlider { Value = 3 }", "IntSliderModel", "\"7\"" },
        { "new IntSlider { Value = 3 }", "IntSliderModel", "null" },
        { "new IntSlider { Value = 3 }", "IntSliderModel", "[1]" },
        { "new IntSlider { Value = 3 }", "IntSliderModel", "{\"a\":1}" },
        { "new IntSlider { Value = 3 }", "IntSliderModel", "true" },
        { "new FloatSlider { Value = 3 }", "FloatSliderModel", "100.5" },
        { "new IntRangeSlider { Value = (1, 3) }", "IntRangeSliderModel", "[3, 1]" },
        { "new IntRangeSlider { Value = (1, 3) }", "IntRangeSliderModel", "[3]" },
        { "new IntRangeSlider { Value = (1, 3) }", "IntRangeSliderModel", "[1, 1000]" },
        { "new Checkbox { Value = true }", "CheckboxModel", "\"true\"" },
        { "new Checkbox { Value = true }", "CheckboxModel", "1" },
        { "new Text { Value = \"a\" }", "TextModel", "5" },
        { "new Text { Value = \"a\" }", "TextModel", "null" },
        { "new DatePicker { Value = new DateOnly(2026, 3, 1) }", "DatePickerModel", "{\"year\":2026,\"month\":1,\"date\":31}" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_value_that_cannot_be_is_refused_and_the_true_one_sent_again(string code, string model, string json)
    {
        await _page.RunWellAsync($"var widget = {code}; widget.Changed += _ => throw new Exception(\"told\"); display(widget);");
        var id = _page.Find(model);
        var (before, count) = (_page.State(id)["value"]!.ToJsonString(), _page.Messages.Count);

        await _page.ChangeAsync(id, "value", JsonNode.Parse(json));
        _page.Notebook.Engine.Updates.Flush();

        Assert.Equal(before, _page.State(id)["value"]!.ToJsonString());
        var answer = Assert.Single(_page.Messages.Skip(count));
        Assert.Equal(("update", before), ((string?)answer.Content["data"]!["method"], answer.Content["data"]!["state"]!["value"]!.ToJsonString()));
    }

    [Fact]
    public async Task Messages_without_sense_are_ignored()
    {
        await _page.RunWellAsync("var slider = new IntSlider { Value = 3 }; display(slider);");
        var id = _page.Find("IntSliderModel");
        var before = _page.Messages.Count;
        foreach (var data in (string[])["null", "5", "[]", "{}", "{\"method\":5}", "{\"method\":\"update\"}", "{\"method\":\"update\",\"state\":5}", "{\"method\":\"custom\"}", "{\"method\":\"fly\"}",
            "{\"method\":\"update\",\"state\":{\"nothing\":1}}", "{\"method\":\"update\",\"state\":{},\"buffer_paths\":[[\"a\",0],5,[]]}"])
            await _page.SendAsync(CommEnvelope.Message, id, JsonNode.Parse(data), [1]);
        await _page.SendAsync(CommEnvelope.Message, "nobody", new JsonObject());
        await _page.SendAsync(new CommEnvelope(CommEnvelope.Message, [], [], []));
        await _page.SendAsync(new CommEnvelope(CommEnvelope.Open, new JsonObject { ["comm_id"] = 5 }, [], []));
        Assert.Equal(before, _page.Messages.Count);
        Assert.Equal("3", (await _page.RunWellAsync("slider.Value")).ResultText);
    }

    [Fact]
    public async Task A_hundred_thousand_changes_are_sent_as_a_few()
    {
        var cell = await _page.RunWellAsync("var bar = new IntProgress { Maximum = 100_000 }; display(bar); for (var i = 1; i <= 100_000; i++) bar.Value = i;");
        Assert.InRange(cell.Sent.Count, 2, 500);
        Assert.Equal(100_000, (int)_page.State(_page.Find("IntProgressModel"))["value"]!);
    }

    [Fact]
    public async Task What_is_stored_of_a_widget_is_what_it_showed_when_the_cell_ended()
    {
        var cell = await _page.RunWellAsync("var bar = new IntProgress { Description = \"Steps\" }; display(bar); bar.Value = 40;");
        Assert.Equal(["display", "update"], cell.Displays.Select(each => each.Kind));
        Assert.Equal("Steps 40 of 100", (string?)cell.Displays[1].Data!["text/plain"]);
        Assert.Equal(cell.Displays[0].Name, cell.Displays[1].Name);

        var failed = await _page.RunAsync("display(bar); bar.Value = 41; throw new Exception(\"boom\");");
        Assert.Equal("Steps 41 of 100", (string?)failed.Displays[^1].Data!["text/plain"]);

        var unchanged = await _page.RunWellAsync("display(bar);");
        Assert.Single(unchanged.Displays);
    }

    [Fact]
    public async Task What_takes_the_place_of_a_widget_stays()
    {
        var cell = await _page.RunWellAsync("var bar = new IntProgress(); var shown = display(bar); bar.Value = 40; shown.Update(\"done\");");
        Assert.Equal("done", (string?)cell.Displays[^1].Data!["text/plain"]);
    }

    [Fact]
    public async Task Widgets_that_are_closed_leave_nothing_behind()
    {
        await _page.RunWellAsync("""
            var kept = new List<WeakReference>();
            void Many()
            {
                for (var i = 0; i < 1_000; i++)
                {
                    var bar = new IntProgress { Style = { BarColor = "red" }, Layout = { Width = "50%" } };
                    bar.Changed += _ => { };
                    kept.Add(new WeakReference(bar));
                    display(bar);
                    bar.Value = 5;
                    bar.Close();
                }
            }
            Many();
            """);
        Assert.Equal(0, _page.Count);
        Assert.Empty(_page.Notebook.Engine.Comms.Open);
        var alive = await _page.RunWellAsync("GC.Collect(); GC.WaitForPendingFinalizers(); GC.Collect(); kept.Count(each => each.IsAlive)");
        Assert.InRange(int.Parse(alive.ResultText, System.Globalization.CultureInfo.InvariantCulture), 0, 10);
    }

    [Fact]
    public async Task A_closed_widget_keeps_its_value_and_sends_nothing()
    {
        var cell = await _page.RunWellAsync("var slider = new IntSlider { Value = 3 }; display(slider); slider.Close(); slider.Close(); slider.Value = 4; display(slider);");
        Assert.Equal([CommEnvelope.Open, CommEnvelope.Close], cell.Sent.Select(each => each.Type));
        Assert.Equal("4", (string?)cell.Displays[^1].Data!["text/plain"]);
        Assert.DoesNotContain("application/vnd.jupyter.widget-view+json", cell.Displays[^1].Data!.Select(each => each.Key));
    }

    [Fact]
    public async Task The_page_can_close_a_widget()
    {
        await _page.RunWellAsync("var slider = new IntSlider(); display(slider);");
        await _page.SendAsync(CommEnvelope.Close, _page.Find("IntSliderModel"), null);
        Assert.Equal("True", (await _page.RunWellAsync("slider.IsClosed")).ResultText);
    }

    [Fact]
    public async Task What_a_handler_throws_is_shown_and_harms_nothing()
    {
        var cell = await _page.RunWellAsync("var button = new Button(); button.Clicked += () => throw new InvalidOperationException(\"boom\"); var later = new Button(\"later\"); later.Clicked += async () => { await Task.Yield(); throw new InvalidOperationException(\"bang\"); }; display(button);");
        await _page.EventAsync(_page.Find("ButtonModel"), "click");
        Assert.Contains("boom", cell.Stderr, StringComparison.Ordinal);
        Assert.Contains("cell 1, line 2", cell.Stderr, StringComparison.Ordinal);

        await _page.RunWellAsync("button.Close(); display(later);");
        await _page.EventAsync(_page.Find("ButtonModel"), "click");
        await _page.Notebook.Engine.Comms.Open.Single(comm => comm.Owner is not null).Queue.RunAsync(() => { });
        Assert.Equal("2", (await _page.RunWellAsync("1 + 1")).ResultText);
    }

    [Fact]
    public async Task Asynchronous_handlers_of_a_button_run_one_after_the_other_and_leave_others_free()
    {
        var cell = await _page.RunWellAsync("""
            var gate = new TaskCompletionSource();
            var (start, free) = (new Button("start"), new ToggleButton());
            var presses = 0;
            start.Clicked += async () => { var press = ++presses; Console.WriteLine($"start {press}"); await gate.Task; Console.WriteLine($"end {press}"); };
            free.Changed += _ => { Console.WriteLine("free"); gate.SetResult(); };
            display(new HBox(start, free));
            """);
        var start = _page.Find("ButtonModel");
        await _page.EventAsync(start, "click");
        await _page.EventAsync(start, "click");
        await _page.ChangeAsync(_page.Find("ToggleButtonModel"), "value", true);
        var comm = _page.Notebook.Engine.Comms.Open.Single(comm => comm.Id == start);
        var done = new TaskCompletionSource();
        await comm.Queue.RunAsync(done.SetResult);
        await done.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        // The first press ended at all because the other widget was free meanwhile. What each handler prints travels by itself.
        Assert.Equal("start 1\nend 1\nstart 2\nend 2\n", cell.Stdout.Replace("free\n", "", StringComparison.Ordinal));
        Assert.Contains("free\n", cell.Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupt_ends_a_handler()
    {
        var cell = await _page.RunWellAsync("var running = new TaskCompletionSource(); var button = new Button(); button.Clicked += () => { running.SetResult(); while (true) { } }; display(button);");
        var click = _page.EventAsync(_page.Find("ButtonModel"), "click");
        await _page.RunWellAsync("await running.Task;");
        _page.Notebook.Engine.Interrupts.Interrupt();
        await click.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Contains("interrupted", cell.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handler_can_run_while_a_cell_runs()
    {
        await _page.RunWellAsync("var slider = new IntSlider(); var seen = new TaskCompletionSource<int>(); slider.Changed += value => seen.TrySetResult(value); display(slider);");
        var cell = _page.RunWellAsync("await seen.Task");
        await _page.ChangeAsync(_page.Find("IntSliderModel"), "value", 5);
        Assert.Equal("5", (await cell).ResultText);
    }

    [Fact]
    public async Task A_cell_can_wait_for_the_next_value()
    {
        await _page.RunWellAsync("var slider = new IntSlider(); display(slider);");
        var waits = new TaskCompletionSource();
        _page.Shown += waits.SetResult;
        var cell = _page.RunWellAsync("var next = slider.NextValueAsync(); display(\"waits\"); await next");
        await waits.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        await _page.ChangeAsync(_page.Find("IntSliderModel"), "value", 42);
        Assert.Equal("42", (await cell).ResultText);
    }

    [Fact]
    public async Task Waiting_ends_at_an_interrupt_and_when_the_widget_is_closed()
    {
        await _page.RunWellAsync("var slider = new IntSlider(); display(slider);");
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var cell = _page.RunAsync("await slider.NextValueAsync()", interrupt: interrupt.Token);
        await interrupt.CancelAsync();
        Assert.Equal("OperationCanceledException", (await cell).Error.Name);

        var closed = await _page.RunAsync("var next = slider.NextValueAsync(); slider.Close(); await next");
        Assert.Equal("ObjectDisposedException", closed.Error.Name);
    }

    [Theory]
    [InlineData("new IntSlider().NextValueAsync()")]
    [InlineData("new Button().NextClickAsync()")]
    [InlineData("new Dropdown<string>(\"a\").NextValueAsync()")]
    [InlineData("new SelectMultiple<string>(\"a\").NextValueAsync()")]
    public async Task Without_a_reader_waiting_fails_at_once(string wait)
    {
        var cell = await _page.RunAsync($"using CSharpKernel.Widgets; await {wait};", hasReader: false);
        Assert.Equal("InvalidOperationException", cell.Error.Name);
        Assert.Contains("without a reader", cell.Error.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Limits_apply_whatever_the_order_of_assignments()
    {
        var cell = await _page.RunWellAsync("""
            var slider = new IntSlider { Value = 150, Minimum = 120, Maximum = 200 };
            var told = new List<int>();
            slider.Changed += told.Add;
            slider.Maximum = 130; slider.Minimum = 140; slider.Maximum = 300; slider.Value = 1000;
            var range = new FloatRangeSlider { Value = (10, 90), Maximum = 50 };
            display(string.Join(" ", told)); (slider.Value, range.Value)
            """);
        Assert.Equal("130 140 150 300", (string?)cell.Displays[0].Data!["text/plain"]);
        Assert.Equal("(300, (10, 50))", cell.ResultText);
    }

    [Theory]
    [InlineData("new FloatSlider { Value = double.NaN }")]
    [InlineData("new FloatText { Value = double.PositiveInfinity }")]
    [InlineData("new IntSlider { Step = 0 }")]
    [InlineData("new IntRangeSlider { Value = (5, 3) }")]
    [InlineData("new Text { Value = null! }")]
    [InlineData("new Dropdown<string>(\"a\") { Value = \"b\" }")]
    [InlineData("new VBox().Children = [null!]")]
    public async Task A_value_that_can_never_be_right_is_an_error(string code)
    {
        var cell = await _page.RunAsync($"using CSharpKernel.Widgets; var x = {code};");
        Assert.Contains("Argument", cell.Error.Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_box_cannot_stand_within_itself()
    {
        var cell = await _page.RunAsync("using CSharpKernel.Widgets; var box = new VBox(); box.Children = [new HBox(box)];");
        Assert.Contains("within itself", cell.Error.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Children_and_styles_that_come_later_are_known_before_they_are_named()
    {
        await _page.RunWellAsync("var box = new VBox(); display(box);");
        await _page.RunWellAsync("box.Children = [new IntProgress { Value = 3, Style = { BarColor = \"teal\" }, Layout = { Width = \"80%\", Border = \"1px solid\" } }]; box.Layout.Padding = \"1em\";");
        Assert.Equal("teal", (string?)_page.State(_page.Find("ProgressStyleModel"))["bar_color"]);
        Assert.Equal(5, _page.Count);
        await _page.RunWellAsync("box.Children[0].Layout.Width = \"10%\";");
        Assert.Contains(_page.Messages, message => (string?)message.Content["data"]!["state"]?["width"] == "10%");
    }

    [Fact]
    public async Task A_closed_child_no_longer_stands_in_its_box()
    {
        var cell = await _page.RunWellAsync("var gone = new Label(\"gone\"); var box = new VBox(gone, new Label(\"kept\")); gone.Close(); display(box);");
        Assert.Single(_page.State(_page.Find("VBoxModel"))["children"]!.AsArray());
        Assert.Equal("kept", (string?)cell.Displays[0].Data!["text/plain"]);
    }

    [Fact]
    public async Task What_a_handler_shows_is_stored_as_it_was_when_the_handler_ended()
    {
        var cell = await _page.RunWellAsync("var button = new Button(); button.Clicked += async () => { var bar = new IntProgress(); display(bar); await Task.Yield(); bar.Value = 30; }; display(button);");
        var button = _page.Find("ButtonModel");
        await _page.EventAsync(button, "click");
        var ended = new TaskCompletionSource();
        await _page.Notebook.Engine.Comms.Open.Single(comm => comm.Id == button).Queue.RunAsync(ended.SetResult);
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Equal("30 of 100", (string?)cell.Displays[^1].Data!["text/plain"]);
    }

    [Fact]
    public async Task A_page_that_is_opened_anew_gets_all_states()
    {
        await _page.RunWellAsync("display(new VBox(new Label(\"hei\"), new Image(new byte[] { 1, 2, 3 })));");
        await _page.OpenAsync("control", "jupyter.widget.control");
        await _page.SendAsync(CommEnvelope.Message, "control", new JsonObject { ["method"] = "request_states" });

        var answer = _page.Messages[^1];
        var data = answer.Content["data"]!;
        Assert.Equal(("control", "update_states"), (answer.CommId, (string?)data["method"]));
        var states = data["states"]!.AsObject();
        Assert.Equal(["ImageModel", "LabelModel", "VBoxModel"], states.Select(state => (string?)state.Value!["model_name"]).Order());
        Assert.Equal("hei", (string?)states.Single(state => (string?)state.Value!["model_name"] == "LabelModel").Value!["state"]!["value"]);
        var path = Assert.Single(data["buffer_paths"]!.AsArray())!;
        Assert.Equal([_page.Find("ImageModel"), "value"], path.AsArray().Select(step => (string?)step));
        Assert.Equal([1, 2, 3], Assert.Single(answer.Buffers));

        await _page.SendAsync(CommEnvelope.Message, _page.Find("LabelModel"), new JsonObject { ["method"] = "request_state" });
        Assert.Equal("LabelModel", (string?)_page.Messages[^1].Content["data"]!["state"]!["_model_name"]);
    }

    [Fact]
    public async Task Pictures_travel_as_bytes()
    {
        var cell = await _page.RunWellAsync("var image = new Image(new byte[] { 1, 2 }, \"jpeg\"); display(image); image.Value = new byte[] { 3 };");
        Assert.Equal([[1, 2], [3]], cell.Sent.Select(message => Assert.Single(message.Buffers)));
        Assert.Equal("[[\"value\"]]", cell.Sent[1].Content["data"]!["buffer_paths"]!.ToJsonString());
        Assert.Contains("data:image/jpeg;base64,Aw==", (string?)cell.Displays[^1].Data!["text/html"]!, StringComparison.Ordinal);
    }
}

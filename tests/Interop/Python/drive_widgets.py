"""drive_widgets.py: plays a front end with widgets for the kernel .net-csharp, with Jupyter's own client, and prints what the kernel did."""

import copy
import queue
import time

import contents
from jupyter_client.manager import KernelManager

LIMIT = 60


class FrontEnd:
    """Keeps the models of widgets as JavaScript does, and what is shown below each cell."""

    def __init__(self, client):
        self.client = client
        self.models = {}
        self.cells = {}
        self.closed = []
        self.echoes = []
        self.raw = []

    def take(self, message):
        kind, content = message["msg_type"], message["content"]
        parent = message["parent_header"].get("msg_id")
        if kind == "comm_open":
            self.models[content["comm_id"]] = dict(content["data"].get("state", {}))
            self.note_buffers(message)
        elif kind == "comm_msg" and "state" in content["data"]:
            if content["data"]["method"] == "echo_update":
                self.echoes.append(content["data"]["state"])
            self.models[content["comm_id"]].update(content["data"]["state"])
            self.note_buffers(message)
        elif kind == "comm_msg":
            self.raw.append({"data": content["data"], "buffers": [list(bytes(b)) for b in message["buffers"]]})
        elif kind == "comm_close":
            self.models.pop(content["comm_id"], None)
            self.closed.append(content["comm_id"])
        elif kind == "stream":
            cell = self.cells.setdefault(parent, {})
            cell[content["name"]] = cell.get(content["name"], "") + content["text"]
        elif kind in ("display_data", "update_display_data", "execute_result"):
            self.cells.setdefault(parent, {}).setdefault(kind, []).append(content["data"])
        elif kind == "error":
            self.cells.setdefault(parent, {})["error"] = content["evalue"]

    def note_buffers(self, message):
        state = self.models[message["content"]["comm_id"]]
        for path, data in zip(message["content"]["data"].get("buffer_paths", []), message["buffers"]):
            state[path[-1]] = list(bytes(data))

    def until(self, done):
        """Reads what the kernel sends until something is true."""
        end = time.monotonic() + LIMIT
        while not done():
            if time.monotonic() > end:
                raise TimeoutError(f"{self.models} {self.cells}")
            try:
                self.take(self.client.get_iopub_msg(timeout=1))
            except queue.Empty:
                pass

    def until_idle(self, request):
        idle = []

        def ended():
            return bool(idle)

        take = self.take

        def watch(message):
            take(message)
            if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle" and message["parent_header"].get("msg_id") == request:
                idle.append(True)

        self.take = watch
        try:
            self.until(ended)
        finally:
            self.take = take

    def send(self, kind, content, subshell=None, buffers=None):
        message = self.client.session.msg(kind, content)
        if subshell:
            message["header"]["subshell_id"] = subshell
        self.client.session.send(self.client.shell_channel.socket, message, buffers=buffers)
        return message["header"]["msg_id"]

    def change(self, model, subshell=None, **state):
        return self.send("comm_msg", {"comm_id": model, "data": {"method": "update", "state": state, "buffer_paths": []}}, subshell)

    def custom(self, model, event, subshell=None):
        return self.send("comm_msg", {"comm_id": model, "data": {"method": "custom", "content": {"event": event}}}, subshell)

    def start(self, code, allow_stdin=True):
        return self.client.execute("using CSharpKernel.Widgets; using CSharpKernel.Comms;\n" + code, allow_stdin=allow_stdin)

    def run(self, code, allow_stdin=True):
        request = self.start(code, allow_stdin)
        self.until_idle(request)
        return request

    def find(self, name):
        (found,) = [model for model, state in self.models.items() if state.get("_model_name") == name]
        return found


def subshell(client):
    message = client.session.msg("create_subshell_request", {})
    client.control_channel.send(message)
    while True:
        reply = client.get_control_msg(timeout=LIMIT)
        if reply["parent_header"]["msg_id"] == message["header"]["msg_id"]:
            return reply["content"]["subshell_id"]


manager = KernelManager(kernel_name=".net-csharp")
manager.start_kernel()
client = manager.client()
client.start_channels()
client.wait_for_ready(timeout=LIMIT)
page = FrontEnd(client)
told = {}
try:
    cell = page.run(
        'var slider = new IntSlider { Maximum = 10, Value = 3, Description = "Layers" }; var label = new Label();\n'
        'slider.Changed += value => { label.Value = $"{value} layers"; Console.WriteLine($"now {value}"); };\n'
        'var button = new Button("Fail"); button.Clicked += () => throw new InvalidOperationException("boom");\n'
        "display(new VBox(slider, label, button, new Image(new byte[] { 7, 8 })));"
    )
    slider, label = page.find("IntSliderModel"), page.find("LabelModel")
    told["opened"] = dict(page.models[slider])
    told["image"] = page.models[page.find("ImageModel")]["value"]
    told["children"] = len(page.models[page.find("VBoxModel")]["children"])

    page.until_idle(page.change(slider, value=7))
    told["label"] = page.models[label]["value"]
    page.until_idle(page.change(slider, value=70))
    page.until(lambda: page.models[slider]["value"] == 7)
    page.until_idle(page.custom(page.find("ButtonModel"), "click"))
    told["below"] = copy.deepcopy(page.cells[cell])
    told["echoes"] = list(page.echoes)

    told["comm_info"] = client.comm_info(target_name="jupyter.widget", reply=True, timeout=LIMIT)["content"]
    page.until_idle(page.send("comm_open", {"comm_id": "control", "target_name": "jupyter.widget.control", "data": {}}))
    page.until_idle(page.send("comm_msg", {"comm_id": "control", "data": {"method": "request_states"}}))
    (states,) = [raw for raw in page.raw if raw["data"].get("method") == "update_states"]
    told["states"] = sorted(state["model_name"] for state in states["data"]["states"].values())
    told["state_buffers"] = states["buffers"]
    page.until_idle(page.send("comm_open", {"comm_id": "unknown", "target_name": "nobody", "data": {}}))
    told["unknown_closed"] = "unknown" in page.closed

    # While a cell runs, a message on a subshell is handled at once, one on the main shell after the cell.
    beside = subshell(client)
    waiting = page.start("var next = slider.NextValueAsync(); display(\"waits\"); await next")
    page.until(lambda: "display_data" in page.cells.get(waiting, {}))
    page.change(slider, value=5, subshell=beside)
    page.until_idle(waiting)
    told["awaited"] = page.cells[waiting]["execute_result"][0]["text/plain"]
    page.until_idle(page.change(slider, value=6))
    waiting = page.start("var later = slider.NextValueAsync(); display(\"waits\"); await later")
    page.until(lambda: "display_data" in page.cells.get(waiting, {}))
    page.change(slider, value=8)
    page.until_idle(waiting)
    told["awaited_without_subshell"] = page.cells[waiting]["execute_result"][0]["text/plain"]
    busy = page.start("display(\"busy\"); while (slider.Value != 9) { } slider.Value")
    page.until(lambda: "display_data" in page.cells.get(busy, {}))
    page.change(slider, value=9, subshell=beside)
    page.until_idle(busy)
    told["busy"] = page.cells[busy]["execute_result"][0]["text/plain"]

    interrupted = page.start("display(\"waits\"); await slider.NextValueAsync()")
    page.until(lambda: "display_data" in page.cells.get(interrupted, {}))
    manager.interrupt_kernel()
    page.until_idle(interrupted)
    told["interrupted"] = page.cells[interrupted]["error"]
    headless = page.run("await slider.NextValueAsync()", allow_stdin=False)
    told["headless"] = page.cells[headless]["error"]

    flood = page.run("var bar = new IntProgress { Maximum = 100_000 }; display(bar); for (var i = 1; i <= 100_000; i++) bar.Value = i;")
    told["flood"] = page.models[page.find("IntProgressModel")]["value"]
    told["flood_stored"] = page.cells[flood]["update_display_data"][0]["text/plain"]

    page.run(
        'Comm.Register("sum", (comm, opening) => comm.Received += m => comm.Send(new { Sum = m.Read<int[]>()!.Sum(), Bytes = m.Buffers.Sum(b => b.Length) }, null, [1, 2, 3]));'
    )
    page.until_idle(page.send("comm_open", {"comm_id": "adder", "target_name": "sum", "data": {}}))
    page.until_idle(page.send("comm_msg", {"comm_id": "adder", "data": [1, 2, 3]}, buffers=[b"ab", b"c"]))
    told["sum"] = page.raw[-1]

    page.run("slider.Close();")
    told["closed"] = slider in page.closed
    told["alive"] = manager.is_alive()
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)

contents.show(told)

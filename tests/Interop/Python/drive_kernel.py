"""drive_kernel.py: lets Jupyter's own client hold a conversation with the kernel .net-csharp, and prints what the kernel answered."""

import threading
import time

import contents
from jupyter_client.manager import KernelManager

LIMIT = 60


def execute(client, code, answers=()):
    """Executes a cell, answers what it asks for, and collects all it sent."""
    cell = {"stdout": "", "stderr": "", "results": [], "displays": [], "errors": [], "order": []}
    answers = list(answers)

    def output(message):
        kind, content = message["msg_type"], message["content"]
        cell["order"].append(kind)
        if kind == "stream":
            cell[content["name"]] += content["text"]
        elif kind == "execute_result":
            cell["results"].append(content["data"])
        elif kind == "display_data":
            cell["displays"].append(content["data"])
        elif kind == "error":
            cell["errors"].append({"ename": content["ename"], "evalue": content["evalue"], "traceback": "\n".join(content["traceback"])})

    def asked(message):
        cell["prompt"] = message["content"]["prompt"]
        client.input(answers.pop(0))

    reply = client.execute_interactive(code, allow_stdin=bool(answers), stdin_hook=asked, output_hook=output, timeout=LIMIT)
    cell["status"] = reply["content"]["status"]
    cell["count"] = reply["content"]["execution_count"]
    return cell


def answer(client, request):
    """The reply to a request, for the functions of the client that do not wait for it themselves."""
    while True:
        message = client.get_shell_msg(timeout=LIMIT)
        if message["parent_header"]["msg_id"] == request:
            return message["content"]


def connect(manager):
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=LIMIT)
    return client


def interrupted(manager, client, code):
    """Executes a cell, interrupts it after a moment, and says how long it took to end."""
    asked_at = []

    def interrupt():
        time.sleep(1.5)
        asked_at.append(time.monotonic())
        manager.interrupt_kernel()

    thread = threading.Thread(target=interrupt)
    thread.start()
    cell = execute(client, code)
    thread.join()
    cell["seconds"] = time.monotonic() - asked_at[0]
    return cell


manager = KernelManager(kernel_name=".net-csharp")
manager.start_kernel()
client = connect(manager)
try:
    told = {
        "kernel_info": client.kernel_info(reply=True, timeout=LIMIT)["content"],
        "stream": execute(client, 'Console.WriteLine("out"); Console.Error.WriteLine("err");'),
        "define": execute(client, "var x = 20; record Point(int X, int Y);"),
        "result": execute(client, "new Point(x + 1, 2)"),
        "display": execute(client, 'display("shown"); 3'),
        "error": execute(client, 'throw new InvalidOperationException("boom");'),
        "compile_error": execute(client, "var y = z;"),
        "await": execute(client, "await Task.Delay(10); x"),
        "input": execute(client, 'var name = Console.ReadLine(); $"Hello, {name}"', ["Maija"]),
        "busy_loop": interrupted(manager, client, "x = 21; while (true) { }"),
        "sleep": interrupted(manager, client, "System.Threading.Thread.Sleep(100000);"),
        "after_interrupt": execute(client, "x"),
        "complete": client.complete("Console.Wri", reply=True, timeout=LIMIT)["content"],
        "complete_state": client.complete("x.ToS", reply=True, timeout=LIMIT)["content"],
        "inspect": client.inspect("Console.WriteLine", cursor_pos=12, reply=True, timeout=LIMIT)["content"],
        "is_complete": {
            code: answer(client, client.is_complete(code))["status"] for code in ("1 + 2", "var a = 1;", "for (;;) {", "foo(", "))")
        },
        "history": client.history(hist_access_type="tail", n=2, raw=True, output=False, reply=True, timeout=LIMIT)["content"],
        "comm_info": client.comm_info(reply=True, timeout=LIMIT)["content"],
        "silent": client.execute("x = 22;", silent=True, reply=True, timeout=LIMIT)["content"],
        "user_expressions": client.execute("", user_expressions={"twice": "x * 2"}, reply=True, timeout=LIMIT)["content"],
    }
    client.stop_channels()
    manager.restart_kernel()
    client = connect(manager)
    told["after_restart"] = execute(client, "x")
    told["alive_before"] = manager.is_alive()
    process = manager.provisioner.process
    client.shutdown()
    try:
        told["exit_code"] = process.wait(timeout=LIMIT)
    finally:
        client.stop_channels()
finally:
    manager.shutdown_kernel(now=True)

contents.show(told)

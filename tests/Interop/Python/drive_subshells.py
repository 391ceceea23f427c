"""drive_subshells.py: lets Jupyter's own client work in subshells of the kernel .net-csharp while its main shell is busy, and prints what came of it."""

import time

import contents
from jupyter_client.manager import KernelManager

LIMIT = 60

manager = KernelManager(kernel_name=".net-csharp")
manager.start_kernel()
client = manager.client()
client.start_channels()
client.wait_for_ready(timeout=LIMIT)
replies = {}


def control(kind, **content):
    message = client.session.msg(kind, content)
    client.control_channel.send(message)
    return client.get_control_msg(timeout=LIMIT)["content"]


def send(kind, subshell=None, **content):
    message = client.session.msg(kind, content)
    if subshell:
        message["header"]["subshell_id"] = subshell
    client.shell_channel.send(message)
    return message["header"]["msg_id"]


def execute(code, subshell=None):
    return send("execute_request", subshell, code=code, silent=False, store_history=True, user_expressions={}, allow_stdin=False, stop_on_error=True)


def reply(request):
    """The reply to a request; those to others are kept for later."""
    deadline = time.monotonic() + LIMIT
    while request not in replies and time.monotonic() < deadline:
        message = client.get_shell_msg(timeout=LIMIT)
        replies[message["parent_header"]["msg_id"]] = message
    return replies[request]["content"]


def outputs(request):
    """What a request showed, until it is idle."""
    found = []
    while True:
        message = client.get_iopub_msg(timeout=LIMIT)
        if message["parent_header"].get("msg_id") != request:
            continue
        if message["msg_type"] == "execute_result":
            found.append(message["content"]["data"]["text/plain"])
        if message["content"].get("execution_state") == "idle":
            return found


try:
    told = {"features": client.kernel_info(reply=True, timeout=LIMIT)["content"]["supported_features"]}
    first, second = control("create_subshell_request")["subshell_id"], control("create_subshell_request")["subshell_id"]
    told["listed"] = sorted(control("list_subshell_request")["subshell_id"]) == sorted([first, second])
    reply(execute("var shared = 1; var gate = new System.Threading.ManualResetEventSlim();"))

    busy = execute("gate.Wait(); shared")
    told["busy"] = [
        reply(send("complete_request", first, code="shar", cursor_pos=4))["matches"],
        reply(send("inspect_request", second, code="shared", cursor_pos=3, detail_level=0))["found"],
    ]
    beside = execute("shared = 42; shared", first)
    told["beside"] = outputs(beside)
    told["beside_reply"] = reply(beside)["status"]
    failing = execute("throw new Exception()", second)
    told["failing"] = reply(failing)["status"]
    told["still_busy"] = busy not in replies
    opened = execute("gate.Set();", second)
    told["busy_result"] = outputs(busy)
    counts = [reply(request)["execution_count"] for request in (busy, beside, failing, opened)]
    told["counts_differ"] = len(set(counts)) == 4

    endless = execute("while (true) { }")
    time.sleep(1)
    manager.interrupt_kernel()
    told["interrupted"] = reply(endless)["status"]
    told["beside_survives"] = reply(execute("shared", first))["status"]

    hanging = execute("while (true) { }", first)
    time.sleep(1)
    told["deleted"] = control("delete_subshell_request", subshell_id=first)["status"]
    told["hanging"] = reply(hanging)["status"]
    told["unknown"] = reply(execute("1", first))["ename"]
    told["listed_after"] = control("list_subshell_request")["subshell_id"] == [second]
    told["main"] = reply(execute("shared"))["status"]
    client.shutdown()
    told["exit_code"] = manager.provisioner.process.wait(timeout=LIMIT)
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)

contents.show(told)

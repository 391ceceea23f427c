"""drive_restarts.py: lets jupyter_client's asynchronous manager, the one of Jupyter's servers, restart the kernel .net-csharp when asked and after its death."""

import asyncio

import contents
from jupyter_client.ioloop import AsyncIOLoopKernelManager
from traitlets.config import Config

LIMIT = 60


async def published(client, request, wanted):
    """The first message of a type that belongs to a request."""
    while True:
        message = await client.get_iopub_msg(timeout=LIMIT)
        if message["msg_type"] == wanted and message["parent_header"].get("msg_id") == request:
            return message["content"]


async def execute(client, code):
    """A cell's outputs as texts, and how it ended."""
    cell = {"stderr": "", "results": [], "errors": []}

    def output(message):
        kind, content = message["msg_type"], message["content"]
        if kind == "stream" and content["name"] == "stderr":
            cell["stderr"] += content["text"]
        elif kind == "execute_result":
            cell["results"].append(content["data"]["text/plain"])
        elif kind == "error":
            cell["errors"].append(content["evalue"])

    reply = await client.execute_interactive(code, output_hook=output, timeout=LIMIT)
    cell["status"] = reply["content"]["status"]
    cell["count"] = reply["content"]["execution_count"]
    return cell


async def main():
    # A short look at the process, and the ports that clients are connected to, also soon after the start.
    settings = Config({"KernelRestarter": {"time_to_dead": 0.2, "random_ports_until_alive": False}})
    manager = AsyncIOLoopKernelManager(kernel_name=".net-csharp", config=settings)
    await manager.start_kernel()
    client = manager.client()
    client.start_channels()
    try:
        await client.wait_for_ready(timeout=LIMIT)
        told = {"before": await execute(client, "var x = 20; x")}
        first = manager.provisioner.process.pid

        await manager.restart_kernel()
        await client.wait_for_ready(timeout=LIMIT)
        told["restarted"] = await execute(client, "x")
        told["is_new"] = first != manager.provisioner.process.pid

        restarts = []
        manager.add_restart_callback(lambda: restarts.append("restart"), "restart")
        await execute(client, "var y = 21;")
        looping = client.execute('Console.WriteLine("looping");\nawait Task.Delay(-1);')
        await published(client, looping, "stream")
        manager.provisioner.process.kill()
        told["notice"] = await published(client, looping, "error")
        told["after_notice"] = await published(client, looping, "status")
        await client.wait_for_ready(timeout=LIMIT)
        told["after_death"] = await execute(client, "1 + 1")
        told["forgotten"] = await execute(client, "y")
        told["restarts"] = restarts
    finally:
        client.stop_channels()
        await manager.shutdown_kernel(now=True)
    contents.show(told)


asyncio.run(main())

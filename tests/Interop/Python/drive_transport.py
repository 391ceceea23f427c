"""drive_transport.py: lets Jupyter's own client start the kernel .net-csharp over each transport, encrypted and not, and prints what came of it."""

import os
import threading
import time

import contents
import zmq
from jupyter_client.blocking import BlockingKernelClient
from jupyter_client.manager import KernelManager

LIMIT = 60


def connect(manager):
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=LIMIT)
    return client


def result(client, code, answers=()):
    """A cell's value, and how it ended."""
    texts = []
    answers = list(answers)

    def output(message):
        if message["msg_type"] == "execute_result":
            texts.append(message["content"]["data"]["text/plain"])

    reply = client.execute_interactive(
        code, allow_stdin=bool(answers), stdin_hook=lambda _: client.input(answers.pop(0)), output_hook=output, timeout=LIMIT
    )
    return [reply["content"]["status"], *texts]


def interrupted(manager, client):
    timer = threading.Timer(1.5, manager.interrupt_kernel)
    timer.start()
    ended = result(client, "while (true) { }")
    timer.join()
    return [ended[0], *result(client, "x")]


def heartbeat(manager):
    """Asks the heart itself, with a key pair of its own, as jupyter_client's channel does."""
    info = manager.get_connection_info()
    with zmq.Context() as context, context.socket(zmq.REQ) as socket:
        socket.linger = 0
        if "curve_publickey" in info:
            socket.curve_publickey, socket.curve_secretkey = zmq.curve_keypair()
            socket.curve_serverkey = manager.curve_publickey
        socket.connect(manager._make_url("hb"))
        socket.send(b"beat")
        return socket.recv().decode() if socket.poll(LIMIT * 1000) else "silence"


def stranger(manager, keys):
    """Somebody who knows the connection file but for its keys: whether anything at all is heard."""
    client = BlockingKernelClient(curve_publickey=keys[0], curve_secretkey=keys[1])
    info = {name: value for name, value in manager.get_connection_info().items() if not name.startswith("curve")}
    client.load_connection_info(info)
    heard = []
    client.start_channels(hb=False)
    client.kernel_info()
    for socket in (client.shell_channel.socket, client.iopub_channel.socket):
        if socket.poll(1500):
            heard.append(str(socket))
    client.stop_channels()
    return heard


def conversation(transport, encryption):
    manager = KernelManager(kernel_name=".net-csharp", transport=transport, transport_encryption=encryption)
    manager.start_kernel()
    client = connect(manager)
    try:
        told = {
            "encrypted": "curve_publickey" in manager.get_connection_info(),
            "result": result(client, "var x = 20; x + 1"),
            "input": result(client, "Console.ReadLine()", ["Maija"]),
            "interrupted": interrupted(manager, client),
            "heartbeat": heartbeat(manager),
            "beating": client.hb_channel.is_beating(),
            "large": result(client, "new string('x', 5_000_000).Length"),
        }
        if told["encrypted"]:
            told["without_key"] = stranger(manager, (None, None))
            told["wrong_key"] = stranger(manager, zmq.curve_keypair())
            told["afterwards"] = result(client, "x")
        if transport == "ipc":
            files = [f"{manager.ip}-{port}" for port in manager.ports]
            told["modes"] = [oct(os.stat(file).st_mode & 0o777) for file in files]
        client.stop_channels()
        manager.restart_kernel()
        client = connect(manager)
        told["restarted"] = result(client, "1 + 1")
        client.shutdown()
        deadline = time.monotonic() + LIMIT
        while manager.is_alive() and time.monotonic() < deadline:
            time.sleep(0.05)
        if transport == "ipc":
            told["left"] = [file for file in files if os.path.exists(file)]
        return told
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


ways = [("tcp", "disabled"), ("tcp", "auto"), ("tcp", "required"), ("ipc", "disabled"), ("ipc", "required")]
contents.show({f"{transport}_{encryption}": conversation(transport, encryption) for transport, encryption in ways})

"""Another user of the same machine: tries everything that is open to everybody, and says what it got.

Reads from its input, so that what it looks for does not stand in its own command line: {"addresses": [url], "sockets": [file], "folder": path,
"secrets": {name: text}, "processes": [pid]}. Run by an interpreter of the system, as the checkout's may be out of this user's reach.
"""

import json
import os
import socket
import sys
import urllib.error
import urllib.request

asked = json.load(sys.stdin)
secrets = {name: text.encode() for name, text in asked["secrets"].items()}
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def status(address, token=None):
    request = urllib.request.Request(address)
    if token:
        request.add_header("Authorization", "Bearer " + token)
    try:
        return opener.open(request, timeout=20).status
    except urllib.error.HTTPError as error:
        return error.code


def connects(path):
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        try:
            client.connect(path)
            return True
        except OSError:
            return False


def secrets_in(path):
    try:
        with open(path, "rb") as file:
            content = file.read()
    except OSError:
        return []
    return sorted(name for name, text in secrets.items() if text in content)


def found(paths):
    return sorted(f"{path}: {name}" for path in paths for name in secrets_in(path))


files = [os.path.join(folder, name) for folder, _, names in os.walk(asked["folder"]) for name in names]
processes = [entry for entry in os.listdir("/proc") if entry.isdigit()]
json.dump(
    {
        "user": os.getuid(),
        "answers": [status(address) for address in asked["addresses"]],
        "with_a_wrong_token": [status(address, "0" * 32) for address in asked["addresses"]],
        "sockets": [path for path in asked["sockets"] if connects(path)],
        "commands_seen": sum(1 for process in asked["processes"] if os.path.exists(f"/proc/{process}/cmdline")),
        "in_commands": found(f"/proc/{process}/cmdline" for process in processes),
        "in_environments": found(f"/proc/{process}/environ" for process in asked["processes"]),
        "files_seen": len(files),
        "in_files": found(path for path in files if not os.path.islink(path)),
    },
    sys.stdout,
)

"""see_kernelspecs.py COMMAND...: lets `kernel install` of the course's command line install the kernel in each way, and prints what `jupyter kernelspec list` sees of it."""

import json
import os
import pathlib
import subprocess
import sys
import venv

import contents
import jupyter_client

HERE = pathlib.Path.cwd()
NAME = ".net-csharp"


def run(command, environment):
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, env=environment)
    if done.returncode != 0:
        raise RuntimeError(f"{command} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}")
    return done.stdout


def seen(options, python=sys.executable, **variables):
    """Where Jupyter finds the kernel after an installation, what it shows there, and whether it is gone after the removal."""
    kept = {key: value for key, value in os.environ.items() if key not in ("JUPYTER_PATH", "VIRTUAL_ENV", "CONDA_PREFIX")}
    environment = kept | {"JUPYTER_DATA_DIR": str(HERE / "own"), "PYTHONPATH": str(pathlib.Path(jupyter_client.__file__).parents[1])} | variables

    def find():
        return json.loads(run([python, "-m", "jupyter_client.kernelspecapp", "list", "--json"], environment))["kernelspecs"].get(NAME)

    def place(kernel):
        return kernel and pathlib.Path(kernel["resource_dir"]).relative_to(HERE).as_posix()

    run([*sys.argv[1:], "kernel", "install", *options], environment)
    kernel = find()
    told = {"place": place(kernel), "files": sorted(os.listdir(kernel["resource_dir"])), "name": kernel["spec"]["display_name"]}
    run([*sys.argv[1:], "kernel", "uninstall", *options], environment)
    return told | {"left": find()}


# An environment of its own: what this Python's holds is not for a test to change.
venv.create(HERE / "environment", with_pip=False, symlinks=os.name != "nt")
python = HERE / "environment" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
contents.show(
    {
        "user": seen(["--user"]),
        "prefix": seen(["--prefix", str(HERE / "prefix")], JUPYTER_PATH=str(HERE / "prefix" / "share" / "jupyter")),
        "sys_prefix": seen(["--sys-prefix"], str(python), VIRTUAL_ENV=str(HERE / "environment")),
    }
)

"""run_tools.py TOOL...: lets Jupyter's command-line tools run C# notebooks with the kernel .net-csharp, and prints what became of them."""

import json
import os
import pathlib
import subprocess
import sys

import contents
import forks
import nbformat

HERE = pathlib.Path.cwd()
LIMIT = 240


def write(name, *cells):
    """Writes a notebook of code cells: texts, or pairs of text and tags."""
    cells = [cell if isinstance(cell, tuple) else (cell, []) for cell in cells]
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(code, metadata={"tags": tags}) for code, tags in cells],
        metadata={"kernelspec": {"name": ".net-csharp", "display_name": ".NET (C#)", "language": "C#"}},
    )
    nbformat.write(notebook, HERE / name)
    return name


def run(*command):
    """Runs a module of this Python, and returns its exit code and what it wrote."""
    if hasattr(os, "fork"):
        # Importing the tools takes longer than what they do here.
        code, text = forks.run_module(LIMIT, *command)
        return {"exit": code, "text": text}
    done = subprocess.run([sys.executable, "-m", *command], capture_output=True, text=True, timeout=LIMIT)
    return {"exit": done.returncode, "text": done.stdout + done.stderr}


def read(name):
    return json.loads((HERE / name).read_text("utf-8"))


def outputs(name):
    """The texts that each cell of a notebook shows."""
    shown = []
    for cell in read(name)["cells"]:
        texts = [output.get("text") or output.get("data", {}).get("text/plain") or output.get("evalue") for output in cell["outputs"]]
        shown.append(["".join(text) for text in texts if text])
    return shown


def nbconvert():
    write("convert.ipynb", "Console.WriteLine(\"streamed\");\n1 + 2", "display(HTML(\"<b>bold</b>\"));", "new[] { new { Name = \"Oulu\" } }")
    told = {kind: run("nbconvert", "--to", kind, "--execute", "--stdout", "convert.ipynb") for kind in ("html", "markdown", "notebook")}
    told["script"] = run("nbconvert", "--to", "script", "--stdout", "convert.ipynb")
    write("fails.ipynb", "throw new InvalidOperationException(\"boom\");", "2")
    told["failing"] = run("nbconvert", "--to", "notebook", "--execute", "--output", "failed", "fails.ipynb")
    told["allowed"] = run("nbconvert", "--to", "notebook", "--execute", "--allow-errors", "--output", "allowed", "fails.ipynb")
    told["allowed"]["outputs"] = outputs("allowed.ipynb")
    return told


def papermill():
    write(
        "parameters.ipynb",
        ("var count = 1;\nvar rate = 0.5;\nvar name = \"\";\nvar dark = false;\nvar sizes = new[] { 1 };\nvar options = new Dictionary<string, object>();", ["parameters"]),
        "$\"{count} {rate} {name} {dark} {string.Join('+', sizes)} {options[\"depth\"]} {big} {((Dictionary<string, object>)options[\"inner\"])[\"on\"]} {string.Join('+', words)}\"",
    )
    write("plain.ipynb", "1 + 1", "throw new InvalidOperationException(\"boom\");")
    # First, because a copy of a process lacks the threads that an execution leaves.
    failing = run("papermill", "plain.ipynb", "failed-papermill.ipynb")
    import papermill as pm

    pm.execute_notebook(
        "parameters.ipynb",
        "filled.ipynb",
        parameters={
            "count": 7,
            "rate": 0.25,
            "name": "a \"quoted\" \\ line\nand another € 😀",
            "dark": True,
            "sizes": [3, 4],
            "options": {"depth": 2, "label": "x", "inner": {"on": False}},
            "words": ["one", "two"],
            "big": 3_000_000_000,
        },
        progress_bar=False,
    )
    return {"outputs": outputs("filled.ipynb"), "tags": [cell["metadata"]["tags"] for cell in read("filled.ipynb")["cells"]], "failing": failing}


def nbval():
    source = write(
        "source.ipynb",
        "1 + 2",
        ("throw new InvalidOperationException(\"wanted\");", ["raises-exception"]),
        ("Guid.NewGuid()", ["nbval-ignore-output"]),
        ("throw new InvalidOperationException(\"skipped\");", ["nbval-skip"]),
        ("2 + 2", ["nbval-check-output"]),
    )
    run("nbconvert", "--to", "notebook", "--execute", "--allow-errors", "--output", "checked", source)
    told = {mode: run("pytest", "-p", "no:cacheprovider", "-q", f"--{mode}", "checked.ipynb") for mode in ("nbval", "nbval-lax")}
    changed = read("checked.ipynb")
    changed["cells"][0]["source"] = "1 + 3"
    (HERE / "changed.ipynb").write_text(json.dumps(changed), "utf-8")
    told["changed"] = run("pytest", "-p", "no:cacheprovider", "-q", "--nbval", "changed.ipynb")
    told["changed-lax"] = run("pytest", "-p", "no:cacheprovider", "-q", "--nbval-lax", "changed.ipynb")
    return told


def execute():
    write("execute.ipynb", "var x = 20;\nConsole.WriteLine(\"streamed\");", "x + 1")
    write("fails-execute.ipynb", "throw new InvalidOperationException(\"boom\");", "2")
    told = {
        "whole": run("jupyter", "execute", "--output", "executed", "execute.ipynb"),
        "failing": run("jupyter", "execute", "--inplace", "fails-execute.ipynb"),
        "allowed": run("jupyter", "execute", "--allow-errors", "--output", "allowed-execute", "fails-execute.ipynb"),
    }
    told["whole"]["outputs"] = outputs("executed.ipynb")
    told["allowed"]["outputs"] = outputs("allowed-execute.ipynb")
    return told


contents.show({tool.__name__: tool() for tool in (nbconvert, papermill, nbval, execute) if tool.__name__ in sys.argv[1:]})

"""peers.py TOOL LIMIT NOTEBOOK...: lets one of Python's testers judge notebooks, and prints what it said as a line of JSON.

TOOL is nbval, nbmake, nbclient or papermill; LIMIT is the seconds that a cell may take. The answer has, by the notebook's name without
ending: whether the tool complains, the number of the first cell it complains about (counted from 1 over all cells; null where it names
none), and the first line of what it says; beside that the seconds for all.
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree

import nbformat

HERE = pathlib.Path(__file__).parent


def code_cell(path, index):
    """The number over all cells of the code cell with an index over code cells; null when there is none."""
    try:
        cells = nbformat.read(path, 4).cells
    except Exception:
        return None
    numbers = [number for number, cell in enumerate(cells, 1) if cell.cell_type == "code"]
    return numbers[index] if index < len(numbers) else None


def by_pytest(paths, *arguments):
    """Judges all notebooks in one run of pytest, as its plugins are meant to be used."""
    with tempfile.TemporaryDirectory() as folder:
        report = pathlib.Path(folder, "report.xml")
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q", "--continue-on-collection-errors",
                   f"--junitxml={report}", "-o", "junit_family=xunit1", *arguments, *map(str, paths)]
        done = subprocess.run(command, capture_output=True, text=True)
        if not report.exists():
            raise SystemExit(f"pytest wrote no report; it ended with {done.returncode}:\n{done.stdout}\n{done.stderr}")
        cases = list(xml.etree.ElementTree.parse(report).getroot().iter("testcase"))
    told = {path.stem: {"complains": False, "cell": None, "says": "", "judged": 0} for path in paths}
    for case in cases:
        place = f"{case.get('file', '')} {case.get('classname', '')} {case.get('name', '')}"
        path = next((path for path in paths if re.search(rf"(?<![\w-]){re.escape(path.stem)}(?![\w-])", place)), None)
        if path is None:
            continue
        one = told[path.stem]
        one["judged"] += 1
        fault = next((child for child in case if child.tag in ("failure", "error")), None)
        if fault is None or one["complains"]:
            continue
        cell = re.search(r"Cell (\d+)", case.get("name", ""))
        said = (fault.text or fault.get("message") or "").strip()
        one.update(complains=True, cell=code_cell(path, int(cell[1])) if cell else None, says=said.splitlines()[0] if said else "")
    return told


def nbval(paths, limit):
    return by_pytest(paths, "--nbval", f"--nbval-sanitize-with={HERE / 'sanitize.cfg'}", f"--nbval-cell-timeout={limit}")


def nbmake(paths, limit):
    return by_pytest(paths, "--nbmake", f"--nbmake-timeout={limit}")


def one_by_one(paths, execute):
    """Executes notebooks in this process, one after the other; what is thrown is the complaint."""
    told = {}
    for path in paths:
        try:
            execute(path)
            told[path.stem] = {"complains": False, "cell": None, "says": ""}
        except Exception as error:
            said = re.sub(r"\x1b\[[0-9;]*m", "", str(error)).strip().splitlines()
            told[path.stem] = {"complains": True, "cell": None, "says": f"{type(error).__name__}: {said[-1] if said else ''}"}
    return told


def nbclient(paths, limit):
    import nbclient

    def execute(path):
        notebook = nbformat.read(path, 4)
        nbclient.NotebookClient(notebook, timeout=limit, resources={"metadata": {"path": str(path.parent)}}).execute()

    return one_by_one(paths, execute)


def papermill(paths, limit):
    import papermill

    def execute(path):
        papermill.execute_notebook(path, path.with_suffix(".papermill.ipynb"), cwd=path.parent, progress_bar=False, execution_timeout=limit)

    return one_by_one(paths, execute)


tools = {tool.__name__: tool for tool in (nbval, nbmake, nbclient, papermill)}
started = time.perf_counter()
verdicts = tools[sys.argv[1]]([pathlib.Path(name).resolve() for name in sys.argv[3:]], int(sys.argv[2]))
print(json.dumps({"seconds": time.perf_counter() - started, "verdicts": verdicts}))

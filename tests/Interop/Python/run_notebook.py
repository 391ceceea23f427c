"""run_notebook.py CELL...: lets nbclient execute a notebook of C# cells, checks it against nbformat's schema, and prints it."""

import sys

import contents
import nbformat
from nbclient import NotebookClient

notebook = nbformat.v4.new_notebook(
    cells=[nbformat.v4.new_code_cell(code) for code in sys.argv[1:]],
    metadata={"kernelspec": {"name": ".net-csharp", "display_name": ".NET (C#)", "language": "C#"}},
)
notebook.cells[-1].metadata.tags = ["raises-exception"]
NotebookClient(notebook, timeout=60).execute()
nbformat.validate(notebook)
contents.show(dict(notebook))

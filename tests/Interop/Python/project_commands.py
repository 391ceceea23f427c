"""Reads the MLproject files of a folder as MLflow does and builds their commands: FOLDER, one case a folder, with parameters in parameters.json."""
import json
import os
import sys

from mlflow.projects import _project_spec

answers = {}
os.chdir(sys.argv[1])
for case in sorted(os.listdir(".")):
    with open(os.path.join(case, "parameters.json")) as file:
        parameters = json.load(file)
    try:
        entry = _project_spec.load_project(case).get_entry_point("main")
        values, extra = entry.compute_parameters(parameters, None)
        answers[case] = {"command": entry.compute_command(parameters, None), "logged": {**values, **extra}}
    except Exception as error:
        answers[case] = {"refused": f"{type(error).__name__}: {error}"}
print(json.dumps(answers))

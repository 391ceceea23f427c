"""Scores rows with a model's python_function flavor. Arguments: tracking URI, model URI, file of rows (JSON: column -> rows of numbers)."""
import json
import sys

import mlflow
import numpy as np

mlflow.set_tracking_uri(sys.argv[1])
model = mlflow.pyfunc.load_model(sys.argv[2])
with open(sys.argv[3], encoding="utf-8") as file:
    columns = {name: np.array(rows, dtype=np.float32) for name, rows in json.load(file).items()}
answer = {"by name": model.predict(columns)}
if len(columns) == 1:
    answer["as an array"] = model.predict(next(iter(columns.values())))
print(json.dumps({
    "flavors": sorted(model.metadata.flavors),
    "answers": {how: {name: np.asarray(values).reshape(-1).tolist() for name, values in given.items()} for how, given in answer.items()},
}))

"""score_model.py URI MODEL_URI ROWS: loads a logged model, scores rows (JSON), and prints its outputs and how it refuses what does not fit."""

import json
import sys

import contents
import mlflow
import numpy as np

uri, model_uri, rows = sys.argv[1:]
mlflow.set_tracking_uri(uri)
model = mlflow.pyfunc.load_model(model_uri)
rows = np.array(json.loads(rows), dtype=np.float32)


def refusal(wrong):
    try:
        model.predict(wrong)
        return None
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def example():
    if mlflow.__version__.startswith("2.15."):
        return None  # This version wrote and reads examples in another form; the model itself does not depend on it.
    return mlflow.models.Model.load(model_uri).load_input_example(mlflow.artifacts.download_artifacts(model_uri)).tolist()


info = mlflow.models.get_model_info(model_uri)
contents.show(
    {
        "outputs": {name: values.tolist() for name, values in model.predict(rows).items()},
        "one_by_one": [next(iter(model.predict(row[None, :]).values()))[0].tolist() for row in rows],
        "signature": json.loads(json.dumps(info.signature.to_dict())),
        "flavors": sorted(info.flavors),
        "run_id": info.run_id,
        "example": example(),
        "wrong_width": refusal(rows[:, 1:]),
        "wrong_type": refusal(rows.astype(np.int64)),
    }
)

"""cross_load.py URI QUESTIONS ONNX ARTIFACTS: scores our registered models (QUESTIONS: JSON file, name -> data), then logs and registers ONNX as "theirs", and prints what pyfunc gives for each."""

import json
import sys

import contents
import mlflow
import numpy as np
import onnx
import pandas as pd
from mlflow.models import ModelSignature
from mlflow.types import Schema, TensorSpec

uri, questions, onnx_file, artifacts = sys.argv[1:]
mlflow.set_tracking_uri(uri)


def outputs(name, data):
    given = mlflow.pyfunc.load_model(f"models:/{name}@champion").predict(data)
    return {output: np.asarray(values).reshape(-1).tolist() for output, values in given.items()}


def data_of(question):
    if "columns" in question:
        return pd.DataFrame(question["columns"], dtype=np.float32)
    tensor = np.array(question["values"], dtype=np.float32).reshape(question["shape"])
    return {question["tensor"]: tensor} if "tensor" in question else tensor


with open(questions, encoding="utf-8") as file:
    answers = {name: outputs(name, data_of(question)) for name, question in json.load(file).items()}

is_three = int(mlflow.__version__.split(".")[0]) >= 3
signature = ModelSignature(Schema([TensorSpec(np.dtype(np.float32), (-1, 6))]), Schema([TensorSpec(np.dtype(np.float32), (-1, 3))]))
with mlflow.start_run(experiment_id=mlflow.create_experiment("theirs", artifact_location=artifacts)) as run:
    where = {"name": "model"} if is_three else {"artifact_path": "model"}
    logged = mlflow.onnx.log_model(onnx.load(onnx_file), signature=signature, pip_requirements=["onnx"], **where)
mlflow.register_model(logged.model_uri, "theirs")
mlflow.MlflowClient().set_registered_model_alias("theirs", "champion", "1")
rows = (np.arange(12, dtype=np.float32) / 12).reshape(2, 6)
contents.show({"ours": answers, "theirs": outputs("theirs", rows), "version": mlflow.__version__})

"""log_images.py URI RUN ARRAYS: logs the arrays of a JSON file as the real MLflow does, into a run of its own beside RUN, and compares what both runs have, as Pillow reads it."""

import json
import pathlib
import re
import sys
import warnings

import mlflow
import numpy
from mlflow.tracking import MlflowClient
from PIL import Image

uri, ours, file = sys.argv[1:]
client = MlflowClient(uri)
theirs = client.create_run(client.get_run(ours).info.experiment_id).info.run_id
warnings.simplefilter("ignore")
cases = json.loads(pathlib.Path(file).read_text("utf-8"))
for case in cases:
    array = numpy.array(case["values"], dtype=case["type"]).reshape(case["shape"])
    client.log_image(theirs, array, key=case["key"], step=case["step"], timestamp=case["timestamp"])
    client.log_image(theirs, array, artifact_file=f"still/{case['step']}.png")


def without_identifier(path):
    return re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "{uuid}", path)


def read(run, folder):
    files = {}
    for item in client.list_artifacts(run, folder):
        with Image.open(mlflow.artifacts.download_artifacts(run_id=run, artifact_path=item.path, tracking_uri=uri)) as image:
            image.load()
            files[without_identifier(item.path)] = (image.format, image.mode, image.size, numpy.asarray(image.convert("RGBA"), dtype=int), numpy.asarray(image))
    return files


def compare(folder):
    our_files, their_files = read(ours, folder), read(theirs, folder)
    return {
        "ours": sorted(our_files),
        "theirs": sorted(their_files),
        "pictures": [
            {
                "name": name,
                "ours": [*our_files[name][:2], *our_files[name][2]],
                "theirs": [*their_files[name][:2], *their_files[name][2]],
                "equal": numpy.array_equal(our_files[name][4], their_files[name][4]),
                "difference": float(numpy.abs(our_files[name][3] - their_files[name][3]).mean()) if our_files[name][2] == their_files[name][2] else 256,
            }
            for name in sorted(our_files.keys() & their_files.keys())
        ],
    }


tags = [client.get_run(run).data.tags.get("mlflow.loggedImages") for run in (ours, theirs)]
print(json.dumps({"series": compare("images"), "still": compare("still"), "tags": tags}))

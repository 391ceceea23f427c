"""Does with a tracking server what people do with one, and prints what it found as JSON.

Arguments: the server's URI and a folder to work in.
"""

import json
import math
import os
import sys

if os.environ.get("PYTHONPATH"):
    # MLflow up to 3.3 asks a protobuf field for its label, which the installed protobuf no longer has; its pure Python form can be given one.
    os.environ["PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION"] = "python"
    from google.protobuf.descriptor import FieldDescriptor

    FieldDescriptor.LABEL_REPEATED = 3
    FieldDescriptor.label = property(lambda field: 3 if field.is_repeated else 1)

import mlflow  # noqa: E402
from mlflow.entities import Dataset, DatasetInput, InputTag  # noqa: E402
from mlflow.exceptions import MlflowException  # noqa: E402
from mlflow.tracking import MlflowClient  # noqa: E402

uri, folder = sys.argv[1:]
mlflow.set_tracking_uri(uri)
client = MlflowClient()
found = {"version": mlflow.__version__}


def error_of(call):
    try:
        call()
        return "ok"
    except MlflowException as error:
        return error.error_code


def write(path, data):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(data)
    return path


# Experiments
experiment = mlflow.set_experiment("python äöå")
client.set_experiment_tag(experiment.experiment_id, "team", "vision")
other = client.create_experiment("other", tags={"k": "v"})
client.rename_experiment(other, "renamed")
client.delete_experiment(other)
found["experiments"] = sorted(each.name for each in client.search_experiments(filter_string="name LIKE 'python%' AND tags.team = 'vision'"))
found["deleted experiment"] = client.get_experiment(other).lifecycle_stage
client.restore_experiment(other)
if hasattr(client, "delete_experiment_tag"):
    client.set_experiment_tag(other, "passing", "x")
    client.delete_experiment_tag(other, "passing")
found["experiment tag gone"] = "passing" in client.get_experiment(other).tags

# A run with everything
tree = os.path.join(folder, "tree")
write(os.path.join(tree, "deep", "bytes.bin"), bytes(range(256)) * 4096)
write(os.path.join(tree, "empty.txt"), b"")
with mlflow.start_run(run_name="first", description="a note") as run:
    mlflow.log_param("lr", 0.1)
    mlflow.log_params({f"p{i}": i for i in range(120)})
    for step in range(5):
        mlflow.log_metric("loss", 1 / (step + 1), step=step)
    mlflow.log_metrics({"accuracy": 0.9, "odd/nan": float("nan"), "odd/inf": float("inf")}, step=3)
    mlflow.set_tags({"a": "b", "unicode": "✓ äöå 😀"})
    mlflow.log_dict({"a": [1, 2]}, "data/dict.json")
    mlflow.log_dict({"a": [1, 2]}, "data/dict.yaml")
    mlflow.log_text("hyvää päivää\n", "notes/tervehdys ä.txt")
    mlflow.log_table({"x": [1, 2], "y": ["a", "b"]}, "table.json")
    mlflow.log_artifacts(tree, "tree")
    mlflow.log_artifact(write(os.path.join(folder, "one file.txt"), b"one"), "single")
    with mlflow.start_run(run_name="child", nested=True) as child:
        mlflow.log_metric("loss", 0.05)
run_id = run.info.run_id
client.log_inputs(run_id, [DatasetInput(Dataset("digits", "d1", "local", "{}", "{}", '{"rows": 1}'), [InputTag("mlflow.data.context", "train")])])
read = client.get_run(run_id)
found["datasets"] = [[each.dataset.name, each.dataset.digest, each.tags[0].value] for each in read.inputs.dataset_inputs]
found["status"] = read.info.status
found["params"] = len(read.data.params)
found["lr"] = read.data.params["lr"]
found["metrics"] = {key: value if math.isfinite(value) else str(value) for key, value in sorted(read.data.metrics.items())}
found["tags"] = {key: read.data.tags[key] for key in ["a", "unicode", "mlflow.note.content", "mlflow.runName"]}
found["parent"] = client.get_run(child.info.run_id).data.tags["mlflow.parentRunId"] == run_id
found["history"] = [[point.step, point.value] for point in client.get_metric_history(run_id, "loss")]

# Artifacts
found["root"] = sorted([file.path, file.is_dir] for file in client.list_artifacts(run_id))
found["deep"] = [[file.path, file.file_size] for file in client.list_artifacts(run_id, "tree/deep")]
target = os.path.join(folder, "down")
os.makedirs(target)
down = mlflow.artifacts.download_artifacts(run_id=run_id, artifact_path="", dst_path=target)
with open(os.path.join(down, "tree", "deep", "bytes.bin"), "rb") as file:
    found["bytes"] = file.read() == bytes(range(256)) * 4096
found["empty"] = os.path.getsize(os.path.join(down, "tree", "empty.txt"))
found["text"] = mlflow.artifacts.load_text(f"runs:/{run_id}/notes/tervehdys ä.txt")
found["dict"] = mlflow.artifacts.load_dict(f"runs:/{run_id}/data/dict.json")
found["table"] = mlflow.load_table("table.json", run_ids=[run_id]).to_dict("list")
found["missing artifact"] = error_of(lambda: mlflow.artifacts.load_text(f"runs:/{run_id}/none.txt")) != "ok"

# Search
def names(filter_string="", **options):
    return [each.info.run_name for each in client.search_runs([experiment.experiment_id], filter_string, **options)]


found["search"] = [
    names("metrics.loss < 0.1"),
    names("params.lr = '0.1' and tags.a = 'b'"),
    names("attributes.run_name LIKE 'f%'"),
    names(order_by=["metrics.loss DESC"]),
]
first = client.search_runs([experiment.experiment_id], max_results=1)
found["pages"] = [len(first), len(client.search_runs([experiment.experiment_id], max_results=1, page_token=first.token))]
found["frame"] = len(mlflow.search_runs([experiment.experiment_id]))

# Changes
client.set_terminated(run_id, "FAILED")
client.update_run(run_id, name="renamed run")
client.delete_tag(run_id, "a")
read = client.get_run(run_id)
found["changed"] = [read.info.status, read.info.run_name, "a" in read.data.tags]
client.delete_run(run_id)
found["active"] = names()
client.restore_run(run_id)

# Errors
found["errors"] = [
    error_of(lambda: client.get_run("0" * 32)),
    error_of(lambda: client.get_experiment("4242")),
    error_of(lambda: client.create_experiment("renamed")),
    error_of(lambda: client.log_param(run_id, "lr", "0.2")),
    error_of(lambda: client.search_runs(["0"], "bogus.a = 1")),
    error_of(lambda: client.get_registered_model("none")),
    error_of(lambda: client.delete_tag(run_id, "none")),
]

# Registry
client.create_registered_model("mnist", tags={"task": "digits"}, description="all digits")
version = client.create_model_version("mnist", f"runs:/{run_id}/tree", run_id, tags={"v": "1"}, description="one")
client.create_model_version("mnist", f"{client.get_run(run_id).info.artifact_uri}/tree", run_id)
client.set_registered_model_alias("mnist", "champion", "1")
client.set_model_version_tag("mnist", "1", "checked", "yes")
found["versions"] = sorted(each.version if isinstance(each.version, str) else str(each.version) for each in client.search_model_versions("name = 'mnist'"))
found["alias"] = str(client.get_model_version_by_alias("mnist", "champion").version)
found["model"] = [client.get_registered_model("mnist").description, dict(client.get_registered_model("mnist").tags)]
client.transition_model_version_stage("mnist", "1", "Production")
found["stage"] = [client.get_model_version("mnist", "1").current_stage, str(client.get_latest_versions("mnist", ["Production"])[0].version), [str(each.version) for each in client.get_latest_versions("mnist", ["None"])]]
client.update_registered_model("mnist", "new words")
client.update_model_version("mnist", "1", "of a version")
found["descriptions"] = [client.get_registered_model("mnist").description, client.get_model_version("mnist", "1").description]
client.update_registered_model("mnist", "all digits")
found["download"] = sorted(os.listdir(mlflow.artifacts.download_artifacts("models:/mnist/2")))
found["outside"] = error_of(lambda: client.create_model_version("mnist", "/etc", run_id))
client.rename_registered_model("mnist", "mnist2")
client.delete_registered_model_alias("mnist2", "champion")
client.delete_model_version("mnist2", "2")
found["models"] = [each.name for each in client.search_registered_models("name ILIKE 'MNIST%'")]
client.delete_registered_model("mnist2")

# Logged models, since MLflow 3
if mlflow.__version__.startswith("3"):
    model = client.create_logged_model(experiment.experiment_id, name="cnn", source_run_id=run_id, params={"layers": "3"}, tags={"t": "1"}, model_type="net")
    client.log_model_artifacts(model.model_id, tree)
    client.finalize_logged_model(model.model_id, "READY")
    client.log_metric(run_id, "test", 0.97, step=9, model_id=model.model_id)
    client.set_logged_model_tags(model.model_id, {"u": "2"})
    client.delete_logged_model_tag(model.model_id, "t")
    read = client.get_logged_model(model.model_id)
    found["logged model"] = [read.name, str(read.status), dict(read.params), read.tags.get("u"), read.tags.get("t"), [[m.key, m.value, m.step] for m in read.metrics or []]]
    found["logged models"] = [each.name for each in client.search_logged_models([experiment.experiment_id], "metrics.test > 0.9")]
    found["model files"] = sorted(each.path for each in client.list_logged_model_artifacts(model.model_id)) if hasattr(client, "list_logged_model_artifacts") else None
    client.delete_logged_model(model.model_id)
    # Prompts, which MLflow keeps among the registered models
    client.register_prompt("greeting", "Hello {{name}}", commit_message="first", tags={"a": "b"})
    client.register_prompt("greeting", "Good day, {{name}}!", commit_message="second")
    client.set_prompt_alias("greeting", "polite", 2)
    if not mlflow.__version__.startswith("3.3."):  # which sends the version as a number, and stumbles over it itself
        client.set_prompt_version_tag("greeting", "1", "tone", "plain")
        assert client.get_prompt_version("greeting", "1").tags["tone"] == "plain"
    found["prompts"] = [
        client.load_prompt("prompts:/greeting/1").format(name="Anna"), client.load_prompt("prompts:/greeting@polite").template,
        [each.name for each in client.search_prompts()], client.get_prompt("greeting").tags.get("a"),
        [each.name for each in client.search_registered_models()],
    ]
    found["prompt and model"] = [error_of(lambda: client.create_registered_model("greeting")), client.get_prompt("nothing") is None]
    client.delete_prompt_alias("greeting", "polite")
    for version in ("1", "2"):
        client.delete_prompt_version("greeting", version)
    client.delete_prompt("greeting")
    found["prompts gone"] = [each.name for each in client.search_prompts()]
    found["logged model gone"] = error_of(lambda: client.get_logged_model(model.model_id))

print(json.dumps(found))

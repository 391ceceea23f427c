"""Asks the real MLflow (run with 3.17.2) about logged models and writes questions and answers: python logged-models.py > logged-models-3.17.2.json

Models are called by their number in the list; in filters {m3} stands for the identifier of model 3 and {r0} for that of run 0.
"""
import json
import os
import sqlite3
import tempfile

os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
import mlflow
from mlflow import MlflowClient
from mlflow.entities import LoggedModelParameter, LoggedModelStatus, LoggedModelTag, Metric
from mlflow.exceptions import MlflowException

NAMES = ["mnist", "Mnist-2", "fashion_1", "ünï code", "it s", "mnist", "MNIST", "a-b", "fashionX1", "x"]
models = [
    {
        "name": name,
        "experiment": i % 2,
        "run": i % 3 if i < 8 else None,
        "type": [None, "agent", "Classifier"][i % 3],
        "params": {"lr": ["0.1", "0.01", "1", "1e-3"][i % 4], **({"a.b": "Q", "my key": "x%y"} if i < 4 else {})},
        "tags": {"stage": ["dev", "Prod", 'o"k', "it's"][i % 4], **({"my tag": "spaced value"} if i % 2 else {})},
        "metrics": [
            {"key": "acc", "value": i / 10 + step / 100, "step": step, "timestamp": 1700000000000 + step, "dataset": ["d1", "x1"] if i % 2 and step == 1 else None}
            for step in range(0 if i == 5 else 3)
        ]
        + ([{"key": "val acc/1", "value": -i, "step": 0, "timestamp": 1700000000000, "dataset": ["d2", "x2"]}] if i in (1, 2, 8) else [])
        + ([{"key": "loss", "value": "NaN" if i == 3 else 1e-12, "step": 0, "timestamp": 1700000000000, "dataset": None}] if i in (3, 4) else []),
        "ready": i % 4 != 3,
        "deleted": i == 9,
    }
    for i, name in enumerate(NAMES)
]

folder = tempfile.mkdtemp()
uri = f"sqlite:///{folder}/mlflow.db"
mlflow.set_tracking_uri(uri)
client = MlflowClient(uri)
store = client._tracking_client.store
experiments = [client.create_experiment(name, artifact_location=f"/scratch/{name}") for name in ("alpha", "Beta")]
runs = [client.create_run(experiments[i % 2]).info.run_id for i in range(3)]
ids = []
for model in models:
    made = store.create_logged_model(
        experiments[model["experiment"]], model["name"], None if model["run"] is None else runs[model["run"]],
        [LoggedModelTag(*tag) for tag in model["tags"].items()], [LoggedModelParameter(*param) for param in model["params"].items()], model["type"],
    )
    ids.append(made.model_id)
    for metric in model["metrics"]:
        name, digest = metric["dataset"] or (None, None)
        store.log_batch(
            runs[model["run"] or 0],
            [Metric(metric["key"], float(metric["value"]), metric["timestamp"], metric["step"], model_id=made.model_id, dataset_name=name, dataset_digest=digest)], [], [],
        )
    if model["ready"]:
        store.finalize_logged_model(made.model_id, LoggedModelStatus.READY)
    if model["deleted"]:
        store.delete_logged_model(made.model_id)
with sqlite3.connect(f"{folder}/mlflow.db") as database:
    for i, model_id in enumerate(ids):
        database.execute("update logged_models set creation_timestamp_ms = ?, last_updated_timestamp_ms = ? where model_id = ?", (1700000000000 + 1000 * i, 1700000000000 + 1000 * i, model_id))

FILTERS = """name = 'mnist'|name != 'mnist'|name = "mnist"|name = mnist|name = `mnist`|name LIKE 'm%'|name like 'M%'|name ILIKE 'm%'|name LIKE 'fashion_1'|name LIKE 'fashion\\_1'
name = 'ünï code'|name LIKE '%code'|name = ''|name IN ('mnist', "a-b")|name in ('x')|name NOT IN ('mnist','MNIST')|name IN ()|name IN ('mnist',)|name IN ('mn' 'ist')|name IN (1)|name IN mnist|name = ('mnist')
name > 'm'|name IS NULL|name BETWEEN 'a' AND 'b'|name RLIKE 'm'|name NOT LIKE 'm%'|name == 'mnist'|name <> 'mnist'|attributes.name = 'mnist'|attribute.name = 'mnist'|`name` = 'mnist'|"name" = 'mnist'|Name = 'mnist'
model_id = '{m3}'|model_id IN ('{m3}', '{m1}')|attributes.model_id IN ('{m0}')|model_id LIKE 'm-%'|source_run_id = '{r0}'|source_run_id != '{r0}'|source_run_id IN ('{r1}')|model_type = 'agent'|model_type != 'agent'|model_type ILIKE 'AGENT'|model_type LIKE '%'
status = 'READY'|status = '2'|status != '2'|status LIKE '1'|lifecycle_stage = 'active'|lifecycle_stage = 'deleted'|artifact_location LIKE '/scratch/alpha/%'|status_message = 'x'|bogus = 'x'|description = 'x'
creation_timestamp > 0|creation_time >= 1|creation_timestamp_ms != 5|attributes.creation_timestamp_ms > 1e3|attributes.creation_timestamp > 0|last_updated_timestamp < 0|creation_timestamp > '0'|creation_timestamp LIKE '1%'|creation_timestamp IN (1)|creation_timestamp > x
metrics.acc > 0.5|metrics.acc >= .52|metrics.acc = 0.52|metrics.acc != 0.52|metrics.acc < -1|metrics.acc <= 5e-1|metrics.acc > +0.5|metrics.acc > 0.5 AND metrics.acc < 0.71|metrics.`val acc/1` < 0|metrics."val acc/1" < 0|metrics.val acc/1 < 0|metrics.loss = 0|metrics.loss > 0|metrics.loss < inf|metrics.loss = nan|metric.acc > 0.5|metrics.missing > 0|metrics.acc LIKE '0%'|metrics.acc > 'a'|metrics.acc|metrics. > 1
params.lr = '0.1'|params.lr = 0.1|params.lr != '0.1'|params.lr LIKE '0%'|params.lr IN ('0.1', '1')|params.lr IN (0.1, 0.01)|params.lr NOT IN ('0.1')|params.`a.b` = 'Q'|params.a.b = 'Q'|params.`a.b` ILIKE 'q'|params.`my key` = 'x%y'|params.`my key` LIKE 'x\\%y'|params."my key" = 'x%y'|params.lr > '0'|params.lr = 1e-3|param.lr = '1'|parameters.lr = '1'|params.lr IS NOT NULL|params.none = 'x'
tags.stage = 'dev'|tags.stage = dev|tags.stage ILIKE 'PROD'|tags.stage = 'o"k'|tags.stage = "o"k"|tags.stage = 'it''s'|tags.stage = "it's"|tags.stage IN ("it's", 'dev')|tags.stage IN ('it\\'s')|tags.`my tag` = 'spaced value'|tags.`my tag` LIKE 'spaced%' AND name = 'mnist'|tags.stage != 'dev' AND tags.`my tag` != 'x'|tag.stage = 'dev'|tags.stage IS NULL
name = 'mnist' AND params.lr = '0.1'|name = 'mnist' and metrics.acc > 0|name = 'mnist' OR name = 'x'|name = 'mnist' AND|AND name = 'mnist'|(name = 'mnist')|NOT name = 'mnist'|name = 'mnist'; DROP TABLE logged_models|name = 'x' OR 1=1 --|name = 'mnist' -- remark| name = 'mnist' |name='mnist'|name = 'mnist|name|=|'mnist' = name|1 = 1|name = 'mnist', name = 'x'|name = 'mnist' AND NOT name = 'x'""".replace("\n", "|").split("|")
ORDERS = [
    [["name", True]], [["name", False]], [["creation_time", True]], [["creation_timestamp", False]], [["creation_timestamp_ms", True]], [["model_type", True], ["name", False]],
    [["source_run_id", True], ["creation_time", False]][1:], [["metrics.acc", True]], [["metrics.acc", False]], [["metrics.acc", False, "d1"]], [["metrics.acc", True, "d1", "x1"]], [["metrics.acc", True, None, "x1"]],
    [["metrics.acc", True, "none"]], [["metrics.val acc/1", True]], [["metrics.`val acc/1`", True]], [["metrics.missing", True], ["name", True]], [["status", True]], [["params.lr", True]], [["tags.stage", True]], [["bogus", True]],
    [["attributes.name", True]], [["", True]], [["name", True], ["name", False]], [["experiment_id", False]],
]
DATASETS = [[["d1", None]], [["d1", "x1"]], [["d1", "none"]], [["d1", None], ["d2", None]], [["none", None]], [[None, "x1"]]]


def ask(text, orders, datasets, size=100, token=None):
    for i, model_id in enumerate(ids):
        text = text.replace("{m%d}" % i, model_id)
    for i, run_id in enumerate(runs):
        text = text.replace("{r%d}" % i, run_id)
    order_by = [dict(zip(("field_name", "ascending", "dataset_name", "dataset_digest"), order)) for order in orders]
    wanted = [{key: value for key, value in (("dataset_name", name), ("dataset_digest", digest)) if value is not None} for name, digest in datasets]
    try:
        page = store.search_logged_models(experiments, text, wanted or None, size, order_by or None, token)
        return {"models": [ids.index(model.model_id) for model in page]}, page.token
    except Exception as error:
        return {"error": error.error_code if isinstance(error, MlflowException) else "INTERNAL_ERROR", "message": str(error).split("\n")[0][:160]}, None


queries = [(text, [], []) for text in FILTERS] + [("", orders, []) for orders in ORDERS] + [("", [], datasets) for datasets in DATASETS]
queries += [("metrics.acc > 0.3", [["metrics.acc", False]], datasets) for datasets in DATASETS]
pages, token = [], None
while not pages or token:
    answer, token = ask("metrics.acc > 0", [["metrics.acc", False]], [], 3, token)
    pages.append(answer["models"])
print(json.dumps({
    "made_by": f"logged-models.py beside this file, on MLflow {mlflow.__version__} with SQLite",
    "models": models,
    "queries": [{"filter": text, "order_by": orders, "datasets": datasets, "answer": ask(text, orders, datasets)[0]} for text, orders, datasets in queries],
    "paging": {"filter": "metrics.acc > 0", "order_by": [["metrics.acc", False]], "page_size": 3, "pages": pages},
}, ensure_ascii=False, separators=(",", ":")).replace('{"filter"', '\n{"filter"').replace('{"name"', '\n{"name"'))

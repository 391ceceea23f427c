"""check_contract.py URI CONTRACT: what of a contract's notebook part the real MLflow finds broken.

Reads the same YAML as the runner does and answers with the subjects of what is not as promised, such as "run three epochs: metric loss".
Knows what the tests use: new counts, named runs with parameters, metrics, tags, status, parent, inputs and artifacts, and registered models.
"""

import fnmatch
import json
import re
import sys

import mlflow
import yaml
from mlflow.entities import ViewType

broken = []


def amount(text, count):
    text = str(text)
    if text == "none":
        return count == 0
    if text in ("some", "None"):
        return count > 0
    match = re.fullmatch(r"(exactly|at least|at most)? ?(\d+)(?: to (\d+))?", text)
    how, first, last = match.group(1), int(match.group(2)), match.group(3)
    if last:
        return first <= count <= int(last)
    return count >= first if how == "at least" else count <= first if how == "at most" else count == first


def number(text):
    try:
        return float(text)
    except (TypeError, ValueError):
        return None


def allows(expected, found):
    if isinstance(expected, list):
        return any(allows(choice, found) for choice in expected)
    text = str(expected)
    if text == "any":
        return found is not None
    if text == "absent":
        return found is None
    if found is None:
        return False
    if match := re.fullmatch(r"(\S+) ±(\S+)", text):
        return abs(float(found) - float(match.group(1))) <= float(match.group(2)) * (1 + 1e-9)
    if match := re.fullmatch(r"(\S+) to (\S+)", text):
        return float(match.group(1)) <= float(found) <= float(match.group(2))
    if match := re.fullmatch(r"(at least|at most|above|below) (\S+)", text):
        value, end = float(found), float(match.group(2))
        return {"at least": value >= end, "at most": value <= end, "above": value > end, "below": value < end}[match.group(1)]
    return str(found) == text or (number(found) is not None and number(found) == number(text))


def check(subject, holds):
    if not holds:
        broken.append(subject)


def check_run(client, run, terms, names):
    subject = f"run {run.info.run_name}: "
    experiment = client.get_experiment(run.info.experiment_id)
    check(subject + "experiment", allows(terms.get("experiment", "any"), experiment.name))
    check(subject + "status", allows(terms.get("status", "any"), run.info.status))
    if "parent" in terms:
        parent = names.get(run.data.tags.get("mlflow.parentRunId"))
        check(subject + "parent", parent is None if terms["parent"] == "none" else allows(terms["parent"], parent))
    for key, expected in terms.get("parameters", {}).items():
        check(subject + f"parameter {key}", allows(expected, run.data.params.get(key)))
    for key, expected in terms.get("tags", {}).items():
        check(subject + f"tag {key}", allows(expected, run.data.tags.get(key)))
    for key, expected in terms.get("metrics", {}).items():
        more = expected if isinstance(expected, dict) else {"value": expected}
        check(subject + f"metric {key}", allows(more.get("value", "any"), run.data.metrics.get(key)))
        history = client.get_metric_history(run.info.run_id, key)
        if "points" in more:
            check(subject + f"metric {key}, points", amount(more["points"], len(history)))
        if "last-step" in more:
            check(subject + f"metric {key}, last step", allows(more["last-step"], max(point.step for point in history)))
    inputs = [(item.dataset.name, next((tag.value for tag in item.tags if tag.key == "mlflow.data.context"), None)) for item in run.inputs.dataset_inputs]
    for expected in terms.get("inputs", []):
        found = any(allows(expected.get("name", "any"), name) and allows(expected.get("context", "any"), context) for name, context in inputs)
        check(subject + f"input {expected['name']}", found)
    files, folders = [], [None]
    while folders:
        for entry in client.list_artifacts(run.info.run_id, folders.pop()):
            (folders if entry.is_dir else files).append(entry.path)
    for pattern in terms.get("artifacts", []):
        check(subject + f"artifact {pattern}", any(fnmatch.fnmatchcase(file, pattern) for file in files))
    for kind in terms.get("nothing-else", []):
        found = {"parameters": run.data.params, "metrics": run.data.metrics, "tags": {key for key in run.data.tags if not key.startswith("mlflow.")}}[kind]
        check(subject + kind, not set(found) - set(terms.get(kind, {})))


def check_model(client, name, terms, runs):
    subject = f"registered model {name}: "
    versions = client.search_model_versions(f"name = '{name}'")
    if "versions" in terms:
        check(subject + "versions", amount(terms["versions"], len(versions)))
    model = client.get_registered_model(name)
    for alias, expected in terms.get("aliases", {}).items():
        more = expected if isinstance(expected, dict) else {"version": expected}
        version = model.aliases.get(alias)
        check(subject + f"alias {alias}", allows(more.get("version", "any"), version))
        if "run" in more and version is not None:
            check(subject + f"alias {alias}", allows(more["run"], runs.get(client.get_model_version(name, version).run_id)))
    for key, expected in terms.get("tags", {}).items():
        check(subject + f"tag {key}", allows(expected, model.tags.get(key)))


def main():
    uri, path = sys.argv[1:]
    mlflow.set_tracking_uri(uri)
    client = mlflow.MlflowClient()
    with open(path, encoding="utf8") as file:
        terms = yaml.safe_load(file)["notebook"]
    experiments = [experiment for experiment in client.search_experiments() if experiment.experiment_id != "0"]
    runs = client.search_runs([experiment.experiment_id for experiment in client.search_experiments()], run_view_type=ViewType.ACTIVE_ONLY)
    names = {run.info.run_id: run.info.run_name for run in runs}
    if "experiments" in terms:
        check("experiments", amount(terms["experiments"], len(experiments)))
    asked = terms.get("runs", {})
    if "new" in asked:
        check("runs", amount(asked["new"], len(runs)))
    for name, expected in asked.get("named", {}).items():
        expected = expected or {}
        found = [run for run in runs if fnmatch.fnmatchcase(run.info.run_name, name)]
        check(f"run {name}", amount(expected.get("count", "some"), len(found)))
        for run in found:
            check_run(client, run, expected, names)
    asked = terms.get("registered-models", {})
    models = {model.name for model in client.search_registered_models()}
    if "new" in asked:
        check("registered-models", amount(asked["new"], len(models)))
    for name, expected in asked.get("named", {}).items():
        if name in models:
            check_model(client, name, expected or {}, names)
        else:
            broken.append(f"registered model {name}")
    print(json.dumps(sorted(set(broken))))


main()

"""Traces a small program to a tracking server, or to a database, and reads and changes what is there; prints what it found as JSON.

Arguments: the tracking URI, and what to do (write or read).
"""

import json
import os
import sys

if os.environ.get("PYTHONPATH"):
    # As in use_server.py.
    os.environ["PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION"] = "python"
    from google.protobuf.descriptor import FieldDescriptor

    FieldDescriptor.LABEL_REPEATED = 3
    FieldDescriptor.label = property(lambda field: 3 if field.is_repeated else 1)
    # Processors of MLflow 3.3 do not call the constructor that sets these in the installed OpenTelemetry.
    import unittest.mock

    from opentelemetry.sdk.trace.export import SimpleSpanProcessor

    SimpleSpanProcessor._shutdown, SimpleSpanProcessor._metrics = False, unittest.mock.MagicMock()

import mlflow  # noqa: E402
from mlflow.entities import SpanType  # noqa: E402
from mlflow.exceptions import MlflowException  # noqa: E402
from mlflow.tracking import MlflowClient  # noqa: E402

uri, task = sys.argv[1:]
mlflow.set_tracking_uri(uri)
client = MlflowClient()
experiment = mlflow.set_experiment("traced").experiment_id
found = {"version": mlflow.__version__}
newest = mlflow.__version__ == "3.17.2"


def error_of(call):
    try:
        call()
        return "ok"
    except MlflowException as error:
        return error.error_code


def search(filter_string=None, **options):
    options.setdefault("order_by", ["timestamp ASC"])
    if newest:
        return client.search_traces(locations=[experiment], filter_string=filter_string, **options)
    return client.search_traces(experiment_ids=[experiment], filter_string=filter_string, **options)


def names(filter_string=None, **options):
    return [trace.info.tags.get("mlflow.traceName") for trace in search(filter_string, include_spans=False, **options)]


@mlflow.trace(span_type=SpanType.TOOL)
def double(x):
    return 2 * x


@mlflow.trace(name="predict", span_type=SpanType.CHAIN, attributes={"model": "cnn ä ✓", "layers": [1, 2], "rate": 2.0})
def predict(image, label=None):
    if label == "bad":
        raise ValueError("no such label")
    return {"digit": double(image), "sure": 0.5}


if task == "write":
    with mlflow.start_run(run_name="tracing") as run:
        predict(2)
    predict(3)
    try:
        predict(4, label="bad")
    except ValueError:
        pass
    with mlflow.start_span("session") as span:
        span.set_inputs({"q": "hyvää"})
        span.set_outputs("ok")
        mlflow.update_current_trace(tags={"colour": "blue"}, metadata={"mlflow.trace.session": "s-1", "mlflow.trace.user": "maija"})
    if hasattr(mlflow, "flush_trace_async_logging"):
        mlflow.flush_trace_async_logging()
    found["run"] = run.info.run_id

whole = search()
found["names"] = sorted({trace.info.tags.get("mlflow.traceName") for trace in whole})
found["count"] = len(whole)
found["spans"] = sorted(len(trace.data.spans) for trace in whole)
first = next(trace for trace in whole if (trace.data.spans[0].inputs or {}).get("image") == 2)
root = first.data.spans[0]
found["root"] = [root.name, root.span_type, root.inputs.get("image"), root.outputs, root.attributes["model"], root.attributes["layers"], root.attributes["rate"], str(root.status.status_code).split(".")[-1]]
child = first.data.spans[1]
found["child"] = [child.name, child.span_type, child.parent_id == root.span_id, child.outputs]
failed = next(trace for trace in whole if str(trace.info.state).split(".")[-1] == "ERROR")
found["failed"] = [failed.data.spans[0].events[0].name, failed.data.spans[0].events[0].attributes["exception.message"], str(failed.data.spans[0].status.status_code).split(".")[-1]]
got = client.get_trace(first.info.trace_id)
found["got"] = [len(got.data.spans), got.data.spans[0].outputs == root.outputs]
found["states"] = [len(names("status = 'OK'")), len(names("status = 'ERROR'"))]
found["by name"] = [len(names("name = 'predict'")), len(names("tags.`mlflow.traceName` = 'session'"))]
run_id = first.info.trace_metadata.get("mlflow.sourceRun")
found["of run"] = names(f"run_id = '{run_id}'")
found["of session"] = names("metadata.`mlflow.trace.session` = 's-1'")
found["coloured"] = names("tags.colour = 'blue'")
if newest:
    found["by span"] = [len(names("span.name = 'double'")), len(names("span.type = 'TOOL' AND span.name = 'predict'")), len(names("trace.text LIKE '%hyvää%'"))]
page = search(max_results=3)
found["pages"] = [len(page), len(search(max_results=3, page_token=page.token))]

client.set_trace_tag(first.info.trace_id, "checked", f"by {task}")
found["tag"] = client.get_trace(first.info.trace_id).info.tags.get("checked")
client.delete_trace_tag(first.info.trace_id, "checked")
found["tag gone"] = "checked" in client.get_trace(first.info.trace_id).info.tags
found["errors"] = [error_of(lambda: client.get_trace("tr-" + "0" * 32)), error_of(lambda: client.delete_trace_tag(first.info.trace_id, "none")), error_of(lambda: names("bogus = 'x'"))]
if task == "write":
    # What is deleted here is not for the reader.
    with mlflow.start_span("gone") as span:
        pass
    if hasattr(mlflow, "flush_trace_async_logging"):
        mlflow.flush_trace_async_logging()
    gone = next(trace for trace in search() if trace.info.tags.get("mlflow.traceName") == "gone")
    found["deleted"] = client.delete_traces(experiment, trace_ids=[gone.info.trace_id])
    found["left"] = "gone" in names()
    if newest:
        client.link_traces_to_run([trace.info.trace_id for trace in search("name = 'session'")], run_id)
        found["linked"] = sorted(names(f"run_id = '{run_id}'"))
print(json.dumps(found))

"""Asks a server everything about traces and keeps the answers, one JSON object a line: record_traces.py SERVER OUTPUT.

tests/MLflowSharp.Tests/Fixtures/Rest/traces-3.17.2.jsonl.gz was made with it against an empty database; our server is asked the same.
"""

import base64
import gzip
import json
import sys
import urllib.error
import urllib.request
import zlib

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

server, output = sys.argv[1:3]
calls = []
T0 = 1795472268000


def call(note, method, path, body=None, headers=None):
    headers = {"Content-Type": "application/json", **(headers or {})}
    kept = {name: value for name, value in headers.items() if value is not None}
    data = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(server + path, data=data, method=method, headers=kept)
    try:
        with urllib.request.urlopen(request) as answer:
            status, kind, text = answer.status, answer.headers.get("Content-Type") or "", answer.read().decode()
    except urllib.error.HTTPError as error:
        status, kind, text = error.code, error.headers.get("Content-Type") or "", error.read().decode()
    try:
        response = json.loads(text)
    except ValueError:
        response = text
    calls.append({
        "note": note, "method": method, "path": path, "request": {"base64": base64.b64encode(body).decode()} if isinstance(body, bytes) else body,
        "request_headers": kept, "status": status, "content_type": kind, "response": response,
    })
    return response


def text(value):
    return {"stringValue": value}


def attributes(**values):
    kinds = {bool: "boolValue", int: "intValue", float: "doubleValue", str: "stringValue"}
    return [{"key": key.replace("__", "."), "value": value if isinstance(value, dict) else {kinds[type(value)]: value}} for key, value in values.items()]


def span(trace, number, name, start, end, parent=None, code=1, message=None, events=None, links=None, **values):
    found = {
        "traceId": trace, "spanId": f"{number:016x}", "name": name, "kind": 1, "startTimeUnixNano": str((T0 + start) * 1_000_000 + 714133),
        "endTimeUnixNano": str((T0 + end) * 1_000_000 + 14133), "status": {"code": code, **({"message": message} if message else {})}, "attributes": attributes(**values),
    }
    if parent is not None:
        found["parentSpanId"] = f"{parent:016x}"
    if events:
        found["events"] = events
    if links:
        found["links"] = links
    return found


def spans(*items, resource=None):
    return {"resourceSpans": [{"resource": {"attributes": attributes(**(resource or {}))}, "scopeSpans": [{"scope": {"name": "tests"}, "spans": list(items)}]}]}


A, B, C, D, E, F = ("%032x" % (0xA00000000000000000000000000000A0 + i) for i in range(6))
experiment = call("create experiment", "POST", "/api/2.0/mlflow/experiments/create", {"name": "traces"})["experiment_id"]
other = call("create another", "POST", "/api/2.0/mlflow/experiments/create", {"name": "others"})["experiment_id"]
run = call("create run", "POST", "/api/2.0/mlflow/runs/create", {"experiment_id": experiment, "start_time": 1})["run"]["info"]["run_id"]
to = {"x-mlflow-experiment-id": experiment}

# OTLP
call("otlp json", "POST", "/v1/traces", spans(
    span(A, 1, "predict", 0, 5, mlflow__spanType="CHAIN", mlflow__spanInputs='{"x": 1}', mlflow__spanOutputs='"ok"', session__id="sess-1", user__id="u1", gen_ai__request__model="gpt-x"),
    span(A, 2, "forward", 1, 4, parent=1, code=2, message="boom", mlflow__spanType="TOOL", gen_ai__usage__input_tokens=10, gen_ai__usage__output_tokens=5,
         events=[{"name": "exception", "timeUnixNano": str(T0 * 1_000_000 + 5), "attributes": attributes(exception__message="boom", line=3)}],
         links=[{"traceId": B, "spanId": "00000000000000ff", "attributes": attributes(why="test")}]),
    resource={"service.name": "dotnet-app", "telemetry.sdk.name": "x", "mlflow.sneaky": "y", "answer": 42, "deep": {"arrayValue": {"values": [text("a"), {"intValue": 1}]}}}), to)
call("otlp types of values", "POST", "/v1/traces", spans(span(
    B, 3, "values ä ✓", 1000, 3000, code=0, flag=True, whole=7, real=0.5, round_real=2.0, big=2**60, empty="", quoted='say "hi"', json='{"a": [1, 2]}', digits="12", list={"arrayValue": {"values": [{"intValue": "1"}, text("b")]}},
    map={"kvlistValue": {"values": attributes(k="v", n=1)}}, raw={"bytesValue": "AAEC"}, nothing={})), to)
call("otlp child only", "POST", "/v1/traces", spans(span(C, 5, "child", 100, 200, parent=4)), to)
call("get of child only", "GET", f"/api/3.0/mlflow/traces/tr-{C}")
call("otlp root later", "POST", "/v1/traces", spans(span(C, 4, "root", 50, 400, code=2, message="late", mlflow__spanInputs="plain text", mlflow__spanOutputs='[{"a": 1}]')), to)
call("get after root", "GET", f"/api/3.0/mlflow/traces/tr-{C}")
call("otlp of a run", "POST", "/v1/traces", spans(span(D, 6, "linked", 10_000, 10_100)), {**to, "x-mlflow-run-id": run})
call("otlp again", "POST", "/v1/traces", spans(span(D, 6, "linked again", 10_000, 10_200)), to)
call("otlp upper case ids", "POST", "/v1/traces", spans({**span(E.upper(), 7, "upper", 20_000, 20_001)}), to)
call("otlp elsewhere", "POST", "/v1/traces", spans(span(F, 8, "elsewhere", 0, 1000)), {"x-mlflow-experiment-id": other})
call("otlp gzip", "POST", "/v1/traces", gzip.compress(json.dumps(spans(span(E, 10, "packed", 20_000, 20_001, parent=7))).encode()), {**to, "Content-Encoding": "gzip"})
call("otlp gzip broken", "POST", "/v1/traces", b"no gzip", {**to, "Content-Encoding": "gzip"})
call("otlp deflate", "POST", "/v1/traces", zlib.compress(json.dumps(spans(span(E, 11, "deflated", 20_000, 20_001, parent=7))).encode()), {**to, "Content-Encoding": "deflate"})
call("otlp tags and gen_ai", "POST", "/v1/traces", spans(span(
    "d" * 32, 12, "chat", 60_000, 60_700, gen_ai__operation__name="chat", gen_ai__provider__name="acme", gen_ai__response__model="gpt-y", gen_ai__conversation__id="conv-1", gen_ai__input__messages='[{"role": "user", "content": "hi"}]',
    **{"mlflow.traceTag.mood": "good", "mlflow.traceTag.mlflow.traceName": "from otlp", "mlflow.chat.tokenUsage": '{"input_tokens": 1, "output_tokens": 2, "total_tokens": 3}', "mlflow.llm.cost": '{"input_cost": 0.5, "output_cost": 0.25, "total_cost": 0.75}'}),
    span("d" * 32, 13, "inner", 60_100, 60_200, parent=12, **{"mlflow.chat.tokenUsage": '{"input_tokens": 1, "output_tokens": 2, "total_tokens": 3}'})), to)
call("otlp no experiment", "POST", "/v1/traces", spans(span(A, 1, "predict", 0, 5)))
call("otlp unknown experiment", "POST", "/v1/traces", spans(span("%032x" % 99, 1, "predict", 0, 5)), {"x-mlflow-experiment-id": "999"})
call("otlp other content type", "POST", "/v1/traces", b"x", {**to, "Content-Type": "text/plain"})
call("otlp no spans", "POST", "/v1/traces", {}, to)
call("otlp empty resources", "POST", "/v1/traces", {"resourceSpans": []}, to)
call("otlp no json", "POST", "/v1/traces", b"{", to)
call("otlp garbage", "POST", "/v1/traces", b"\xff\xff\xff", {**to, "Content-Type": "application/x-protobuf"})
call("otlp empty protobuf", "POST", "/v1/traces", b"", {**to, "Content-Type": "application/x-protobuf"})
call("otlp no trace id", "POST", "/v1/traces", spans({**span(A, 1, "x", 0, 1), "traceId": ""}), to)
call("otlp bad hex", "POST", "/v1/traces", spans({**span(A, 1, "x", 0, 1), "traceId": "zz"}), to)
call("otlp encoding", "POST", "/v1/traces", spans(span(A, 1, "x", 0, 1)), {**to, "Content-Encoding": "br"})
binary = ExportTraceServiceRequest()
scope = binary.resource_spans.add().scope_spans.add()
for i in range(2):
    one = scope.spans.add(name=f"binary {i}", trace_id=bytes.fromhex("b" * 32), span_id=bytes([i + 1] * 8), start_time_unix_nano=(T0 + 30_000 + i) * 10**6, end_time_unix_nano=(T0 + 30_050) * 10**6)
    if i:
        one.parent_span_id = bytes([1] * 8)
        one.status.code = 1
    for key, value in (("mlflow.spanType", "LLM"), ("mlflow.spanInputs", '{"q": "hyvää"}'), ("session.id", "sess-2")):
        attribute = one.attributes.add(key=key)
        attribute.value.string_value = value
    attribute = one.attributes.add(key="number")
    attribute.value.int_value = -3
    attribute = one.attributes.add(key="list")
    attribute.value.array_value.values.add().double_value = 0.25
call("otlp protobuf", "POST", "/v1/traces", binary.SerializeToString(), {**to, "Content-Type": "application/x-protobuf"})
G = "b" * 32

# Traces of version 3
H = "tr-" + "c" * 32
info = {
    "trace_id": H, "trace_location": {"type": "MLFLOW_EXPERIMENT", "mlflow_experiment": {"experiment_id": experiment}}, "request_time": "2026-11-23T22:17:59.500Z",
    "execution_duration": "1.250s", "state": "OK", "request_preview": '{"q": 1}', "response_preview": '"a"', "client_request_id": "client-1",
    "trace_metadata": {"mlflow.sourceRun": run, "mlflow.trace.session": "sess-3", "mlflow.trace.tokenUsage": '{"input_tokens": 3, "output_tokens": 4, "total_tokens": 7}',
                       "mlflow.trace.cost": '{"input_cost": 0.1, "output_cost": 0.2, "total_cost": 0.3}', "own": "value", "mlflow.trace_schema.version": "3"},
    "tags": {"mlflow.traceName": "named", "colour": "blue ✓"},
}
call("start v3", "POST", "/api/3.0/mlflow/traces", {"trace": {"trace_info": info}})
call("start v3 again", "POST", "/api/3.0/mlflow/traces", {"trace": {"trace_info": {**info, "state": "ERROR", "request_preview": "second"}}})
call("start v3 without trace", "POST", "/api/3.0/mlflow/traces", {})
call("start v3 of unknown experiment", "POST", "/api/3.0/mlflow/traces", {"trace": {"trace_info": {**info, "trace_id": "tr-x", "trace_location": {"type": "MLFLOW_EXPERIMENT", "mlflow_experiment": {"experiment_id": "999"}}}}})
call("start after spans", "POST", "/api/3.0/mlflow/traces", {"trace": {"trace_info": {**info, "trace_id": f"tr-{D}", "trace_metadata": {"k": "v"}, "tags": {"a": "b"}}}})
call("spans after start", "POST", "/v1/traces", spans(span("c" * 32, 9, "late", 500, 900, mlflow__spanInputs="1", session__id="other", gen_ai__usage__input_tokens=100, gen_ai__usage__output_tokens=5)), to)
for trace in (f"tr-{A}", f"tr-{B}", f"tr-{D}", f"tr-{E}", f"tr-{G}", H, "tr-" + "d" * 32, "tr-none"):
    call(f"get {trace}", "GET", f"/api/3.0/mlflow/traces/{trace}")
    call(f"get whole {trace}", "GET", f"/api/3.0/mlflow/traces/get?trace_id={trace}&allow_partial=true")
    call(f"artifact {trace}", "GET", f"/ajax-api/3.0/mlflow/get-trace-artifact?request_id={trace}")
    call(f"info v2 {trace}", "GET", f"/api/2.0/mlflow/traces/{trace}/info")
call("artifact without id", "GET", "/ajax-api/3.0/mlflow/get-trace-artifact")
call("get whole without id", "GET", "/api/3.0/mlflow/traces/get")
call("get whole as Python asks", "GET", f"/api/3.0/mlflow/traces/get?trace_id=tr-{E}&allow_partial=False")
call("batch", "GET", f"/api/3.0/mlflow/traces/batchGet?trace_ids=tr-{B}&trace_ids=tr-{A}&trace_ids=tr-none")
call("batch of experiment", "GET", f"/api/3.0/mlflow/traces/batchGet?trace_ids=tr-{F}&trace_ids=tr-{A}&experiment_ids={other}")
call("batch infos", "POST", "/api/3.0/mlflow/traces/batchGetInfos", {"trace_ids": [f"tr-{F}", H, "tr-none"]})

# Tags
for version in ("2.0", "3.0"):
    call("tag", "PATCH", f"/api/{version}/mlflow/traces/tr-{A}/tags", {"key": f"k{version}", "value": "v"})
    call("tag gone", "DELETE", f"/api/{version}/mlflow/traces/tr-{A}/tags", {"key": f"k{version}"})
    call("tag not there", "DELETE", f"/api/{version}/mlflow/traces/tr-{A}/tags", {"key": "nope"})
    call("tag in the address", "DELETE", f"/api/{version}/mlflow/traces/tr-{A}/tags?key=k")
call("tag name", "PATCH", f"/api/3.0/mlflow/traces/tr-{A}/tags", {"key": "mlflow.traceName", "value": "a name"})
call("tag of nothing", "PATCH", "/api/3.0/mlflow/traces/tr-none/tags", {"key": "a", "value": "b"})
call("tag without key", "PATCH", f"/api/3.0/mlflow/traces/tr-{A}/tags", {"value": "b"})
call("tag location", "PATCH", f"/api/3.0/mlflow/traces/tr-{A}/tags", {"key": "mlflow.trace.spansLocation", "value": "b"})
call("tag colour", "PATCH", f"/api/3.0/mlflow/traces/tr-{B}/tags", {"key": "colour", "value": "red"})

# Links
call("link", "POST", "/api/2.0/mlflow/traces/link-to-run", {"trace_ids": [f"tr-{B}", f"tr-{B}"], "run_id": run})
call("link again", "POST", "/api/2.0/mlflow/traces/link-to-run", {"trace_ids": [f"tr-{B}"], "run_id": run})
call("link unknown run", "POST", "/api/2.0/mlflow/traces/link-to-run", {"trace_ids": [f"tr-{B}"], "run_id": "f" * 32})
call("link unknown trace", "POST", "/api/2.0/mlflow/traces/link-to-run", {"trace_ids": ["tr-none"], "run_id": run})
call("link too many", "POST", "/api/2.0/mlflow/traces/link-to-run", {"trace_ids": [f"tr-{i}" for i in range(101)], "run_id": run})

# Assessments
ASSESSMENTS = f"/api/3.0/mlflow/traces/tr-{B}/assessments"
HUMAN = {"source_type": "HUMAN", "source_id": "maija"}


def judge(note, **said):
    return call(f"judge {note}", "POST", ASSESSMENTS, {"assessment": {"source": HUMAN, **said}}).get("assessment", {}).get("assessment_id")


yes = judge("truth", assessment_name="correct", feedback={"value": True}, rationale="looks right", metadata={"round": "1"})
judge("number", assessment_name="score", feedback={"value": 0.75}, span_id="0000000000000003")
judge("text", assessment_name="good", feedback={"value": "yes"})
judge("list", assessment_name="labels", feedback={"value": ["a", "b"]})
judge("error", assessment_name="failed", feedback={"error": {"error_code": "E", "error_message": "no judge"}})
expected = judge("expectation", assessment_name="answer", expectation={"value": "five"})
judge("expectation of several", assessment_name="facts", expectation={"serialized_value": {"serialization_format": "JSON_FORMAT", "value": '{"a": [1, 2]}'}})
judge("nothing", assessment_name="nothing")
call("judge of nothing", "POST", "/api/3.0/mlflow/traces/tr-none/assessments", {"assessment": {"assessment_name": "x", "source": HUMAN, "feedback": {"value": 1}}})
call("judge without", "POST", ASSESSMENTS, {})
no = judge("instead", assessment_name="correct", feedback={"value": False}, overrides=yes)
judge("instead of nothing", assessment_name="correct", feedback={"value": False}, overrides="a-none")
call("judgement", "GET", f"{ASSESSMENTS}/{yes}")
call("judgement of nothing", "GET", f"{ASSESSMENTS}/a-none")
call("judgement changed", "PATCH", f"{ASSESSMENTS}/{no}", {"assessment": {"feedback": {"value": "no"}, "rationale": "second look", "metadata": {"round": "2"}}, "update_mask": "feedback,rationale,metadata"})
call("judgement of another kind", "PATCH", f"{ASSESSMENTS}/{expected}", {"assessment": {"feedback": {"value": "no"}}, "update_mask": "feedback"})
call("judgement renamed", "PATCH", f"{ASSESSMENTS}/{expected}", {"assessment": {"assessment_name": "the answer"}, "update_mask": "assessmentName"})
call("judged", "GET", f"/api/3.0/mlflow/traces/tr-{B}")

# Searches
place = [{"type": "MLFLOW_EXPERIMENT", "mlflow_experiment": {"experiment_id": experiment}}]


def search(note, **options):
    return call(f"search {note}", "POST", "/api/3.0/mlflow/traces/search", {"locations": place, "max_results": 100, **options})


search("all")
search("both places", locations=place + [{"type": "MLFLOW_EXPERIMENT", "mlflow_experiment": {"experiment_id": other}}])
search("nowhere", locations=[])
search("unknown place", locations=[{"type": "MLFLOW_EXPERIMENT", "mlflow_experiment": {"experiment_id": "999"}}])
page = search("page", max_results=2)
search("page 2", max_results=2, page_token=page.get("next_page_token"))
search("too many", max_results=501)
search("none", max_results=0)
for key in ("timestamp", "timestamp_ms DESC", "execution_time ASC", "execution_time_ms DESC", "status", "name", "request_id DESC", "attributes.timestamp DESC", "tags.colour", "tag.colour DESC", "metadata.own",
            "request_metadata.`mlflow.trace.session` DESC", "experiment_id", "bogus", "tags.`mlflow.traceName` DESC", "timestamp_ms SIDEWAYS", "trace.status DESC", "run_id"):
    search(f"order {key}", order_by=[key])
search("order twice", order_by=["status", "timestamp"])
search("order doubled", order_by=["status", "status DESC"])
for filter in (
    f"attributes.timestamp_ms > {T0} AND attributes.timestamp_ms < {T0 + 20_000}", f"timestamp >= {T0 + 20_000}", "execution_time > 100", "execution_time_ms <= 5", f"end_time < {T0 + 500}", "status = 'OK'", "status != 'OK'", "attributes.status = 'IN_PROGRESS'",
    "trace.status = 'ERROR'", "status IN ('OK', 'ERROR')", "status NOT IN ('OK')", "status LIKE 'O%'", "status ILIKE 'o%'", "name = 'named'", "name != 'named'", "name LIKE 'a%'", "attributes.name IN ('named', 'a name')", "trace.name = 'a name'",
    f"run_id = '{run}'", f"attributes.run_id = '{run}'", f"request_id = 'tr-{A}'", f"request_id IN ('tr-{A}', 'tr-{B}')", "client_request_id = 'client-1'", "tags.colour = 'red'", "tag.colour LIKE 'b%'", "tags.colour != 'red'", "tags.colour IS NULL",
    "tags.colour IS NOT NULL", "tags.`mlflow.traceName` = 'named'", "tags.`mlflow.traceName` IS NULL", "metadata.own = 'value'", "request_metadata.`own` LIKE 'v%'", "request_metadata.\"own\" = 'value'", "metadata.`mlflow.trace.session` = 'sess-1'", "metadata.`mlflow.trace.session` IS NULL",
    "metadata.own IS NULL", "metadata.own IS NOT NULL", f"metadata.`mlflow.sourceRun` = '{run}'", "metadata.`mlflow.modelId` = 'm-1'", "span.name = 'forward'", "span.name LIKE 'f%'", "span.type = 'TOOL'", "span.status = 'ERROR'", "span.name = 'forward' AND span.type = 'CHAIN'",
    "span.name IN ('forward', 'child')", "span.attributes.whole LIKE '%7%'", "trace.text LIKE '%hyvää%'", "text ILIKE '%BOOM%'", "span.content LIKE '%boom%'", "span.duration > 3", "service.name = 'x'", "tags.`service.name` = 'dotnet-app'", "bogus = 'x'", "status = OK", "timestamp = 'x'",
    "timestamp LIKE 'x'", "name > 'x'", "metrics.x = 1", "status = 'OK' OR status = 'ERROR'", "status = 'OK' and execution_time > 3", "", "   ", "feedback.good = 'yes'", "feedback.good IS NULL", "feedback.score > 0.5", "feedback.correct = 'true'", "expectation.facts IS NOT NULL", "feedback.good != 'no'", "tags.colour RLIKE '^b'", "name RLIKE 'a.*e$'",
    "metadata.`mlflow.trace.tokenUsage` IS NOT NULL", "metadata.`mlflow.trace.tokenUsage` = '{\"input_tokens\": 3, \"output_tokens\": 4, \"total_tokens\": 7}'", "metadata.`mlflow.trace.cost` IS NULL", "prompt = 'a/1'", "issue.id = 'x'",
):
    search(f"filter {filter}", filter=filter)
call("search v2", "GET", f"/api/2.0/mlflow/traces?experiment_ids={experiment}&filter=status%20%3D%20%27OK%27&max_results=2&order_by=timestamp%20ASC")

# Metrics
DAY = {"time_interval_seconds": 86400, "start_time_ms": T0 - 86_400_000, "end_time_ms": T0 + 86_400_000}
COUNT, SUM, AVG, LEAST, MOST = ({"aggregation_type": kind} for kind in ("COUNT", "SUM", "AVG", "MIN", "MAX"))


def percentile(value):
    return {"aggregation_type": "PERCENTILE", "percentile_value": value}


def metric(name, aggregations, view="TRACES", note=None, **options):
    call(note or f"metric {view} {name} {json.dumps(options)}", "POST", "/ajax-api/3.0/mlflow/traces/metrics", {"experiment_ids": [experiment], "view_type": view, "metric_name": name, "aggregations": aggregations, **options})


metric("trace_count", [COUNT])
metric("trace_count", [COUNT], dimensions=["trace_status"], **DAY)
metric("trace_count", [COUNT], dimensions=["trace_name", "trace_status"])
metric("trace_count", [COUNT], time_interval_seconds=10, start_time_ms=T0, end_time_ms=T0 + 30_000)
metric("trace_count", [COUNT], start_time_ms=T0 + 1, end_time_ms=T0 + 10_000)
metric("session_count", [COUNT])
metric("latency", [AVG, LEAST, MOST])
metric("latency", [percentile(50), percentile(90), percentile(99)], **DAY)
metric("latency", [AVG], dimensions=["trace_name"])
for tokens in ("input_tokens", "output_tokens", "total_tokens", "cache_read_input_tokens", "cache_creation_input_tokens"):
    metric(tokens, [SUM, AVG, percentile(50)], **DAY)
metric("span_count", [COUNT], "SPANS", dimensions=["span_name", "span_status"])
metric("span_count", [COUNT], "SPANS", dimensions=["span_type"], filters=["span.status = 'OK'"])
metric("latency", [AVG, percentile(50)], "SPANS", dimensions=["span_name"])
metric("total_cost", [SUM], "SPANS", dimensions=["span_model_name"], **DAY)
metric("total_cost", [SUM], "SPANS", dimensions=["span_model_provider"])
metric("assessment_count", [COUNT], "ASSESSMENTS", dimensions=["assessment_name", "assessment_value"])
metric("assessment_value", [AVG], "ASSESSMENTS", dimensions=["assessment_name"], **DAY)
for filter in (f'trace.metadata.`mlflow.sourceRun` = "{run}"', "trace.status = 'OK'", "trace.tag.colour = 'red'", "trace.tag.`mlflow.traceName` = 'named'", "trace.metadata.`mlflow.trace.session` = 'sess-1'", "trace.metadata.own = 'value'", "status = 'OK'", "trace.status != 'OK'", "trace.status", "span.name = 'x'"):
    metric("trace_count", [COUNT], filters=[filter])
metric("bogus", [COUNT])
metric("trace_count", [SUM])
metric("trace_count", [COUNT], dimensions=["bogus"])
metric("latency", [percentile(101)], note="metric percentile 101")
metric("latency", [{"aggregation_type": "PERCENTILE"}], note="metric percentile of nothing")
metric("trace_count", [COUNT], time_interval_seconds=10)
metric("trace_count", [], )
metric("trace_count", [COUNT], max_results=1, dimensions=["trace_status"])
metric("trace_count", [COUNT], view="BOGUS")

# What there is none of
call("scorers", "GET", f"/ajax-api/3.0/mlflow/scorers/list?experiment_id={experiment}")
call("datasets", "POST", "/ajax-api/3.0/mlflow/datasets/search", {"experiment_ids": [experiment], "order_by": ["created_time DESC"], "max_results": 50})
call("datasets get", "GET", f"/ajax-api/3.0/mlflow/datasets/search?experiment_ids={experiment}")

# Traces of version 2
begun = call("start v2", "POST", "/api/2.0/mlflow/traces", {"experiment_id": experiment, "timestamp_ms": T0 + 40_000, "request_metadata": [{"key": "k", "value": "v"}], "tags": [{"key": "mlflow.traceName", "value": "old"}, {"key": "t", "value": "u"}]})["trace_info"]["request_id"]
call("end v2", "PATCH", f"/api/2.0/mlflow/traces/{begun}", {"request_id": begun, "timestamp_ms": T0 + 41_500, "status": "OK", "request_metadata": [{"key": "k2", "value": "v2"}], "tags": [{"key": "t", "value": "w"}]})
call("info v2 of it", "GET", f"/api/2.0/mlflow/traces/{begun}/info")
call("info v3 of it", "GET", f"/api/3.0/mlflow/traces/{begun}")
call("artifact of it", "GET", f"/ajax-api/2.0/mlflow/get-trace-artifact?request_id={begun}")
call("whole of it", "GET", f"/api/3.0/mlflow/traces/get?trace_id={begun}")
call("put its spans", "PUT", f"/api/2.0/mlflow-artifacts/artifacts/{experiment}/traces/{begun}/artifacts/traces.json", b'{"spans": [], "request": null}', {"Content-Type": "text/plain"})
call("artifact of it then", "GET", f"/ajax-api/2.0/mlflow/get-trace-artifact?request_id={begun}")
call("end v2 of nothing", "PATCH", "/api/2.0/mlflow/traces/tr-none", {"request_id": "tr-none", "timestamp_ms": 1, "status": "OK"})

call("judgement taken back", "DELETE", f"{ASSESSMENTS}/{no}")
call("judgement taken back twice", "DELETE", f"{ASSESSMENTS}/{no}")
call("judgement valid again", "GET", f"{ASSESSMENTS}/{yes}")

# Deletion
call("delete ids", "POST", "/api/3.0/mlflow/traces/delete-traces", {"experiment_id": experiment, "request_ids": [f"tr-{A}", "tr-none", f"tr-{F}"]})
call("deleted", "GET", f"/api/3.0/mlflow/traces/tr-{A}")
call("delete old", "POST", "/api/2.0/mlflow/traces/delete-traces", {"experiment_id": experiment, "max_timestamp_millis": T0 + 20_000, "max_traces": 1})
call("delete both ways", "POST", "/api/3.0/mlflow/traces/delete-traces", {"experiment_id": experiment, "max_timestamp_millis": 1, "request_ids": ["tr-x"]})
call("delete nothing said", "POST", "/api/3.0/mlflow/traces/delete-traces", {"experiment_id": experiment})
call("delete no experiment", "POST", "/api/3.0/mlflow/traces/delete-traces", {"request_ids": ["tr-x"]})
search("what is left")

with open(output, "w", encoding="utf-8") as file:
    for one in calls:
        file.write(json.dumps(one) + "\n")
print(json.dumps({"calls": len(calls)}))

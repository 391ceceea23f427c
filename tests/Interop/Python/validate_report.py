"""Validates a JSON report against its schema; prints what is wrong as a JSON list."""
import json
import sys

import jsonschema

report, schema = (json.load(open(path, encoding="utf-8")) for path in sys.argv[1:3])
jsonschema.Draft202012Validator.check_schema(schema)
print(json.dumps([error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(report)]))

"""redump.py FOLDER: reads every YAML file there and writes it again as MLflow does; prints how many there are and what came out differently."""

import os
import sys

import contents
import yaml

different = []
count = 0
for folder, _, names in os.walk(sys.argv[1]):
    for name in names:
        if not name.endswith(".yaml"):
            continue
        count += 1
        with open(os.path.join(folder, name), encoding="utf-8", newline="") as file:
            text = file.read()
        again = yaml.dump(yaml.load(text, Loader=yaml.CSafeLoader), default_flow_style=False, allow_unicode=True, sort_keys=True, Dumper=yaml.CSafeDumper)
        if again != text:
            different.append([text, again])

contents.show({"count": count, "different": different})

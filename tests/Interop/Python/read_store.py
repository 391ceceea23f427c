"""read_store.py URI: prints what MLflow finds in a store."""

import sys

import contents

contents.show(contents.read(sys.argv[1]))

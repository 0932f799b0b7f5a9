#!/usr/bin/env bash
# Encodes the NFCorpus documents with ours and with transformers.js on onnxruntime-node, part by part in turn, in f32 with the same weights.
#   benchmarks/encoding/run.sh [--corpus CORPUS_JSONL] [--documents N] [--parts N] [--threads N]
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
# The install scripts would fetch GPU libraries, which are not needed.
[ -d "$here/node_modules" ] || (cd "$here" && npm ci --ignore-scripts --no-audit --no-fund >&2)
dotnet build "$here" -c Release -v quiet --nologo >&2
exec dotnet "$here/bin/Release/net10.0/MedEmbed.Benchmarks.Encoding.dll" "$here" "$@"

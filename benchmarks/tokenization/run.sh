#!/usr/bin/env bash
# Tokenises the NFCorpus documents with ours, @anush008/tokenizers and Microsoft.ML.Tokenizers, alternating in one run.
#   benchmarks/tokenization/run.sh [bench [MODEL_FOLDER [CORPUS_JSONL]]]
#   benchmarks/tokenization/run.sh compare [COUNT [SEED [MODEL_FOLDER…]]]     ids on odd texts, against the same peer
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
[ -d "$here/node_modules" ] || (cd "$here" && npm ci --no-audit --no-fund >&2)
dotnet build "$here" -c Release -v quiet --nologo >&2
exec dotnet "$here/bin/Release/net10.0/MedEmbed.Benchmarks.Tokenization.dll" "$here" "$@"

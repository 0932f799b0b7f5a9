#!/usr/bin/env bash
# Exact search over 100,000 × 384 vectors: ours beside usearch's, in one run on this machine.
# Use: run.sh [--vectors F.npy] [--rows N] [--dimensions N] [--queries N] [--rounds N] [--output FOLDER]
set -euo pipefail
cd "$(dirname "$0")"
[ -d node_modules/usearch ] || npm ci --ignore-scripts --no-audit --no-fund >&2
exec dotnet run --configuration Release --project . -- "$@"

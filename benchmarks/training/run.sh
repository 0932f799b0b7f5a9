#!/bin/sh
# Times training steps in f32 and bf16 beside PyTorch (Debian's python3-torch, with libopenblas0-pthread, where it is installed), reads memory over 500 steps, and takes one large step
# with cached gradients; writes results.json, results.md and memory.svg beside this file. Parts: speed, memory, cached.
set -eu
cd "$(dirname "$0")"
dotnet build --configuration Release --verbosity quiet
program=bin/Release/net10.0/MedEmbed.Benchmarks.Training.dll
if [ $# -gt 0 ]; then
    exec dotnet "$program" "$@"
fi
# A process for each, so that the memory of one is not the other's.
for part in speed memory cached; do
    dotnet "$program" "$part"
done

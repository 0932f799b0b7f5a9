#!/usr/bin/env bash
# Embeds a seeded JSONL corpus of 1 GB (BYTES=… for another size) with a two-layer model and tells the most memory that was resident.
# Writes results.json and results.md beside this file; fails where the limit is exceeded. Needs Linux (/proc) and about 2 GB of disk.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$here/../.."
bytes="${BYTES:-1000000000}"
limit_mb=1500
model="${MEDEMBED_SHARED:-$root/../shared}/golden/models/mean"
if [ ! -d "$model" ]; then
    echo "error: $model is missing; set MEDEMBED_SHARED to the folder that holds golden/." >&2
    exit 1
fi
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
LC_ALL=C awk -v BYTES="$bytes" -v seed=20 -f "$here/corpus.awk" "$root/samples/medquad/corpus.jsonl" > "$work/corpus.jsonl"
documents=$(wc -l < "$work/corpus.jsonl")
size=$(wc -c < "$work/corpus.jsonl")
"$root/medembed" --version > /dev/null

started=$(date +%s%N)
"$root/medembed" embed "$work/corpus.jsonl" --model "$model" --output "$work/vectors.npy" --json > "$work/summary.json" &
process=$!
peak_kb=0
while kill -0 "$process" 2> /dev/null; do
    # The kernel keeps the peak, so that reading it seldom misses only the last half second.
    seen=$(awk '/^VmHWM/ { print $2 }' "/proc/$process/status" 2> /dev/null || true)
    peak_kb=${seen:-$peak_kb}
    sleep 0.5
done
wait "$process"
seconds=$(awk -v from="$started" -v to="$(date +%s%N)" 'BEGIN { printf "%.1f", (to - from) / 1e9 }')
tokens=$(sed -n 's/.*"tokens": *\([0-9]*\).*/\1/p' "$work/summary.json" | head -1)

cpu=$(awk -F ': ' '/^model name/ { print $2; exit }' /proc/cpuinfo)
system=$(. /etc/os-release && echo "$PRETTY_NAME")
peak_mb=$(awk -v kb="$peak_kb" 'BEGIN { printf "%.0f", kb / 1024 }')
rate=$(awk -v n="$documents" -v s="$seconds" 'BEGIN { printf "%.0f", n / s }')
cat > "$here/results.json" << JSON
{
  "machine": { "cpu": "$cpu", "processors": $(nproc), "system": "$system" },
  "corpus_bytes": $size,
  "documents": $documents,
  "tokens": ${tokens:-null},
  "seconds": $seconds,
  "documents_per_second": $rate,
  "peak_resident_mb": $peak_mb,
  "limit_mb": $limit_mb
}
JSON
cat > "$here/results.md" << MARKDOWN
# Memory of embedding a corpus
\`medembed embed\` over a JSONL corpus of $size bytes ($documents documents drawn from \`samples/medquad\` by a seeded generator), with a random model of two layers.

| | |
|---|---:|
| peak resident memory, MB (2^20 bytes; limit $limit_mb) | $peak_mb |
| seconds | $seconds |
| documents a second | $rate |

$cpu, $(nproc) processors; $system. Again: \`benchmarks/memory/run.sh\`.
MARKDOWN
cat "$here/results.md"
[ "$peak_mb" -le "$limit_mb" ]

#!/bin/sh
# From BioASQ's questions and snippets to a model, its figures before and after: mine, train, evaluate. Stopped, it goes on where it was.
set -eu
cd "$(dirname "$0")/../.."
shared=${MEDEMBED_SHARED:-../shared}
exclude='(?i)covid|coronavir|sars-cov|2019-ncov|\bMERS\b'
mkdir -p trained
[ -f trained/bioasq.triplets.jsonl ] || ./medembed mine --pairs "$shared/data/train/bioasq" --exclude "$exclude" --source dense bm25 --depth 50 \
    --negatives 8 --min-negatives 1 --teacher bge-small-en-v1.5=1 bm25=0.4 --max-length 256 --output trained/bioasq.triplets.jsonl
[ -d trained/bioasq ] || ./medembed train --config recipes/bioasq/recipe.json
for model in bge-small-en-v1.5 trained/bioasq; do
    ./medembed evaluate --model "$model" --tasks PublicHealthQA TRECCOVID --data "$shared/data/benchmarks" --output trained/results
    ./medembed evaluate --model "$model" --tasks "$shared/data/benchmarks/nfcorpus" --split dev --output trained/results
done

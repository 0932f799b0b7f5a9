#!/bin/sh
# Mines 20,000 pairs of BioASQ and PubMedQA (--queries N for fewer) with BM25 and dense candidates and tells time, memory, and how many negatives are judged positives that the miner was not told of.
# Writes results.md beside this file. Needs the folder of shared data (MEDEMBED_SHARED, by default ../shared beside the repository) or --data FOLDER,FOLDER: BEIR folders.
set -eu
cd "$(dirname "$0")"
exec dotnet run --configuration Release -- "$@"

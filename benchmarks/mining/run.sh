#!/bin/sh
# Mines 20,000 pairs of BioASQ and PubMedQA (--queries N for fewer) with BM25 and dense candidates and tells time and memory (part: run), and how many negatives are judged positives that
# the miner was not told of (part: false-negatives). Writes results.json and results.md beside this file. Needs the folder of shared data (MEDEMBED_SHARED, by default ../shared beside the
# repository) or --data FOLDER,FOLDER: BEIR folders.
set -eu
cd "$(dirname "$0")"
dotnet build --configuration Release --verbosity quiet
exec dotnet bin/Release/net10.0/MedEmbed.Benchmarks.Mining.dll "$@"

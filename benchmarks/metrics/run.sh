#!/bin/sh
# Times metric computation against Array.Sort of 20 million doubles; writes results.json and results.md beside this file.
set -eu
cd "$(dirname "$0")"
exec dotnet run --configuration Release -- "$@"

#!/bin/sh
# From pairs to MedEmbed-Small-v1 and its figures on the development sets: teachers out of NuGet packages, then the pipeline beside this file. Stopped, it goes on where it was.
# Options are those of medembed pipeline (--list, --only STEP, --set steps=50 …). Wants the folder of shared data beside the repository, or MEDEMBED_SHARED.
set -eu
cd "$(dirname "$0")/../.."
shared=${MEDEMBED_SHARED:-../shared}
[ -d trained/teachers ] || dotnet run --project recipes/medembed-small-v1/teachers --configuration Release -- trained/teachers
exec ./medembed pipeline --config recipes/medembed-small-v1/pipeline.json --set data="$shared/data" --set e5="$shared/models/e5-small-v2" "$@"

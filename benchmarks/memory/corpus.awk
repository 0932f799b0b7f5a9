# Writes BYTES of JSONL: passages of a corpus drawn by a seeded generator, each with a number of its own so that no two are alike.
# Fields are cut out of JSON text as they stand, so that escapes need no decoding.
{
    title = $0; sub(/.*"title": "/, "", title); sub(/", "text": ".*/, "", title)
    text = $0; sub(/.*", "text": "/, "", text); sub(/", "metadata": .*/, "", text)
    titles[NR] = title; texts[NR] = text
}
END {
    # Park and Miller's minimal standard generator: exact in doubles, the same in every awk.
    state = seed
    for (documents = 0; bytes < BYTES; documents++) {
        state = (state * 16807) % 2147483647
        first = 1 + state % NR
        state = (state * 16807) % 2147483647
        second = 1 + state % NR

        # A quarter of the documents are two passages long, a quarter a title alone.
        body = documents % 4 == 0 ? texts[first] " " texts[second] : documents % 4 == 1 ? titles[second] : texts[first]
        line = "{\"_id\": \"d" documents "\", \"title\": \"" titles[first] "\", \"text\": \"" documents " " body "\"}"
        print line
        bytes += length(line) + 1
    }
}

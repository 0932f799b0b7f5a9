// The Hugging Face tokenizers build, driven over pipes: a JSON request a line in, a JSON answer a line out.
//   {"tokenizer": path of tokenizer.json}      loads it
//   {"documents": path of a JSON list}         loads texts
//   {"time": "encode"|"encodeBatch"}           tokenises all; answers seconds with and without reading the ids, and the number of ids
//   {"ids": true}                              answers every text's ids
//   {"text", "pair"?, "max_length"?}           answers one text's or pair's ids and type ids
import { createInterface } from 'node:readline';
import { readFileSync } from 'node:fs';
import tokenizers from '@anush008/tokenizers';

let tokenizer, documents, truncation;

const timed = {
  async encode() {
    let encodings = new Array(documents.length);
    for (let i = 0; i < documents.length; i++) encodings[i] = await tokenizer.encode(documents[i]);
    return encodings;
  },
  encodeBatch: () => tokenizer.encodeBatch(documents),
};

async function answer(request) {
  if (request.tokenizer) {
    tokenizer = tokenizers.Tokenizer.fromFile(request.tokenizer);
    tokenizer.disableTruncation();
    tokenizer.disablePadding();
    truncation = null;
    return {};
  }
  if (request.documents) {
    documents = JSON.parse(readFileSync(request.documents, 'utf8'));
    return {};
  }
  if (request.time) {
    globalThis.gc?.();
    const start = process.hrtime.bigint();
    const encodings = await timed[request.time]();
    const encoded = process.hrtime.bigint();
    let tokens = 0;
    for (const encoding of encodings) tokens += encoding.getIds().length;
    const read = process.hrtime.bigint();
    return { encode_seconds: Number(encoded - start) / 1e9, seconds: Number(read - start) / 1e9, tokens };
  }
  if (request.ids) return { ids: (await tokenizer.encodeBatch(documents)).map(encoding => encoding.getIds()) };
  if (request.max_length !== truncation) {
    truncation = request.max_length;
    if (truncation === null) tokenizer.disableTruncation();
    else tokenizer.setTruncation(truncation);
  }
  const encoding = await tokenizer.encode(request.text, request.pair);
  return { ids: encoding.getIds(), type_ids: encoding.getTypeIds() };
}

for await (const line of createInterface({ input: process.stdin })) {
  try {
    console.log(JSON.stringify(await answer(JSON.parse(line))));
  } catch (error) {
    console.log(JSON.stringify({ error: String(error) }));
  }
}

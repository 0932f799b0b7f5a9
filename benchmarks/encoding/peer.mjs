// Encodes texts with transformers.js on onnxruntime-node. One JSON request a line on standard input, one answer a line on standard output:
//   {"texts": [...], "batch": 8} -> {"seconds": 1.2, "vectors": [[...], ...]}   (the first vectors only, for the comparison)
import { createInterface } from 'node:readline';
import { dirname, basename } from 'node:path';
import { env, pipeline } from '@huggingface/transformers';

const [folder, threads] = process.argv.slice(2);
env.allowRemoteModels = false;
env.localModelPath = dirname(folder) + '/';
const encode = await pipeline('feature-extraction', basename(folder), {
  dtype: 'fp32',
  use_external_data_format: true,
  session_options: { intraOpNumThreads: Number(threads), interOpNumThreads: 1 },
});

async function run({ texts, batch }) {
  const vectors = [];
  const start = process.hrtime.bigint();
  for (let i = 0; i < texts.length; i += batch) {
    const output = await encode(texts.slice(i, i + batch), { pooling: 'cls', normalize: true });
    if (vectors.length < 4)
      vectors.push(...output.tolist());
    output.dispose?.();
  }
  return { seconds: Number(process.hrtime.bigint() - start) / 1e9, vectors: vectors.slice(0, 4) };
}

console.log(JSON.stringify({ ready: true }));
for await (const line of createInterface({ input: process.stdin }))
  console.log(JSON.stringify(await run(JSON.parse(line))));

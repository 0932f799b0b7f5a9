// usearch's exact search over the vectors of a file, driven over standard input: a JSON request a line, a JSON answer a line.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { exactSearch, MetricKind } from "usearch";

const [rowsFile, queriesFile, dimensionsText] = process.argv.slice(2);
const dimensions = Number(dimensionsText);
const floats = (file) => {
  const bytes = readFileSync(file);
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
};
const rows = floats(rowsFile);
const queries = floats(queriesFile);
const { version } = JSON.parse(readFileSync(new URL("node_modules/usearch/package.json", import.meta.url)));
console.log(JSON.stringify({ version, node: process.version }));

for await (const line of createInterface({ input: process.stdin })) {
  const { count, batch, top, threads, hits } = JSON.parse(line);
  // Copies, made outside the time taken: the addon reads from the start of the buffer, whatever the view on it.
  const groups = [];
  for (let first = 0; first < count; first += batch)
    groups.push(queries.slice(first * dimensions, Math.min(first + batch, count) * dimensions));
  const found = [];
  const start = process.hrtime.bigint();
  for (const group of groups)
    found.push(exactSearch(rows, group, dimensions, top, MetricKind.IP, threads));
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const keys = hits ? found.flatMap((matches) => Array.from(matches.keys, Number)) : [];
  console.log(JSON.stringify({ seconds, keys }));
}

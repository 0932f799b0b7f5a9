// Asks the Hugging Face tokenizers build what it does with every code point, and prints the table that
// src/MedEmbed/Tokenization/Unicode/unicode.txt holds. The library mixes Unicode versions (categories of 8.0,
// decompositions of 12, letter case and word characters of its Rust toolchain), so no one Unicode file says this.
//
//   node unicode-tables.mjs > ../../src/MedEmbed/Tokenization/Unicode/unicode.txt
import tokenizers from '@anush008/tokenizers';

const off = { cleanText: false, handleChineseChars: false, stripAccents: false, lowercase: false };
const clean = tokenizers.bertNormalizer({ ...off, cleanText: true });
const strip = tokenizers.bertNormalizer({ ...off, stripAccents: true });
const lower = tokenizers.bertNormalizer({ ...off, lowercase: true });
const chinese = tokenizers.bertNormalizer({ ...off, handleChineseChars: true });
const nfd = tokenizers.nfdNormalizer();
const split = tokenizers.bertPreTokenizer();

const hex = codePoint => codePoint.toString(16).toUpperCase().padStart(4, '0');
const points = text => [...text].map(c => c.codePointAt(0));
const scalars = function* () {
  for (let c = 0; c < 0x110000; c++)
    if (c < 0xD800 || c > 0xDFFF) yield c;
};

const sets = { other: [], space: [], punctuation: [], mark: [], chinese: [], word: [] };
const lowerCase = [], decomposition = [], combining = [];
const wordTokenizer = await singleWordTokenizer();
for (const c of scalars()) {
  const text = String.fromCodePoint(c);
  const cleaned = clean.normalizeString(text);
  if (cleaned === '') sets.other.push(c);
  const pieces = split.preTokenizeString(`a${text}b`).length;
  if (pieces === 2) sets.space.push(c);
  if (pieces === 3) sets.punctuation.push(c);
  if (chinese.normalizeString(text) !== text) sets.chinese.push(c);
  const decomposed = nfd.normalizeString(text);
  if (strip.normalizeString(text) === '') sets.mark.push(c);
  if (decomposed !== text && !(c >= 0xAC00 && c <= 0xD7A3)) decomposition.push([c, points(decomposed)]);
  const lowered = lower.normalizeString(text);
  if (lowered !== text) lowerCase.push([c, points(lowered)]);
  // Two marks of known combining class (1 and 240) tell a starter, which never moves, from a mark, which does.
  if (decomposed === text &&
    (nfd.normalizeString(`a${text}\u0334`) !== `a${text}\u0334` || nfd.normalizeString(`a\u0345${text}`) !== `a\u0345${text}`))
    combining.push(c);
  if ((await wordTokenizer.encode(`${text}qq`)).getLength() === 1) sets.word.push(c);
}

console.log('# What Hugging Face tokenizers does with each code point. Written by benchmarks/tokenization/unicode-tables.mjs; do not edit.');
console.log('# SET first[-last] | lower first[-last] target… (a range maps to consecutive targets) | order RANK mark… | nfd code-point target…');
for (const [name, members] of Object.entries(sets))
  for (const [first, last] of ranges(members)) console.log(`${name} ${span(first, last)}`);
for (const [first, last, target] of mappedRanges(lowerCase)) console.log(`lower ${span(first, last)} ${target.map(hex).join(' ')}`);
combiningOrder(combining).forEach((marks, rank) => {
  for (const [first, last] of ranges(marks)) console.log(`order ${rank + 1} ${span(first, last)}`);
});
for (const [c, target] of decomposition) console.log(`nfd ${hex(c)} ${target.map(hex).join(' ')}`);

function span(first, last) {
  return first === last ? hex(first) : `${hex(first)}-${hex(last)}`;
}

function ranges(sorted) {
  const result = [];
  for (const c of sorted) {
    const open = result.at(-1);
    if (open && open[1] === c - 1) open[1] = c;
    else result.push([c, c]);
  }
  return result;
}

function mappedRanges(pairs) {
  const result = [];
  for (const [c, target] of pairs) {
    const open = result.at(-1);
    if (open && target.length === 1 && open[2].length === 1 && open[1] === c - 1 && open[2][0] + c - open[0] === target[0]) open[1] = c;
    else result.push([c, c, target]);
  }
  return result;
}

// Groups marks by combining class, lowest first: of two classes the higher moves behind the lower.
function combiningOrder(marks) {
  const movesBehind = (a, b) => {
    const text = 'a' + String.fromCodePoint(a, b);
    return nfd.normalizeString(text) !== text;
  };
  const groups = [];
  for (const mark of marks) {
    let low = 0, high = groups.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (movesBehind(mark, groups[middle][0])) low = middle + 1;
      else high = middle;
    }
    if (low < groups.length && !movesBehind(groups[low][0], mark)) groups[low].push(mark);
    else groups.splice(low, 0, [mark]);
  }
  return groups;
}

// Knows one word, `qq`, found only where no word character stands before it.
async function singleWordTokenizer() {
  const model = tokenizers.WordPiece.init({ '[UNK]': 0, 'qq': 1 }, {});
  const tokenizer = new tokenizers.Tokenizer(model);
  tokenizer.addAddedTokens([new tokenizers.AddedToken('qq', false, { singleWord: true, normalized: false })]);
  return tokenizer;
}

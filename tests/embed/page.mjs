// Scores what a list names with the engine for web pages, as the program would:
//   node page.mjs ENGINE.js MODULE.wasm LIST FORMAT
// A line of LIST is a word and a file: template FILE, return FILE, incomplete FILE. FORMAT is
// ndjson, text or html, and what is written is what `caseaudit score --format FORMAT` writes of
// the returns (html: page after page).
import { readFileSync, writeFileSync } from 'node:fs';
import vm from 'node:vm';

const [script, wasm, list, format] = process.argv.slice(2);
const open = vm.runInThisContext(`${readFileSync(script, 'utf8')}; openEngine`);
const module = new WebAssembly.Module(readFileSync(wasm));
const imports = WebAssembly.Module.imports(module);
if (imports.length > 0) throw new Error(`the module asks for ${JSON.stringify(imports)}`);

/* By the handful, as the program writes. */
const HANDFUL = 65536;
let held = '';
function write(text) {
  held += text;
  if (held.length > HANDFUL) flush();
}

function flush() {
  writeFileSync(1, held);
  held = '';
}

const engine = open(module);
for (const line of readFileSync(list, 'utf8').trim().split('\n')) {
  const [, word, file] = line.match(/^(\S+) (.*)$/);
  const bytes = readFileSync(file);
  if (word === 'template') {
    engine.addTemplate(file, bytes);
    continue;
  }
  const options = { allowIncomplete: word === 'incomplete' };
  if (format === 'ndjson') write(`${engine.score(file, bytes, options)}\n`);
  if (format === 'text') write(engine.explanation(file, bytes, options));
  if (format === 'html') write(engine.page(file, bytes, options));
}
flush();

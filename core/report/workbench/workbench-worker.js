
/*
 * The engine of the workbench, beside the page, so that the page stays alive while it works.
 * It is told what there is (files), and tells what became of it.
 */

const AT_A_TIME = 25; /* files that are read together, and results that are told together */
const HEAD = 65536; /* bytes in which a document says what it is */
const LARGEST = 1 << 22; /* no document may be larger */
const KEPT = 1 << 26; /* bytes of returns that are kept from reading to scoring */

let engine = null;
let trial = null; /* { engine, id, version }: what if the template were another */
let working = false;
const templates = new Map(); /* bytes by name */
const returns = new Map(); /* by key: { name, file, bytes: those that were read, or null } */
let kept = 0;
let changed = false; /* templates have come, and are not loaded */
let passed = 0; /* files that are neither */
const waiting = new Set(); /* keys of those that are to be scored */

/* Reading may take as long as it takes. */
async function bytesOf(file) {
  rest();
  return new Uint8Array(await file.arrayBuffer());
}

/* ---- what a file is ---- */

function kindOf(name, bytes) {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, HEAD)).replaceAll('\0', '');
  if (head.includes('urn:caseaudit:template:1')) return 'template';
  return head.includes('urn:caseaudit:return:1') || /\.xml$/i.test(name) ? 'return' : 'other';
}

/* What the root element of a template says of itself, for lists; the engine reads it anew. */
function rootOf(text) {
  const root = /<(?:[\w.-]+:)?template\b[^>]*>/.exec(text)?.[0] ?? '';
  const of = (name) => new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`).exec(root)?.[1] ?? '';
  return { id: of('id'), version: of('version') };
}

/* bytes: null of a file that is too large, or could not be read. */
function take(name, file, bytes) {
  const kind = bytes === null ? kindOf(name, new Uint8Array()) : kindOf(name, bytes);
  if (kind === 'template') templates.set(name, bytes);
  if (kind === 'return') enter(name, file, bytes);
  return kind;
}

/* In the place of the one of its name. */
function enter(name, file, bytes) {
  const fits = bytes !== null && kept + bytes.length <= KEPT;
  kept += (fits ? bytes.length : 0) - (returns.get(name)?.bytes?.length ?? 0);
  returns.set(name, { name, file, bytes: fits ? bytes : null });
  waiting.add(name);
}

/* ---- templates ---- */

/* Where the page is. */
function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, '0')).join('-');
}

async function loadTemplates() {
  const module = await compiled;
  engine = openEngine(module);
  const told = [];
  for (const [name, bytes] of templates) {
    const answer = guarded('template', name, () => engine.addTemplate(name, bytes));
    const text = new TextDecoder().decode(bytes);
    told.push({ name, text, ...rootOf(text), good: answer?.good ?? false,
      message: answer?.message ?? `${name}:1:1: error: the engine had to stop over this template` });
  }
  postMessage({ kind: 'templates', templates: told });
}

/* ---- returns ---- */

/* The return as it would be if it answered the other version. */
function answering(bytes, version) {
  const text = new TextDecoder().decode(bytes);
  return new TextEncoder().encode(text.replace(/(\stemplate-version\s*=\s*)(["'])[^"']*\2/,
    (all, before, quote) => `${before}${quote}${version}${quote}`));
}

async function scoreOne(key) {
  const { name } = returns.get(key);
  let bytes;
  try {
    bytes = await takeBytes(returns.get(key));
  } catch {
    return { key, name, line: null, why: 'the file cannot be read any more' };
  }
  const scored = guarded('return', name, () => engine.scoreSaying(name, bytes, today()));
  if (scored === null) return { key, name, line: null, why: 'the engine had to stop over this document' };
  const { line, said } = scored;
  const result = inShort(line);
  if (trial === null || result.template !== trial.id) return { key, name, line, result, said };
  const other = guarded('return', name, () => trial.engine.score(name, answering(bytes, trial.version)));
  return { key, name, line, result, said, trial: other === null ? null : inShort(other) };
}

/* What lists show of a result: the page need not take the whole of it apart. */
function inShort(line) {
  const { sections, standards, agencies, limits, measures, warnings, attributes, ...rest } =
    JSON.parse(line);
  return rest;
}

/* As they were read, or read anew. */
async function takeBytes(entry) {
  if (entry.bytes === null) return bytesOf(entry.file);
  const { bytes } = entry;
  kept -= bytes.length;
  entry.bytes = null;
  return bytes;
}

/* One after the other, until none waits; what comes meanwhile waits with the others. */
async function work() {
  if (working) return;
  working = true;
  let batch = [];
  let done = 0;
  const tell = () => {
    postMessage({ kind: 'results', results: batch, done, of: done + waiting.size });
    batch = [];
  };
  for (let [key] = waiting; key !== undefined; [key] = waiting) {
    waiting.delete(key);
    batch.push(await scoreOne(key));
    done += 1;
    if (batch.length < AT_A_TIME || waiting.size === 0) continue;
    tell();
    await breath();
  }
  working = false;
  tell();
  rest();
}

/* For what the page asks meanwhile; a timer would wait longer. */
const channel = new MessageChannel();
function breath() {
  return new Promise((resolve) => {
    channel.port1.onmessage = resolve;
    channel.port2.postMessage(null);
  });
}

function waitForAll() {
  for (const key of returns.keys()) waiting.add(key);
}

/* ---- summaries ---- */

async function summary(keys, { template, periods, compare, by }) {
  const summing = openSumming(await compiled);
  const each = (work) => guarded('sum', '', work);
  for (const [name, bytes] of templates) each(() => summing.addTemplate(name, bytes));
  for (const key of keys) {
    const bytes = await bytesOf(returns.get(key).file);
    each(() => summing.add(key, bytes));
  }
  return each(() => summing.html(template, periods, compare, by));
}

/* ---- what the page asks ---- */

inTurn({
  /* files: name and file; more: others follow. A new template has all returns scored anew. */
  async add({ files, more }) {
    const read = await Promise.allSettled(files.map(({ file }) => (
      file.size > LARGEST ? Promise.reject() : bytesOf(file))));
    for (const [i, { name, file }] of files.entries()) {
      const kind = take(name, file, read[i].value ?? null);
      passed += kind === 'other';
      changed ||= kind === 'template';
    }
    if (more) return;
    if (changed) waitForAll();
    if (changed || engine === null) await loadTemplates();
    changed = false;
    postMessage({ kind: 'passed', count: passed });
    work();
  },

  async trial({ file }) {
    const bytes = await bytesOf(file);
    const other = openEngine(await compiled);
    const answer = guarded('trial', file.name, () => other.addTemplate(file.name, bytes));
    if (!answer?.good) {
      postMessage({ kind: 'trial', message: answer?.message ?? 'the engine had to stop over it' });
      return;
    }
    trial = { engine: other, ...rootOf(new TextDecoder().decode(bytes)) };
    postMessage({ kind: 'trial', message: '', id: trial.id, version: trial.version });
    waitForAll();
    work();
  },

  /* keys: of the returns that count. */
  async sum({ keys, ...question }) {
    const page = await summary(keys, question).catch((fault) => {
      if (!(fault instanceof WebAssembly.RuntimeError)) throw fault;
      return '!the engine had to stop over these returns: they may be too many for a page';
    });
    postMessage({ kind: 'sum', page });
  },

  async text({ key, line }) {
    const bytes = await bytesOf(returns.get(key).file).catch(() => null);
    postMessage({ kind: 'text', key, line, bytes });
  },

  /* Whatever it was made into, it is taken for the return that it was. */
  correct({ key, file }) {
    enter(key, file, null);
    work();
  },

  async open({ key }) {
    const { name, file } = returns.get(key);
    const bytes = await bytesOf(file);
    const page = guarded('page', key, () => engine.page(name, bytes));
    postMessage({ kind: 'page', key, page });
  },
}, () => working);


/*
 * The engine of the workbench, beside the page, so that the page stays alive while it works.
 * It is told what there is (files), and tells what became of it.
 */

const AT_A_TIME = 25; /* results that are told together */
const HEAD = 65536; /* bytes in which a document says what it is */

let compiled; /* a promise of the module */
let engine = null;
let trial = null; /* { engine, id, version }: what if the template were another */
let working = false;
const templates = new Map(); /* bytes by name */
const returns = new Map(); /* files by key */
const waiting = new Set(); /* keys of those that are to be scored */

const bytesOf = async (file) => new Uint8Array(await file.arrayBuffer());

function guarded(work) {
  try {
    return work();
  } catch (fault) {
    if (!(fault instanceof EngineStopped)) throw fault;
    return null;
  }
}

/* ---- what a file is ---- */

async function headOf(file) {
  const text = new TextDecoder('latin1').decode(await file.slice(0, HEAD).arrayBuffer());
  return text.replaceAll('\0', '');
}

function kindOf(name, head) {
  if (head.includes('urn:caseaudit:template:1')) return 'template';
  return head.includes('urn:caseaudit:return:1') || /\.xml$/i.test(name) ? 'return' : 'other';
}

/* What the root element of a template says of itself, for lists; the engine reads it anew. */
function rootOf(text) {
  const root = /<(?:[\w.-]+:)?template\b[^>]*>/.exec(text)?.[0] ?? '';
  const of = (name) => new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`).exec(root)?.[1] ?? '';
  return { id: of('id'), version: of('version') };
}

/* ---- templates ---- */

async function loadTemplates() {
  const module = await compiled;
  engine = openEngine(module);
  const told = [];
  for (const [name, bytes] of templates) {
    const answer = guarded(() => engine.addTemplate(name, bytes));
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
  const { name, file } = returns.get(key);
  let bytes;
  try {
    bytes = await bytesOf(file);
  } catch {
    return { key, name, line: null, why: 'the file cannot be read any more' };
  }
  const line = guarded(() => engine.score(name, bytes));
  if (line === null) return { key, name, line, why: 'the engine had to stop over this document' };
  if (trial === null || JSON.parse(line).template !== trial.id) return { key, name, line };
  return { key, name, line,
    other: guarded(() => trial.engine.score(name, answering(bytes, trial.version))) };
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
    if (batch.length === AT_A_TIME && waiting.size > 0) tell();
  }
  working = false;
  tell();
}

function waitForAll() {
  for (const key of returns.keys()) waiting.add(key);
}

/* ---- what the page asks ---- */

const asked = {
  start({ packed }) {
    compiled = unpackEngine(packed);
    return compiled;
  },

  /* files: name and file. A new template has all returns scored anew. */
  async add({ files }) {
    let passed = 0;
    let changed = false;
    for (const { name, file } of files) {
      const kind = kindOf(name, await headOf(file));
      if (kind === 'other') passed += 1;
      if (kind === 'return') {
        returns.set(name, { name, file });
        waiting.add(name);
      }
      if (kind === 'template') {
        templates.set(name, await bytesOf(file));
        changed = true;
      }
    }
    if (changed || engine === null) await loadTemplates();
    if (passed > 0) postMessage({ kind: 'passed', count: passed });
    if (changed) waitForAll();
    await work();
  },

  async trial({ file }) {
    const bytes = await bytesOf(file);
    const other = openEngine(await compiled);
    const answer = guarded(() => other.addTemplate(file.name, bytes));
    if (!answer?.good) {
      postMessage({ kind: 'trial', message: answer?.message ?? 'the engine had to stop over it' });
      return;
    }
    trial = { engine: other, ...rootOf(new TextDecoder().decode(bytes)) };
    postMessage({ kind: 'trial', message: '', id: trial.id, version: trial.version });
    waitForAll();
    await work();
  },

  async open({ key }) {
    const { name, file } = returns.get(key);
    const bytes = await bytesOf(file);
    const page = guarded(() => engine.page(name, bytes));
    postMessage({ kind: 'page', key, page });
  },
};

onmessage = async ({ data }) => {
  try {
    await asked[data.kind](data);
  } catch (fault) {
    postMessage({ kind: 'failed', message: String(fault?.message ?? fault) });
  }
};


/* Results as lists show them: faults, marks, grades in words, and returns that claim one id. */

const NO_END = 'the engine did not come to an end over this document';

/* Of returns that claim one id and are not the same, none counts. */
class Claims {
  constructor() {
    this.byId = new Map(); /* items by key, of each id */
  }

  /* before: what was known of the same file, or undefined. */
  change(before, item) {
    const [old, now] = [before?.result?.return, item.result?.return];
    if (old) this.byId.get(old).delete(item.key);
    if (now) {
      if (!this.byId.has(now)) this.byId.set(now, new Map());
      this.byId.get(now).set(item.key, item);
    }
    for (const id of new Set([old, now])) if (id) this.settle(id);
  }

  settle(id) {
    const claimants = [...this.byId.get(id).values()];
    const texts = new Set(claimants.length < 2 ? []
      : claimants.map(({ name, line }) => line.replace(JSON.stringify(name), '')));
    for (const item of claimants)
      item.contested = texts.size < 2 ? undefined
        : `return id '${id}' is claimed by ${claimants.map((i) => i.name).join(' and ')}: none of them is scored`;
  }
}

/* What the program says of it on standard error. */
function faultsOf({ key, name, why, result, said, contested }) {
  const fault = (line, message, kind = 'error') => ({ file: name, key, line, kind, message });
  if (result === null) return [fault(null, why)];
  return [...said.map(({ line, message, kind }) => fault(line, forPages(message), kind)),
    ...(contested === undefined ? [] : [fault(1, contested)])];
}

function isFault({ kind }) {
  return kind === 'error';
}

function faultsFirst(a, b) {
  return isFault(b) - isFault(a);
}

/* "1 fault, 2 warnings"; '' for none. */
function countFaults(all) {
  const faults = all.filter(isFault).length;
  return [[faults, 'fault'], [all.length - faults, 'warning']].filter(([n]) => n > 0)
    .map(([n, what]) => count(n, what)).join(', ');
}

function marksOf({ score, out_of: outOf }) {
  return score === null ? null : `${score.toFixed(2)} of ${outOf}`;
}

/* The engine speaks to who gives commands; on a page there are none. */
function forPages(message) {
  return message.replace('give its file with --template, or load it into the store',
    'drop its file on this page');
}

/* Of the template's own list, by id. */
function gradeLabels(text) {
  const doc = new DOMParser().parseFromString(text, 'application/xml');
  return new Map([...doc.querySelectorAll('scale > grade')]
    .map((e) => [e.getAttribute('id'), e.getAttribute('label') ?? e.getAttribute('id')]));
}

function faultsOfTemplate({ name, message }) {
  return message === '' ? [] : message.split('\n').map((line) => {
    const [, place, kind, words] = /^:(\d+):\d+: (error|warning): (.*)$/s.exec(line.slice(name.length)) ??
      [null, null, 'error', line];
    return { file: name, line: place === null ? null : Number(place), kind, message: words };
  });
}

function count(n, what) {
  return `${n} ${what}${n === 1 ? '' : 's'}`;
}

/* "good 12, inadequate 3" */
function tally(words) {
  const counts = new Map();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).map(([word, n]) => `${word} ${n}`).join(', ');
}

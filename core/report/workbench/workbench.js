
/* The workbench: what the worker tells, as lists of faults and grades, and one audit's report. */

const HANDFUL = 25;

class Workbench {
  constructor() {
    this.items = new Map(); /* by file, as the worker tells them: { name, line, why, result, trial } */
    this.templates = [];
    this.labels = new Map(); /* of grades, by template and version */
    this.passed = 0;
    this.sum = new Sum(this);
    this.editor = new Editor(this);
    this.trial = null; /* the other version, if one is tried */
    this.faults = new List(byId('faults-list'), 'Faults, with their place; the name of a return opens its text', [
      { name: 'File', value: (f) => f.file, cell: (f) => this.corrector(f) },
      { name: 'Line', value: (f) => f.line },
      { name: 'What is wrong', value: (f) => f.message },
    ]);
    this.grades = new List(byId('grades-list'), 'Returns that were scored', [
      { name: 'Return', value: (i) => i.result.return, cell: (i) => this.opener(i) },
      { name: 'Case', value: (i) => i.result.case },
      { name: 'Date', value: (i) => i.result.date },
      { name: 'Template', value: (i) => `${i.result.template} ${i.result.template_version}` },
      { name: 'Grade', value: (i) => this.label(i.result) },
      { name: 'Score', value: (i) => i.result.score,
        cell: (i) => marksOf(i.result) },
      { name: 'Alerts', value: (i) => i.result.alerts.map((a) => a.id).join(', ') || null },
      { name: 'What if', value: (i) => (i.trial ? this.label(i.trial, i.result) : null) },
    ]);
  }

  start() {
    const code = byId('worker').textContent;
    const url = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
    this.worker = new Worker(url);
    this.worker.onmessage = ({ data }) => this.told[data.kind].call(this, data);
    this.worker.onerror = (event) => this.failed(event.message);
    this.worker.postMessage({ kind: 'start', packed: byId('engine').textContent });
    const given = JSON.parse(byId('given').textContent);
    this.add(given.map(({ name, bytes }) => ({ name, file: new File([bytesOfBase64(bytes)], name) })));
  }

  failed(message) {
    this.say(`This browser cannot run the engine: ${message ?? 'it has no WebAssembly'}.`);
    byId('bar').hidden = true;
  }

  /* Handed over so many at a time: to hand over a file takes a moment. */
  async add(files) {
    if (files.some(({ name }) => name === this.editor.key)) this.editor.touch();
    if (files.length > 0) this.say(`Reading ${count(files.length, 'file')}.`, false);
    for (let i = 0; i === 0 || i < files.length; i += HANDFUL) {
      this.worker.postMessage({ kind: 'add', files: files.slice(i, i + HANDFUL),
        more: i + HANDFUL < files.length });
      await new Promise((resolve) => { setTimeout(resolve); });
    }
  }

  /* What stands there is said, too, where it is worth an interruption. */
  say(words, aloud = true) {
    byId('state').textContent = words;
    if (aloud) byId('spoken').textContent = words;
  }

  /* ---- what the worker tells ---- */

  told = {
    templates({ templates }) {
      this.templates = templates;
      this.labels = new Map(templates.map((t) => [`${t.id} ${t.version}`, gradeLabels(t.text)]));
      this.showTemplates();
    },

    passed({ count: files }) {
      this.passed = files;
    },

    results({ results, done, of }) {
      for (const r of results) this.items.set(r.key, { trial: null, result: null, ...r });
      const busy = done < of;
      Object.assign(byId('bar'), { max: Math.max(of, 1), value: done, hidden: !busy });
      if (busy) this.say(`Scored ${done} of ${of}.`, false);
      if (!busy || done % 250 < results.length) this.show();
      if (!busy) this.say(this.summary());
      if (!busy) this.editor.tell();
    },

    trial({ message, id, version }) {
      byId('trial-said').replaceChildren(message === ''
        ? h('p', { id: 'trial-counts' }, `By ${id}, version ${version}.`)
        : h('pre', { class: 'pre' }, message));
      this.trial = message === '' ? { id, version } : null;
    },

    sum({ page }) {
      this.sum.show(page);
    },

    text({ key, line, bytes }) {
      this.editor.open(key, line, bytes);
    },

    page({ key, page }) {
      this.showReport(this.items.get(key), page);
    },

    failed({ message }) {
      this.failed(message);
    },
  };

  summary() {
    const bad = this.templates.filter((t) => !t.good).length;
    const scored = this.scored.length;
    return [this.templates.length === 0 ? 'No template yet: drop or choose one.' : '',
      bad > 0 ? `${count(bad, 'template')} refused.` : '',
      this.items.size > 0 ? `${count(scored, 'return')} scored, ${this.items.size - scored} refused.`
        : this.templates.length > bad ? 'Ready for returns.' : '',
      this.passed > 0 ? `${count(this.passed, 'file')} passed over: neither templates nor returns.` : '',
    ].filter((x) => x !== '').join(' ');
  }

  /* What a grade is called in the template of the return. */
  label({ status, grade, template, template_version: version }, before = null) {
    if (status === 'rejected') return 'refused';
    if (grade === null) return before === null ? null : 'no grade';
    const of = before ?? { template, template_version: version };
    return this.labels.get(`${of.template} ${of.template_version}`)?.get(grade) ?? grade;
  }

  /* ---- what is shown ---- */

  get scored() {
    return [...this.items.values()].filter((i) => i.result !== null && i.result.status !== 'rejected' &&
      i.contested === undefined);
  }

  showTemplates() {
    byId('templates').replaceChildren(...(this.templates.length === 0 ? [] : [
      h('h3', {}, 'Templates'), h('ul', {}, this.templates.map((t) => h('li', {},
        `${t.id} ${t.version} (${t.name})`, t.good ? '' : ': refused')))]));
  }

  show() {
    findContested(this.items);
    const faults = [...this.templates.flatMap(faultsOfTemplate), ...[...this.items.values()].flatMap(faultsOf)];
    const { scored } = this;
    byId('faults').hidden = faults.length === 0;
    byId('ways').hidden = faults.length + scored.length === 0;
    byId('to-faults').textContent = count(faults.length, 'fault');
    byId('to-grades').textContent = count(scored.length, 'grade');
    byId('to-faults').hidden = faults.length === 0;
    byId('to-grades').hidden = scored.length === 0;
    this.faults.show(faults);
    this.sum.offer(scored);
    for (const id of ['grades', 'sum', 'trial']) byId(id).hidden = scored.length === 0;
    this.choices('of-template', 'All', scored.map((i) => i.result.template));
    this.choices('of-grade', 'All', scored.map((i) => this.label(i.result) ?? 'No grade'));
    this.filter();
    byId('grades-list').classList.toggle('tried', this.trial !== null);
    if (this.trial) this.showTrial();
  }

  /* The choices of a filter; what is chosen stays. */
  choices(id, all, values) {
    const select = byId(id);
    const now = select.value;
    select.replaceChildren(h('option', { value: '' }, all), ...[...new Set(values)].sort()
      .map((value) => h('option', { value, selected: value === now }, value)));
  }

  filter() {
    const words = byId('search').value.trim().toLowerCase();
    const [template, grade] = ['of-template', 'of-grade'].map((id) => byId(id).value);
    this.listed = this.scored.filter(({ name, result: r }) =>
      (template === '' || r.template === template) && (grade === '' || (this.label(r) ?? 'No grade') === grade) &&
      (words === '' || [name, r.return, r.case, this.label(r), r.date, ...r.alerts.map((a) => a.id)]
        .some((text) => String(text ?? '').toLowerCase().includes(words))));
    byId('counts').textContent = `${count(this.listed.length, 'return')} of ${this.scored.length}. ` +
      `${tally(this.listed.map((i) => this.label(i.result) ?? 'No grade'))}.`;
    this.grades.show(this.listed);
  }

  showTrial() {
    const tried = this.scored.filter((i) => i.trial);
    const lost = tried.filter((i) => i.trial.status === 'rejected');
    const changed = tried.filter((i) => i.trial.status !== 'rejected' && i.trial.grade !== i.result.grade);
    byId('trial-said').replaceChildren(h('p', {}, `By ${this.trial.id}, version ${this.trial.version}: ` +
      `${count(tried.length, 'return')} scored again, ${changed.length} with another grade, ` +
      `${lost.length} refused. The list of grades shows both.`),
    ...[changed.length > 0 ? h('p', {}, tally(changed.map(
      (i) => `from ${this.label(i.result) ?? 'no grade'} to ${this.label(i.trial, i.result)}:`))) : null,
    lost.length > 0 ? h('p', {}, `Refused, to begin with: ${lost[0].trial.errors[0].message}`) : null]
      .filter((x) => x !== null));
  }

  /* ---- one audit ---- */

  opener(item) {
    return h('button', {
      type: 'button', class: 'plain',
      onclick: () => this.worker.postMessage({ kind: 'open', key: item.key }),
    }, item.result.return);
  }

  /* Of templates nothing is corrected here. */
  corrector({ file, key, line }) {
    return key === undefined ? file : h('button', {
      type: 'button', class: 'plain', onclick: () => this.editor.ask(key, line),
    }, file);
  }

  /* The program's page of it, of which the part that tells of the audit goes in here. */
  showReport(item, page) {
    byId('audit').hidden = false;
    this.open = { item, page };
    const article = page === null ? null : new DOMParser().parseFromString(
      page.slice(page.indexOf('<article>'), page.lastIndexOf('</article>')), 'text/html')
      .querySelector('article');
    byId('report').replaceChildren(article ?? h('p', {}, 'The engine had to stop over this document.'));
    const title = byId('report').querySelector('h2');
    title?.setAttribute('tabindex', '-1');
    title?.focus();
    title?.scrollIntoView();
  }
}

/* ---- results ---- */

/* Of returns that claim one id and are not the same, none counts. */
function findContested(items) {
  const claims = new Map();
  for (const item of items.values()) {
    item.contested = undefined;
    const id = item.result?.return;
    if (!id) continue;
    if (claims.has(id)) claims.get(id).push(item);
    else claims.set(id, [item]);
  }
  for (const [id, claimants] of claims) {
    const texts = new Set(claimants.map(({ name, line }) => line.replace(JSON.stringify(name), '')));
    if (texts.size < 2) continue;
    for (const item of claimants)
      item.contested = `return id '${id}' is claimed by ${claimants.map((i) => i.name).join(' and ')}: ` +
        'none of them is scored';
  }
}

function faultsOf({ key, name, why, result, contested }) {
  if (result === null) return [{ file: name, key, line: null, message: why }];
  const told = result.errors ?? [];
  return [...told.map((e) => ({ file: name, key, line: e.line, message: forPages(e.message) })),
    ...(contested === undefined ? [] : [{ file: name, key, line: 1, message: contested }])];
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
    const [, place, words] = /^:(\d+):\d+: (?:error|warning): (.*)$/s.exec(line.slice(name.length)) ??
      [null, null, line];
    return { file: name, line: place === null ? null : Number(place), message: words };
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

/* ---- start ---- */

function wire(bench) {
  const on = (id, event, act) => byId(id).addEventListener(event, act);
  for (const [button, input] of [['choose', 'files'], ['choose-folder', 'folder'],
    ['choose-trial', 'trial-file']])
    on(button, 'click', () => byId(input).click());
  for (const id of ['files', 'folder']) on(id, 'change', () => bench.add(chosenFiles(byId(id))));
  on('trial-file', 'change', () => {
    for (const { file } of chosenFiles(byId('trial-file'))) bench.worker.postMessage({ kind: 'trial', file });
  });
  for (const id of ['search', 'of-template', 'of-grade']) on(id, 'input', () => bench.filter());
  on('save-csv', 'click', () => saveFile('grades.csv', 'text/csv', csvOf(bench.listed.map((i) => i.result))));
  on('save-ndjson', 'click', () => saveFile('results.ndjson', 'application/x-ndjson',
    bench.listed.map((i) => `${i.line}\n`).join('')));
  on('save-audit', 'click', () => saveFile(`${bench.open.item.result.return.replace(/[^A-Za-z0-9._-]/g, '_')}.html`,
    'text/html', bench.open.page));
  on('correct', 'click', () => bench.editor.ask(bench.open.item.key, 1));
  on('back', 'click', () => {
    byId('audit').hidden = true;
    byId('grades-title').focus();
  });
  addEventListener('dragover', (event) => {
    event.preventDefault();
    byId('drop').classList.add('over');
  });
  addEventListener('dragleave', () => byId('drop').classList.remove('over'));
  addEventListener('drop', async (event) => {
    event.preventDefault();
    byId('drop').classList.remove('over');
    bench.add(await droppedFiles(event.dataTransfer));
  });
}

function start() {
  const bench = new Workbench();
  wire(bench);
  try {
    bench.start();
  } catch (error) {
    bench.failed(error.message);
  }
}

start();

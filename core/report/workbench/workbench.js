
/* The workbench: what the worker tells, as lists of faults and grades, and one audit's report. */

const HANDFUL = 25;

class Workbench {
  constructor() {
    this.items = new Map(); /* by file, as the worker tells them: { name, line, why, result, trial } */
    this.claims = new Claims();
    this.files = new Map(); /* all that were brought, by name, for another worker */
    this.barred = new Map(); /* names of those over which the engine came to no end: whether a template */
    this.trialFile = null;
    this.templates = [];
    this.labels = new Map(); /* of grades, by template and version */
    this.passed = 0;
    this.sum = new Sum(this);
    this.editor = new Editor(this);
    this.trial = null; /* the other version, if one is tried */
    this.faults = new List(byId('faults-list'), 'Faults and warnings, with their place; the name of a return opens its text', [
      { name: 'File', value: (f) => f.file, cell: (f) => this.corrector(f) },
      { name: 'Line', value: (f) => f.line },
      { name: 'Kind', value: (f) => f.kind },
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
    this.worker = new Watched((data) => this.told[data.kind].call(this, data),
      (subject) => this.lost(subject), (message) => this.failed(message));
    this.worker.begin();
    const given = JSON.parse(byId('given').textContent);
    this.add(given.map(({ name, bytes }) => ({ name, file: new File([bytesOfBase64(bytes)], name) })));
  }

  failed(message) {
    this.say(`This browser cannot run the engine: ${message ?? 'it has no WebAssembly'}.`);
    byId('bar').hidden = true;
  }

  async add(files) {
    if (files.some(({ name }) => name === this.editor.key)) this.editor.touch();
    for (const { name, file } of files) {
      this.files.set(name, file);
      this.barred.delete(name);
    }
    if (files.length > 0) this.say(`Reading ${count(files.length, 'file')}.`, false);
    await this.handOver(files);
  }

  /* So many at a time: to hand over a file takes a moment. */
  async handOver(files) {
    const { worker } = this.worker;
    for (let i = 0; i === 0 || i < files.length; i += HANDFUL) {
      if (worker !== this.worker.worker) return; /* another has begun, and is given all */
      this.worker.post({ kind: 'add', files: files.slice(i, i + HANDFUL),
        more: i + HANDFUL < files.length });
      await pause();
    }
  }

  /* The worker was ended over something: what it was at is barred, and all else is given to another. */
  async lost({ kind, name }) {
    if (kind === 'return' || kind === 'template') this.barred.set(name, kind === 'template');
    if (kind === 'return') this.take({ key: name, name, line: null, why: NO_END });
    if (kind === 'trial') this.trialFile = null;
    if (kind === 'trial') this.told.trial.call(this, { message: `the engine did not come to an end over ${name}` });
    if (kind === 'sum') this.sum.show('!the engine did not come to an end over these returns');
    if (kind === 'page') this.showReport(this.items.get(name), null);
    this.worker.begin();
    await this.handOver([...this.files].filter(([file]) => !this.barred.has(file))
      .map(([file, content]) => ({ name: file, file: content })));
    if (this.trialFile) this.worker.post({ kind: 'trial', file: this.trialFile });
  }

  /* What is known of a return now. */
  take(item) {
    const before = this.items.get(item.key);
    const now = { trial: null, result: null, said: [], ...item };
    this.items.set(item.key, now);
    this.claims.change(before, now);
  }

  /* What stands there is said, too, where it is worth an interruption. */
  say(words, aloud = true) {
    byId('state').textContent = shown(words);
    if (aloud) byId('spoken').textContent = shown(words);
  }

  /* ---- what the worker tells ---- */

  told = {
    templates({ templates }) {
      this.templates = templates.concat([...this.barred].filter(([, template]) => template)
        .map(([name]) => ({ name, text: '', id: '', version: '', good: false,
          message: `${name}:1:1: error: ${NO_END}` })));
      this.labels = new Map(templates.map((t) => [`${t.id} ${t.version}`, gradeLabels(t.text)]));
      this.showTemplates();
    },

    passed({ count: files }) {
      this.passed = files;
    },

    async results({ results, done, of }) {
      for (const r of results) this.take(r);
      const busy = done < of;
      Object.assign(byId('bar'), { max: Math.max(of, 1), value: done, hidden: !busy });
      if (busy) this.say(`Scored ${done} of ${of}.`, false);
      if (busy && done % 250 >= results.length) return;
      if (!await this.show() || busy) return;
      this.say(this.summary());
      this.editor.tell();
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

  /* Piece by piece, so that the page answers in between; gives whether nothing newer came. */
  async show() {
    const turn = {};
    this.showing = turn;
    for (const piece of [this.showFaults, this.showWays, this.showChoices, this.filter, this.showTrial]) {
      piece.call(this);
      await pause();
      if (this.showing !== turn) return false;
    }
    return true;
  }

  showFaults() {
    this.faults.show([...this.templates.flatMap(faultsOfTemplate), ...[...this.items.values()].flatMap(faultsOf)]
      .sort(faultsFirst));
  }

  showWays() {
    const { rows, rows: { length: faults } } = this.faults;
    const { length: scored } = this.scored;
    byId('faults').hidden = faults === 0;
    byId('ways').hidden = faults + scored === 0;
    byId('to-faults').textContent = countFaults(rows);
    byId('to-grades').textContent = count(scored, 'grade');
    byId('to-faults').hidden = faults === 0;
    byId('to-grades').hidden = scored === 0;
    for (const id of ['grades', 'sum', 'trial']) byId(id).hidden = scored === 0;
    byId('grades-list').classList.toggle('tried', this.trial !== null);
  }

  showChoices() {
    const { scored } = this;
    this.sum.offer(scored);
    this.choices('of-template', 'All', scored.map((i) => i.result.template));
    this.choices('of-grade', 'All', scored.map((i) => this.label(i.result) ?? 'No grade'));
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
    if (!this.trial) return;
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
      onclick: () => this.worker.post({ kind: 'open', key: item.key }),
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

/* ---- start ---- */

function wire(bench) {
  const on = (id, event, act) => byId(id).addEventListener(event, act);
  for (const [button, input] of [['choose', 'files'], ['choose-folder', 'folder'],
    ['choose-trial', 'trial-file']])
    on(button, 'click', () => byId(input).click());
  for (const id of ['files', 'folder']) on(id, 'change', () => bench.add(chosenFiles(byId(id))));
  on('trial-file', 'change', () => {
    for (const { file } of chosenFiles(byId('trial-file'))) {
      bench.trialFile = file;
      bench.worker.post({ kind: 'trial', file });
    }
  });
  for (const id of ['search', 'of-template', 'of-grade']) on(id, 'input', () => {
    bench.filter();
    byId('spoken').textContent = byId('counts').textContent;
  });
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


/* A return's text, corrected on the page: scored again as it stands, and saved under its name. */

class Editor {
  constructor(bench) {
    this.bench = bench;
    this.area = byId('edit-text');
    this.key = null; /* of the return that is open */
    this.changed = false; /* since it was scored */
    this.unsaved = new Set(); /* returns that were corrected */
    this.area.addEventListener('input', () => this.touch());
    document.addEventListener('selectionchange', () => this.showPlace());
    byId('edit-score').addEventListener('click', () => this.score());
    byId('edit-save').addEventListener('click', () => this.save());
    byId('edit-close').addEventListener('click', () => this.close());
    addEventListener('beforeunload', (event) => {
      if (this.unsaved.size > 0) event.preventDefault();
    });
  }

  ask(key, line) {
    if (this.mayLeave()) this.bench.worker.post({ kind: 'text', key, line });
  }

  mayLeave() {
    return !this.changed || confirm(`Leave the changes to ${this.key} that were not scored?`);
  }

  /* bytes: null of a file that cannot be read any more. */
  open(key, line, bytes) {
    const { text, why } = textOf(bytes);
    this.key = text === undefined ? null : key;
    this.changed = false;
    byId('edit').hidden = false;
    byId('edit-title').textContent = shown(`Correct ${key}`);
    byId('edit-with').hidden = text === undefined;
    if (text === undefined) {
      byId('edit-said').textContent = shown(why);
      byId('edit-title').focus();
      return;
    }
    this.ending = /\r\n?|\n/.exec(text)?.[0] ?? '\n';
    this.area.value = text;
    this.tell();
    this.goTo(line ?? 1);
  }

  close() {
    if (!this.mayLeave()) return;
    this.key = null;
    this.changed = false;
    byId('edit').hidden = true;
    byId(byId('faults').hidden ? 'grades-title' : 'faults-title').focus();
  }

  /* What stands here is no longer what was scored: it was typed, or the file has come anew. */
  touch() {
    this.unsaved.add(this.key);
    if (this.changed) return;
    this.changed = true;
    byId('edit-said').textContent = 'Changed, and not scored since.';
  }

  /* The line is selected, and in sight. */
  goTo(line) {
    const { area } = this;
    const lines = area.value.split('\n');
    const at = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
    area.focus();
    area.setSelectionRange(at, at + (lines[line - 1]?.length ?? 0));
    area.scrollTop = area.scrollHeight * (line - 1) / lines.length - area.clientHeight / 3;
    area.scrollLeft = 0;
    this.showPlace();
  }

  showPlace() {
    if (document.activeElement !== this.area) return;
    const lines = (text) => text.split('\n').length;
    const { value, selectionStart } = this.area;
    byId('edit-place').textContent = `Line ${lines(value.slice(0, selectionStart))} of ${lines(value)}`;
  }

  get bytes() {
    return new TextEncoder().encode(this.area.value.replaceAll('\n', this.ending));
  }

  /* What the page shows of it was of the text before: its report is put away. */
  score() {
    const { bench, key } = this;
    this.changed = false;
    byId('edit-said').textContent = 'Scoring.';
    if (bench.open?.item.key === key) byId('audit').hidden = true;
    const file = new File([this.bytes], key);
    bench.files.set(key, file);
    bench.barred.delete(key);
    bench.worker.post({ kind: 'correct', key, file });
  }

  /* What has become of it. */
  tell() {
    if (this.key === null || this.changed) return;
    const item = this.bench.items.get(this.key);
    const faults = faultsOf(item);
    byId('edit-said').textContent = faults.some(isFault) ? `Refused: ${countFaults(faults)}.`
      : `Scored: ${[this.bench.label(item.result) ?? 'no grade', marksOf(item.result), countFaults(faults)]
        .filter((x) => x).join(', ')}.`;
    byId('edit-faults').replaceChildren(...faults.map(({ line, message }) => h('li', {}, line === null ? ''
      : [h('button', { type: 'button', class: 'plain', onclick: () => this.goTo(line) }, `Line ${line}`), ': '],
    message)));
  }

  save() {
    this.unsaved.delete(this.key);
    saveFile(this.key.split('/').pop(), 'application/xml', this.bytes);
  }
}

/* UTF-8 alone: a text that says another encoding of itself would not be saved in that one. */
function textOf(bytes) {
  if (bytes === null) return { why: 'The file cannot be read any more.' };
  const why = 'It is not written in UTF-8, so it cannot be corrected here without changing more than is seen. ' +
    'Save it as UTF-8 with what it was written with, and drop it again.';
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const named = /^\uFEFF?<\?xml\s[^>]*?\sencoding\s*=\s*["']([^"']*)/.exec(text)?.[1] ?? 'UTF-8';
    return text.includes('\0') || named.toUpperCase() !== 'UTF-8' ? { why } : { text };
  } catch {
    return { why };
  }
}


/* The summary: what is asked of it, and the program's own page of it, shown within this one. */

class Sum {
  constructor(bench) {
    this.bench = bench;
    this.page = null;
    this.sheet = new CSSStyleSheet(); /* of the page that is shown */
    document.adoptedStyleSheets = [this.sheet];
    byId('sum-up').addEventListener('click', () => this.ask());
    byId('sum-template').addEventListener('input', () => this.offerGroups());
    byId('save-sum').addEventListener('click', () => saveFile('summary.html', 'text/html', this.page));
  }

  /* Templates that returns were scored by, and the attributes of the one that is chosen. */
  offer(scored) {
    const select = byId('sum-template');
    const now = select.value;
    select.replaceChildren(...[...new Set(scored.map((i) => i.result.template))].sort()
      .map((id) => h('option', { value: id, selected: id === now }, id)));
    if (select.value !== now) this.offerGroups();
  }

  offerGroups() {
    const versions = this.bench.templates.filter((t) => t.good && t.id === byId('sum-template').value);
    const attributes = new Map(versions.flatMap((t) => [...new DOMParser().parseFromString(t.text, 'application/xml')
      .querySelectorAll('attributes > attribute')])
      .map((e) => [e.getAttribute('id'), e.getAttribute('label') ?? e.getAttribute('id')]));
    byId('sum-by').replaceChildren(h('option', { value: '' }, 'No groups'),
      ...[...attributes].map(([value, label]) => h('option', { value }, label)));
  }

  ask() {
    byId('sum-said').textContent = 'Summing up.';
    this.bench.worker.post({ kind: 'sum', template: byId('sum-template').value,
      periods: byId('sum-periods').value.trim(), compare: byId('sum-compare').value.trim(), by: byId('sum-by').value,
      keys: this.bench.scored.map((i) => i.key) });
  }

  show(page) {
    const failed = page.startsWith('!');
    byId('sum-said').textContent = failed ? `No summary: ${page.slice(1)}` : 'The summary follows.';
    byId('save-sum').hidden = failed;
    this.page = failed ? null : page;
    if (failed) {
      byId('sum-shown').replaceChildren();
      return;
    }
    const between = (open, close) => page.slice(page.indexOf(open) + open.length, page.lastIndexOf(close));
    this.sheet.replaceSync(between('<style>', '</style>'));
    const body = between('<body>', '</body>');
    const shown = new DOMParser().parseFromString(`<body>${body}`, 'text/html');
    const content = [...shown.querySelector('main').childNodes];
    renameTaken(shown);
    const title = shown.querySelector('h1');
    byId('sum-shown').replaceChildren(h('h3', { id: 'sum-heading', tabindex: '-1' }, title?.textContent ?? ''),
      ...content);
    byId('sum-heading').focus();
    byId('sum-heading').scrollIntoView();
  }
}

/* Names that stand on this page already get another, and what refers to them with it. */
function renameTaken(shown) {
  for (const element of shown.querySelectorAll('[id]')) {
    const { id } = element;
    if (!byId(id) || byId('sum-shown').contains(byId(id))) continue;
    element.id = `sum-${id}`;
    for (const name of ['for', 'aria-labelledby', 'aria-describedby'])
      for (const other of shown.querySelectorAll(`[${name}="${id}"]`)) other.setAttribute(name, element.id);
    for (const link of shown.querySelectorAll(`a[href="#${id}"]`)) link.setAttribute('href', `#${element.id}`);
  }
}


/* A table of many rows: sorted by a click on a heading, and shown so many at a time. */

const AT_FIRST = 50;
const MORE = 200;
const collator = new Intl.Collator('en-GB', { numeric: true });

/* For what else the page has to do. */
function pause() {
  return new Promise((resolve) => { setTimeout(resolve); });
}

/* columns: name, value(row) to sort by and show, cell(row) to show something else. */
class List {
  constructor(place, caption, columns) {
    this.columns = columns;
    this.rows = [];
    this.shown = AT_FIRST;
    this.sorted = null;
    this.down = false;
    this.body = h('tbody');
    this.heads = columns.map((column, i) => h('th', { scope: 'col', class: 't' },
      h('button', { type: 'button', class: 'plain', onclick: () => this.sortBy(i) }, column.name)));
    this.more = h('button', {
      type: 'button',
      onclick: () => {
        const first = this.shown;
        this.shown += MORE;
        this.fill(first);
        this.body.rows[first]?.querySelector('button')?.focus();
      },
    });
    place.replaceChildren(h('table', { class: 'list' }, h('caption', {}, caption),
      h('thead', {}, h('tr', {}, this.heads)), this.body), h('p', {}, this.more));
  }

  show(rows) {
    this.rows = rows;
    this.draw();
  }

  sortBy(i) {
    this.down = this.sorted === i && !this.down;
    this.sorted = i;
    this.heads.forEach((head, k) => {
      if (k === i) head.setAttribute('aria-sort', this.down ? 'descending' : 'ascending');
      else head.removeAttribute('aria-sort');
    });
    this.draw();
  }

  inOrder() {
    if (this.sorted === null) return this.rows;
    const { value } = this.columns[this.sorted];
    const sign = this.down ? -1 : 1;
    return this.rows.map((row) => [value(row), row])
      .sort(([a], [b]) => sign * compare(a, b)).map(([, row]) => row);
  }

  draw() {
    this.ordered = this.inOrder();
    this.body.replaceChildren();
    this.fill(0);
  }

  /* The rows from there on that are to be shown: the first at once, the others when the page is idle. */
  async fill(first) {
    const turn = {};
    this.filling = turn;
    const rows = this.ordered;
    const left = rows.length - this.shown;
    this.more.hidden = left <= 0;
    this.more.textContent = `Show more (${left} further)`;
    for (let i = first; i < Math.min(this.shown, rows.length); i += AT_FIRST) {
      if (i > first) await pause();
      if (this.filling !== turn) return;
      this.body.append(...rows.slice(i, i + AT_FIRST).map((row) => this.rowOf(row)));
    }
  }

  rowOf(row) {
    return h('tr', {}, this.columns.map((column) => h('td', { class: 't', 'data-name': column.name },
      (column.cell ?? column.value)(row) ?? '–')));
  }
}

/* What is not there comes last; numbers as numbers. */
function compare(a, b) {
  if (a === null || b === null) return (a === null) - (b === null);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return collator.compare(String(a), String(b));
}


/* A table of many rows: sorted by a click on a heading, and shown so many at a time. */

const AT_FIRST = 50;

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
        this.shown += AT_FIRST * 10;
        this.draw();
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
    const rows = this.inOrder();
    this.body.replaceChildren(...rows.slice(0, this.shown).map((row) => h('tr', {},
      this.columns.map((column) => h('td', { class: 't', 'data-name': column.name },
        (column.cell ?? column.value)(row) ?? '–')))));
    const left = rows.length - this.shown;
    this.more.hidden = left <= 0;
    this.more.textContent = `Show more (${left} further)`;
  }
}

/* What is not there comes last; numbers as numbers. */
function compare(a, b) {
  if (a === null || b === null) return (a === null) - (b === null);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b), 'en-GB', { numeric: true });
}

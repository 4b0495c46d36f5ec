
/* The page: fields made from the template, each tied to its place in the return. */

function errorSlot(id) {
  return h('p', { class: 'error', id: `${id}-error`, hidden: true });
}

/* ---- one field ---- */

function makeControl(o) {
  const common = {
    id: o.id, 'aria-required': o.required ? 'true' : null,
    'aria-describedby': [o.hint ? `${o.id}-hint` : null, o.kind === 'date' ? `${o.id}-echo` : null]
      .filter((x) => x !== null).join(' ') || null, autocomplete: 'off',
  };
  const value = o.place.get();
  if (o.kind === 'area') return h('textarea', { ...common, rows: 2, dir: 'auto' }, value);
  if (o.kind === 'select') {
    const known = o.options.some((x) => x.id === value);
    return h('select', common,
      h('option', { value: '' }, o.blank ?? 'Choose'),
      known || value === '' ? null
        : h('option', { value, selected: true }, `${value} (not among the choices)`),
      o.options.map((x) => h('option', { value: x.id, selected: x.id === value }, x.label)));
  }
  const type = o.kind === 'date' ? 'date' : 'text';
  const control = h('input', {
    ...common, type, dir: type === 'text' ? 'auto' : null,
    inputmode: o.kind === 'number' ? 'decimal' : null,
    min: type === 'date' ? '1900-01-01' : null, max: type === 'date' ? '2199-12-31' : null,
    class: o.kind === 'text' || !o.kind ? null : 'short',
  });
  control.value = value;
  return control;
}

/* A date as people say it, so that a slip of day and month is seen. */
function echoDate(echo, control) {
  const day = dayOf(control.value);
  echo.textContent = day === null ? '' : spokenDate(day);
}

/* What follows a control and says again what is in it: a date in words; on paper, where a
 * text area shows no more than its box, the whole text. */
function echoOf(o, control) {
  if (o.kind === 'date') {
    const echo = h('p', { class: 'echo', id: `${o.id}-echo` });
    echoDate(echo, control);
    control.addEventListener('input', () => echoDate(echo, control));
    return echo;
  }
  if (o.kind !== 'area') return null;
  const paper = h('div', { class: 'paper', 'aria-hidden': 'true' }, control.value);
  control.addEventListener('input', () => { paper.textContent = cleanText(control.value); });
  return paper;
}

/* o: id, label, place, kind (text, area, date, number, select), hint, options, required. */
function field(form, o) {
  const control = makeControl(o);
  const typed = o.kind === 'area' || o.kind === 'text' || !o.kind;
  if (typed && (o.place.holdsText || o.private))
    form.texts.set(o.id, { place: o.place, value: null, found: [] });
  control.addEventListener('input', () => {
    o.place.set(control.value);
    form.changed();
  });
  control.addEventListener('blur', () => form.whenReleased(() => form.touch(o.id)));
  if (o.settled) control.addEventListener('change', () => form.whenReleased(o.settled));
  return h('div', { class: `field ${o.wide ? 'wide' : ''}` },
    h('label', { for: o.id }, o.label, o.required ? null : h('span', { class: 'small' },
      o.optional === false ? '' : ' (optional)')),
    o.hint ? h('p', { class: 'hint', id: `${o.id}-hint` }, o.hint) : null,
    errorSlot(o.id), control, echoOf(o, control));
}

/* o: id, titled (id of its heading), place, options of id, label, hint, required. */
function radios(form, o) {
  const now = o.place.get();
  const options = o.options.map((x, i) => h('div', { class: 'choice' },
    h('input', {
      type: 'radio', name: o.id, id: `${o.id}-${i}`, value: x.id, checked: x.id === now,
      'aria-describedby': x.hint ? `${o.id}-${i}-hint` : null,
      onchange() {
        o.place.set(x.id);
        form.touched.add(o.id);
        form.changed();
      },
    }),
    h('div', {}, h('label', { for: `${o.id}-${i}` }, x.label),
      x.hint ? h('p', { class: 'hint', id: `${o.id}-${i}-hint` }, x.hint) : null)));
  return [errorSlot(o.id), h('div', {
    role: 'radiogroup', id: o.id, class: 'choices', 'aria-labelledby': o.titled,
    'aria-required': o.required ? 'true' : null,
  }, options)];
}

/* ---- lists of rows ---- */

/* o: id, name of the element, parent(create), what ("Event"), add (label of the button),
 * fields(row, key, at), start(row) for a new one, skip: how many rows stand elsewhere. */
function rows(form, o) {
  const list = h('ul', { class: 'rows' });
  const button = h('button', {
    type: 'button', id: `${o.id}-add`,
    onclick() {
      const row = addChild(o.parent(true), o.name);
      o.start?.(row);
      const item = show(row);
      item.querySelector('input, select, textarea').focus();
      form.changed();
    },
  }, o.add);

  function show(row) {
    const item = h('li', {}, h('div', { role: 'group', 'aria-label': o.what, class: 'row' },
      h('div', { class: 'fields' }, o.fields(row, rowKey(row), () => row)),
      h('button', {
        type: 'button', class: 'quiet',
        onclick() {
          removeElement(row);
          item.remove();
          form.changed();
          button.focus();
        },
      }, 'Remove', h('span', { class: 'hidden' }, ` this: ${o.what.toLowerCase()}`))));
    list.append(item);
    return item;
  }

  childrenOf(o.parent(false), o.name).slice(o.skip ?? 0).forEach(show);
  return h('div', { class: 'rowlist' }, list, errorSlot(`${o.id}-add`), button);
}

/* ---- case, audit, attributes, events ---- */

function card(id, title, ...content) {
  return h('section', { class: 'card group', id, 'aria-labelledby': `${id}-title` },
    h('h2', { id: `${id}-title`, tabindex: '-1' }, title), content);
}

function aboutCard(form) {
  const root = () => form.doc.documentElement;
  const of = (name) => childAt(root, name);
  const attr = (id, element, name, label, extra) => field(form, {
    id, label, place: attributePlace(element, name), required: true, ...extra,
  });
  return card('about', 'Case and audit',
    form.t.description ? h('p', {}, form.t.description) : null,
    form.t.terms ? h('p', {}, h('strong', {}, 'Terms of reference: '), form.t.terms) : null,
    h('p', { class: 'notice' }, 'Use references and role codes only: no names, dates of ' +
      'birth, addresses or NHS numbers, here or in any text below.'),
    h('div', { class: 'fields' },
      attr('return-id', root, 'id', "This return's reference",
        { hint: 'One for each audit, for example 2023-Q3-0147.', private: true }),
      attr('case-ref', of('case'), 'ref', "The case's reference",
        { hint: 'As in your records, such as C10482.', private: true,
          settled: () => form.caseNamed() }),
      attr('audit-date', of('audit'), 'date', 'Date of the audit',
        { kind: 'date', hint: 'The file is looked at as of this day.' }),
      attr('auditor', of('audit'), 'auditor', "The auditor's role code", { hint: 'Such as A17.' }),
      attr('selection', of('audit'), 'selection', 'How the case was chosen', {
        kind: 'select', required: false, options: SELECTIONS,
      }),
      form.t.attributes.map((def) => attributeField(form, def))));
}

function attributeField(form, def) {
  const at = childAt(childAt(() => form.doc.documentElement, 'attributes'), 'attribute',
    { id: def.id });
  const kinds = { text: 'text', token: 'text', date: 'date', integer: 'number' };
  return field(form, {
    id: `attribute-${def.id}`, label: def.label, place: textPlace(at), required: def.required,
    kind: def.values.length > 0 ? 'select' : kinds[def.type], options: def.values,
  });
}

function eventsCard(form) {
  const root = () => form.doc.documentElement;
  const types = form.t.events.map((e) => ({ id: e.id, label: words(e.id) }));
  return card('events', 'What happened when',
    h('p', {}, 'From these dates the method works out some of the standards below. In any order.'),
    h('details', {}, h('summary', {}, 'What each event means'),
      h('dl', {}, form.t.events.map((e) => [h('dt', {}, words(e.id)), h('dd', {},
        [e.help ? `${capital(e.help)}.` : null,
          e.required ? ' Required, once.' : e.once ? ' At most once.' : null])]))),
    rows(form, {
      id: 'events', name: 'event', what: 'Event', add: 'Add an event',
      parent: childAt(root, 'events'),
      fields: (row, key, at) => [
        field(form, { id: `${key}-type`, label: 'What happened', kind: 'select', options: types,
          required: true, place: attributePlace(at, 'type') }),
        field(form, { id: `${key}-date`, label: 'On', kind: 'date', required: true,
          place: attributePlace(at, 'date') }),
        field(form, { id: `${key}-note`, label: 'Note', place: textPlace(at) })],
    }));
}

/* ---- agencies ---- */

function partCard(form) {
  const options = [...form.t.agencies,
    { id: 'panel', label: 'The panel: judgement of the whole' }];
  return card('part-card', 'Your part',
    h('p', {}, 'Each agency audits its own practice with its own records. Choose yours, fill ' +
      'it in and save; the parts are joined afterwards into one return, which the panel opens ' +
      'here for its judgement. References, date and auditor are the same in every part.'),
    h('div', { class: 'field' }, h('label', { for: 'part' }, 'I am filling in the part of'),
      errorSlot('part'),
      h('select', { id: 'part', onchange: (event) => form.choosePart(event.target.value) },
        options.map((x) => h('option', { value: x.id, selected: x.id === form.part }, x.label)))));
}

function agencyCard(form) {
  const at = (create) => form.responses.group(form.agency, create);
  return card('agency', `${form.agencyLabel(form.agency)}: your own view`,
    h('p', {}, 'Shown beside the grade that comes from your answers.'),
    h('div', { class: 'fields' },
      field(form, { id: 'agency-grade', label: "Your agency's own grade", kind: 'select',
        options: form.t.lists.grades, place: attributePlace(at, 'grade') }),
      field(form, { id: 'agency-by', label: 'Graded by (role code)',
        place: attributePlace(at, 'by') })));
}

function agenciesCard(form) {
  return card('agencies', 'Parts that have come back',
    h('ul', { id: 'agency-list' }, form.t.agencies.map((agency) => h('li', {},
      `${agency.label}: ${form.responses.group(agency.id, false) ? 'returned' : 'not returned'}`))));
}

/* ---- sections and standards ---- */

function sectionView(form, section, level) {
  const children = section.children.map((child) => (child.section
    ? sectionView(form, child, level + 1) : standardView(form, child, level + 1)));
  const id = `section-${section.section}`;
  const title = h(`h${Math.min(level, 6)}`, { id: `${id}-title`, tabindex: '-1' }, section.title);
  return h('section', {
    id, class: level === 2 ? 'card group' : 'sub', 'aria-labelledby': `${id}-title`,
  }, title, notApplicableBox(form, section, id),
  h('p', { class: 'none', id: `${id}-none`, hidden: true }, 'Nothing here applies to this case.'),
  h('div', { id: `${id}-body` }, children));
}

/* The whole section does not apply: offered where each of its standards allows it. */
function notApplicableBox(form, section, id) {
  const at = childAt((create) => form.responses.group(form.agency, create), 'not-applicable',
    { section: section.section });
  let reason = '';
  const box = h('input', {
    type: 'checkbox', id: `${id}-na`, checked: at(false) !== null,
    onchange() {
      if (box.checked) {
        addChild(at(true), 'reason').textContent = reason;
      } else {
        reason = textOf(childOf(at(false), 'reason'));
        removeElement(at(false));
      }
      why.querySelector('textarea').value = reason;
      form.changed();
    },
  });
  const why = h('div', { id: `${id}-why` }, field(form, {
    id: `${id}-reason`, label: 'Why the section does not apply', kind: 'area', required: true,
    place: textPlace((create) => {
      const element = at(false);
      return element && (childOf(element, 'reason') ?? (create ? addChild(element, 'reason') : null));
    }),
  }));
  return h('div', { id: `${id}-offer`, class: 'offer' },
    h('div', { class: 'choice' }, box,
      h('label', { for: `${id}-na` }, 'None of this section applies to this case')), why);
}

/* What a choice cannot hold is put by, and comes back with the choice it belongs to. */
function givenPlace(form, s) {
  const at = (create) => form.responses.response(form.agency, s.standard, create);
  const put = { reason: [], content: [], answer: null };
  const kindOf = (e) => (e.localName === 'reason' ? 'reason' : 'content');
  return {
    get() {
      const element = at(false);
      const status = element?.getAttribute('status');
      if (status) return `status:${status}`;
      if (s.type !== 'answers' || s.derived) return 'content';
      return element?.hasAttribute('answer') ? `answer:${element.getAttribute('answer')}` : '';
    },
    set(value) {
      const [kind, id] = value.split(':');
      const holds = id === 'not-applicable' ? 'reason' : kind === 'content' ? 'content' : '';
      const element = at(true);
      for (const child of [...element.children].filter((e) => e.localName !== 'evidence')) {
        if (kindOf(child) === holds) continue;
        put[kindOf(child)].push(child);
        removeElement(child);
      }
      for (const child of put[holds]?.splice(0) ?? [])
        element.insertBefore(child, placeFor(element, child.localName));
      for (const name of ['answer', 'status']) element.removeAttribute(name);
      if (kind !== 'content') element.setAttribute(kind, id);
      prune(element);
    },
  };
}

function choicesFor(form, s) {
  const contents = { timescale: 'Dates', frequency: 'Dates', number: 'A number', points: 'Points',
    text: 'In words' };
  const content = s.derived ? [{ id: 'content', label: 'Worked out from the events' }]
    : s.type === 'answers' ? form.t.lists[s.list].map(
      (a) => ({ id: `answer:${a.id}`, label: a.label, hint: s.looksLike[a.id] }))
      : [{ id: 'content', label: contents[s.type] }];
  if (!s.derived) content.push({ id: 'status:not-evidenced', label: 'Not evidenced',
    hint: s.type === 'answers' ? 'You looked, and found nothing in the file.' : null });
  if (s.notApplicable !== 'forbidden')
    content.push({ id: 'status:not-applicable', label: 'Not applicable' });
  return content;
}

function standardView(form, s, level) {
  if (form.agency !== '' && !s.agencies.includes(form.agency)) return null;
  const id = `std-${s.standard}`;
  const at = (create) => form.responses.response(form.agency, s.standard, create);
  const reason = textPlace(childAt(at, 'reason'));
  return h('div', { class: 'standard', id: `${id}-box`, role: 'group', 'aria-labelledby': `${id}-title` },
    h('div', { class: 'ask' },
      h(`h${Math.min(level, 6)}`, { id: `${id}-title` },
        s.label ? h('span', { class: 'eyebrow' }, s.label) : null, s.question),
      marksOf(s), s.guidance ? h('p', {}, s.guidance) : null, referencesOf(s), expectationOf(s),
      h('p', { class: 'notice', id: `${id}-unsure`, hidden: true },
        'Whether this applies depends on what this form cannot know. Answer it if it does.')),
    h('div', { class: 'answer' },
      radios(form, { id: `${id}-given`, titled: `${id}-title`, options: choicesFor(form, s),
        required: s.required && !s.derived, place: givenPlace(form, s) }),
      h('div', { id: `${id}-why` }, field(form, { id: `${id}-reason`, place: reason, kind: 'area',
        label: 'Why it does not apply', required: s.notApplicable === 'reason' })),
      s.derived ? null : [
        h('div', { id: `${id}-content`, class: 'content' }, contentFields(form, s, at)),
        h('p', { class: 'outcome', id: `${id}-outcome`, hidden: true })]),
    h('div', { class: 'support' }, s.derived ? null : evidenceFields(form, s, at),
      h('p', { class: 'clear' }, h('button', { type: 'button', class: 'quiet', id: `${id}-clear`,
        hidden: true, 'aria-describedby': `${id}-title`, onclick: () => form.clear(s) },
      'Clear this answer'))));
}

function marksOf(s) {
  const marks = [s.critical ? 'Critical' : null, s.required || s.derived ? null : 'Optional']
    .filter((x) => x !== null);
  return marks.length > 0 ? h('p', { class: 'marks' }, marks.map((m) => h('span', {}, m))) : null;
}

/* Links lead to web pages or beside the form; whatever else a template says stays text. */
function referencesOf(s) {
  if (s.references.length === 0) return null;
  return h('p', { class: 'small' }, 'See ', s.references.map((r, i) => {
    const text = r.text ?? r.href;
    const plain = !r.href || (/^[^/?#]*:/.test(r.href) && !/^(https?|mailto):/i.test(r.href));
    return [i > 0 ? '; ' : '', plain ? text
      : h('a', { href: r.href, target: '_blank', rel: 'noopener noreferrer' }, text)];
  }), '.');
}

function expectationOf(s) {
  const span = s.span ? `${s.span} ${(s.span === 1 ? s.unit.slice(0, -1) : s.unit).replace('-', ' ')}` : '';
  const text = s.derived ? null
    : s.type === 'timescale' ? `Expected within ${span}.`
      : s.type === 'frequency' ? `Expected every ${span}.`
        : s.type === 'number' ? `From ${shortValue(s.min)} to ${shortValue(s.max)}.`
          : s.type === 'points' ? `0 to ${shortValue(s.points)}` +
            `${s.step === 1000 ? '' : `, in steps of ${shortValue(s.step)}`}${s.faults
              ? '; each point is a fault.' : '.'}` : null;
  return text ? h('p', { class: 'hint' }, text) : null;
}

function contentFields(form, s, at) {
  const id = `std-${s.standard}`;
  const text = (name) => textPlace(childAt(at, name));
  const date = (name, label, required) => field(form, { id: `${id}-${name}`, label, kind: 'date',
    required, place: text(name) });
  switch (s.type) {
    case 'timescale': return h('div', { class: 'fields' }, date('start', 'Began on', true),
      date('end', 'Done on'));
    case 'frequency': return [h('div', { class: 'fields' }, date('start', 'Began on', true)),
      rows(form, {
        id: `${id}-occurred`, name: 'occurred', what: 'Date it was done', add: 'Add a date it was done',
        parent: at,
        fields: (row, key, atRow) => field(form, { id: `${key}-occurred`, label: 'Done on',
          kind: 'date', required: true, place: textPlace(atRow) }),
      }),
      h('div', { class: 'fields' }, date('end', 'Ceased on'))];
    case 'number': return field(form, { id: `${id}-value`, label: 'Number', kind: 'number',
      required: true, place: text('value') });
    case 'points': return field(form, { id: `${id}-value`, label: 'Points', kind: 'number',
      required: true, place: text('value') });
    case 'text': return field(form, { id: `${id}-text`, label: 'In your words', kind: 'area',
      required: s.required, place: text('text') });
    default: return null;
  }
}

/* The first piece of evidence has its field ready; more are rows. */
function evidenceFields(form, s, at) {
  const id = `std-${s.standard}`;
  let first = childOf(at(false), 'evidence');
  const firstAt = (create) => {
    if (!first?.isConnected) first = create ? addChild(at(true), 'evidence') : null;
    return first;
  };
  const pair = (key, place) => [
    field(form, { id: key, label: 'Evidence', kind: 'area', wide: true, optional: false,
      place: textPlace(place) }),
    field(form, { id: `${key}-ref`, label: 'Record reference', optional: false,
      place: attributePlace(place, 'ref') })];
  return h('div', { class: 'evidence', id: `${id}-support` },
    h('div', { class: 'fields' }, pair(`${id}-evidence`, firstAt),
      field(form, { id: `${id}-date`, label: 'Date of the practice', kind: 'date', optional: false,
        place: attributePlace(at, 'date') })),
    rows(form, {
      id: `${id}-evidence`, name: 'evidence', what: 'More evidence', add: 'Add more evidence',
      parent: at, skip: 1, fields: (row, key, atRow) => pair(`${key}-evidence`, atRow),
    }));
}

/* ---- judgement, findings, actions, moderation ---- */

function verdictFields(form, name, at, required) {
  return h('div', { class: 'fields' },
    field(form, { id: `${name}-grade`, label: 'Grade', kind: 'select', required,
      options: form.t.lists.grades, place: attributePlace(at, 'grade') }),
    field(form, { id: `${name}-by`, label: 'By (role code)', required,
      place: attributePlace(at, 'by') }),
    field(form, { id: `${name}-date`, label: 'On', kind: 'date', required,
      place: attributePlace(at, 'date') }),
    field(form, { id: `${name}-rationale`, label: 'Why', kind: 'area', wide: true,
      place: textPlace(childAt(at, 'rationale')) }));
}

function judgementCard(form) {
  const at = childAt(() => form.doc.documentElement, 'judgement');
  return card('judgement', form.t.agencies.length > 0 ? "The panel's judgement" : 'Judgement',
    h('p', {}, form.t.judged ? 'The overall grade is yours to judge. Say why, most of all ' +
      'where it is far from what the answers suggest.'
      : 'The grade is computed from the answers. You may set your own judgement beside it.'),
    verdictFields(form, 'judgement', at, form.t.judged));
}

function agencySelect(form, key, at, required) {
  return form.t.agencies.length === 0 ? null : field(form, { id: `${key}-agency`,
    label: 'Agency', kind: 'select', options: form.t.agencies, required,
    blank: required ? 'Choose' : 'All', place: attributePlace(at, 'agency') });
}

function findingRows(form, name, what, add) {
  return rows(form, {
    id: name, name, what, add, parent: childAt(() => form.doc.documentElement, 'findings'),
    start: (row) => form.agency && row.setAttribute('agency', form.agency),
    fields: (row, key, at) => [
      field(form, { id: `${key}-theme`, label: 'Theme', required: true, options: form.t.themes,
        kind: form.t.themes.length > 0 ? 'select' : 'text', place: attributePlace(at, 'theme') }),
      agencySelect(form, key, at, false),
      field(form, { id: `${key}-text`, label: what, kind: 'area', wide: true, optional: false,
        place: textPlace(at) })],
  });
}

function findingsCard(form) {
  return card('findings', 'Strengths and improvements',
    h('h3', {}, 'Strengths'), findingRows(form, 'strength', 'Strength', 'Add a strength'),
    h('h3', {}, 'Areas for improvement'),
    findingRows(form, 'improvement', 'Area for improvement', 'Add an area for improvement'));
}

function standardOptions(form) {
  return [...form.standards.values()].map((s) => ({ id: s.standard, label: nameOf(s) }));
}

function actionsCard(form) {
  const root = () => form.doc.documentElement;
  const parent = childAt(root, 'actions');
  return card('actions', 'Actions', rows(form, {
    id: 'actions', name: 'action', what: 'Action', add: 'Add an action', parent,
    start(row) {
      const ids = childrenOf(parent(false), 'action').map((e) => e.getAttribute('id'));
      const stem = form.agency ? `${form.agency}-` : '';
      let n = 1;
      while (ids.includes(`${stem}${n}`)) n += 1;
      row.setAttribute('id', `${stem}${n}`);
      if (form.agency) row.setAttribute('agency', form.agency);
    },
    fields: (row, key, at) => {
      const attr = (name, label, extra) => field(form, { id: `${key}-${name}`, label,
        place: attributePlace(at, name), ...extra });
      return [
        field(form, { id: `${key}-text`, label: 'What will be done', kind: 'area', wide: true,
          optional: false, place: textPlace(at) }),
        attr('id', 'Number', { required: true }),
        attr('standard', 'For the standard', { kind: 'select', options: standardOptions(form) }),
        agencySelect(form, key, at, false),
        attr('theme', 'Theme it answers', { options: form.t.themes,
          kind: form.t.themes.length > 0 ? 'select' : 'text' }),
        attr('owner', 'Owner (role code)', { required: true }),
        attr('due', 'Due on', { kind: 'date' }),
        attr('completed', 'Completed on', { kind: 'date' }),
        attr('verified-by', 'Verified by (role code)')];
    },
  }));
}

function moderationCard(form) {
  const at = childAt(() => form.doc.documentElement, 'moderation');
  const inside = h('details', { open: at(false) !== null },
    h('summary', {}, 'For a second person, who looks at the audit again'),
    verdictFields(form, 'moderation', at, false),
    field(form, { id: 'moderation-override', label: 'Set the limits aside', kind: 'select',
      options: [{ id: 'no', label: 'No' }, { id: 'yes', label: 'Yes, and I have said why' }],
      blank: 'No', place: attributePlace(at, 'override') }),
    h('h3', {}, 'Answers the moderator changes'),
    rows(form, { id: 'changes', name: 'change', what: 'Changed answer', add: 'Change an answer',
      parent: at, fields: (row, key, atRow) => changeFields(form, key, atRow) }));
  return card('moderation', 'Moderation', inside);
}

function changeFields(form, key, at) {
  const options = () => {
    const s = form.standards.get(at().getAttribute('standard') ?? '');
    const answers = s?.type === 'answers' ? form.t.lists[s.list] : [];
    return [...answers.map((a) => ({ id: `answer:${a.id}`, label: a.label })),
      { id: 'status:not-evidenced', label: 'Not evidenced' },
      ...(s?.notApplicable === 'forbidden' ? []
        : [{ id: 'status:not-applicable', label: 'Not applicable' }])];
  };
  const place = {
    get() {
      const name = ['answer', 'status'].find((n) => at().hasAttribute(n));
      return name ? `${name}:${at().getAttribute(name)}` : '';
    },
    set(value) {
      const [name, id] = value.split(':');
      for (const n of ['answer', 'status']) at().removeAttribute(n);
      if (id) at().setAttribute(name, id);
    },
  };
  const choice = () => field(form, { id: `${key}-new`, label: 'New answer', kind: 'select',
    required: true, options: options(), place });
  const standard = attributePlace(at, 'standard');
  const set = standard.set.bind(standard);
  standard.set = (value) => {
    set(value);
    place.set('');
    byId(`${key}-new`).closest('.field').replaceWith(choice());
  };
  return [
    field(form, { id: `${key}-standard`, label: 'Standard', kind: 'select', required: true,
      options: standardOptions(form).filter((o) => !form.standards.get(o.id).derived),
      place: standard }),
    agencySelect(form, key, at, true), choice(),
    field(form, { id: `${key}-rationale`, label: 'Why it is changed', kind: 'area', wide: true,
      required: true, place: textPlace(childAt(at, 'rationale')) })];
}

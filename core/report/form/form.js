
/* The form as a whole: what is open, what it shows, the draft, opening and saving. */

const DRAFT_WAIT = 300; /* milliseconds without an edit before the draft is written */

class Form {
  constructor(t) {
    this.t = t;
    t.holidaySet = new Set(t.holidays);
    this.standards = new Map();
    this.sections = [];
    for (const section of t.sections) this.flatten(section, [], section.section);
    this.drafts = new Drafts(t);
    this.pressing = false;
    this.waiting = [];
    this.part = t.agencies.length > 0 ? t.agencies[0].id : '';
    this.show(blankReturn(t), null);
  }

  flatten(section, above, top) {
    this.sections.push(section);
    section.top = top;
    const path = [...above, section];
    for (const child of section.children) {
      if (child.section) this.flatten(child, path, top);
      else this.standards.set(child.standard, Object.assign(child, { above: path, top }));
    }
  }

  /* ---- what is open ---- */

  /* Whoever made the form may have left the engine out of it. */
  get graded() {
    return byId('engine') !== null;
  }

  get agency() {
    return this.part === 'panel' ? '' : this.part;
  }

  /* Judgement and moderation are of the whole case, not of one agency. */
  get wholeCase() {
    return this.t.agencies.length === 0 || this.part === 'panel';
  }

  agencyLabel(id) {
    return this.t.agencies.find((a) => a.id === id)?.label ?? id;
  }

  attribute(id) {
    return textOf(childOf(childOf(this.doc.documentElement, 'attributes'), 'attribute', { id }));
  }

  halfTyped(id) {
    return byId(id)?.validity.badInput ?? false;
  }

  choosePart(part) {
    this.part = part;
    this.build();
    byId('part').focus();
    if (this.edited) this.keepDraft();
  }

  /* original: the text it was opened from; given back as it is if nothing is edited. */
  show(doc, original) {
    this.doc = doc;
    this.original = original;
    this.edited = false;
    this.unsaved = false;
    this.savedCase = null;
    this.last = null;
    byId('offer').replaceChildren();
    this.build();
  }

  get caseRef() {
    return childOf(this.doc.documentElement, 'case')?.getAttribute('ref')?.trim() ?? '';
  }

  build() {
    const { t } = this;
    const whole = this.wholeCase;
    this.responses = new Responses(this.doc);
    this.touched = new Set();
    this.texts = new Map(); /* of fields that may hold personal data, with what was found */
    this.tried = false;
    this.summarised = null;
    byId('summary').hidden = true;
    byId('form').replaceChildren(...[
      t.cases.length > 0 ? casesCard(this) : null,
      t.agencies.length > 0 ? partCard(this) : null,
      aboutCard(this),
      t.events.length > 0 ? eventsCard(this) : null,
      ...(this.part === 'panel' ? [agenciesCard(this)]
        : t.sections.map((s) => sectionView(this, s, 2))),
      this.agency ? agencyCard(this) : null,
      this.graded ? gradeCard() : null,
      whole ? judgementCard(this) : null,
      findingsCard(this), actionsCard(this),
      whole ? moderationCard(this) : null,
    ].filter((x) => x !== null));
    this.update();
  }

  /* ---- after an edit ---- */

  changed() {
    this.edited = true;
    this.unsaved = true;
    this.update();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keepDraft(), DRAFT_WAIT);
    say();
  }

  /* ---- a click in progress ---- */

  /* What moves the page waits until the button of the mouse is up again and the click is done:
   * otherwise an error that appears beside the field that was left moves away what was clicked. */
  whenReleased(act) {
    if (this.pressing) this.waiting.push(act);
    else act();
  }

  press() {
    this.pressing = true;
  }

  release() {
    this.pressing = false;
    this.waiting.splice(0).forEach((act) => act());
  }

  /* Looks at everything anew: of a date that is none, or half typed, no other event tells. */
  touch(id) {
    this.touched.add(id);
    this.update();
  }

  /* The next thing that is missing or wrong behind the field last worked on, else the first. */
  goOn() {
    const follows = (a, b) => a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING;
    const gaps = this.survey.problems.map((p) => controlOf(p.field)).filter((e) => e !== null)
      .sort((a, b) => (follows(a, b) ? -1 : 1));
    const behind = this.last?.isConnected ? gaps.filter((e) => follows(this.last, e)) : gaps;
    const next = behind[0] ?? gaps[0];
    if (next) focusField(next.id);
  }

  clear(s) {
    const element = this.responses.response(this.agency, s.standard, false);
    if (!element || !confirm('Clear the answer, its date and its evidence?')) return;
    removeElement(element);
    const box = byId(`std-${s.standard}-box`);
    box.replaceWith(standardView(this, s, s.above.length + 2));
    this.changed();
    byId(`std-${s.standard}-given`).querySelector('input').focus();
  }

  update() {
    this.survey = new Survey(this);
    if (this.part !== 'panel') {
      for (const s of this.standards.values()) this.updateStandard(s);
      for (const section of [...this.sections].reverse()) this.updateSection(section);
    }
    this.showErrors();
    this.showProgress();
    this.grade?.later();
  }

  updateStandard(s) {
    const id = `std-${s.standard}`;
    const box = byId(`${id}-box`);
    if (!box) return;
    const applies = this.survey.applies.get(s.standard);
    const outcome = this.survey.outcomes.get(s.standard);
    const element = this.responses.response(this.agency, s.standard, false);
    const status = element?.getAttribute('status') ?? '';
    box.hidden = applies === false;
    byId(`${id}-unsure`).hidden = applies !== null;
    byId(`${id}-why`).hidden = status !== 'not-applicable';
    byId(`${id}-clear`).hidden = !element || isEmpty(element);
    if (s.derived) return;
    byId(`${id}-content`).hidden = status !== '' || s.type === 'answers';
    const line = byId(`${id}-outcome`);
    line.textContent = outcome ? shown(outcomeWords(s, outcome)) : '';
    line.hidden = line.textContent === '';
  }

  updateSection(section) {
    const id = `section-${section.section}`;
    const mine = [...this.standards.values()].filter((s) => s.above.includes(section) &&
      (this.agency === '' || s.agencies.includes(this.agency)));
    const applying = mine.filter((s) => this.survey.applies.get(s.standard) !== false);
    const declared = this.survey.notApplicableSection(this.agency,
      { above: [section] }) !== undefined && byId(`${id}-na`).checked;
    const outer = section.top !== section.section && byId(`section-${section.top}-na`).checked;
    byId(`${id}-none`).hidden = applying.length > 0;
    byId(`${id}-offer`).hidden = applying.length === 0 || (!declared &&
      (outer || applying.some((s) => s.notApplicable === 'forbidden')));
    byId(`${id}-why`).hidden = !declared;
    byId(`${id}-body`).hidden = declared || applying.length === 0;
    byId(id).hidden = mine.length === 0;
  }

  /* ---- errors and progress ---- */

  /* What is missing is said once somebody tried to save; what is wrong, at once. */
  showErrors() {
    const said = new Map();
    for (const p of this.survey.problems)
      if (this.tried || (!p.missing && this.touched.has(p.field)))
        if (!said.has(p.field)) said.set(p.field, p.message);
    for (const d of this.survey.doubts) if (!said.has(d.field)) said.set(d.field, d.message);
    for (const slot of document.querySelectorAll('.error')) {
      const id = slot.id.slice(0, -'-error'.length);
      const control = controlOf(id);
      const message = shown(said.get(id) ?? '');
      if (slot.textContent === message) continue;
      slot.textContent = message;
      slot.hidden = message === '';
      markControl(control, slot.id, message !== '');
    }
    if (this.tried) this.showSummary();
  }

  showSummary() {
    const problems = [...this.survey.problems, ...this.survey.doubts];
    const box = byId('summary');
    const count = problems.length === 1 ? 'One thing is' : `${problems.length} things are`;
    /* Built anew only if it says something new: the focus may stand on one of its links. */
    const content = problems.map((p) => `${p.field} ${p.message}`).join('\n');
    if (content === this.summarised) return;
    this.summarised = content;
    box.hidden = problems.length === 0;
    box.replaceChildren(h('h2', {}, `${count} still to be put right`),
      h('ul', {}, problems.map((p) => h('li', {}, h('a', {
        href: `#${p.field}`,
        onclick(event) {
          event.preventDefault();
          focusField(p.field);
        },
      }, p.message)))));
  }

  showProgress() {
    const { survey } = this;
    let needed = 0;
    let given = 0;
    for (const counts of survey.groups.values()) {
      needed += counts.needed;
      given += counts.given;
    }
    const left = needed - given;
    const text = left === 0 ? 'Every required answer is given'
      : `${left} of ${needed} required answers to go`;
    Object.assign(byId('bar'), { max: Math.max(needed, 1), value: given });
    byId('count').textContent = text;
    byId('next').hidden = survey.problems.length === 0;
    clearTimeout(this.speaking);
    this.speaking = setTimeout(() => { byId('spoken').textContent = text; }, 1000);
    byId('contents').replaceChildren(...[...document.querySelectorAll('.group:not([hidden])')]
      .map((group) => this.contentsLine(group)));
  }

  contentsLine(group) {
    const counts = this.survey.groups.get(group.id);
    const wrong = this.survey.problems.filter((p) => p.group === group.id && !p.missing).length;
    const left = counts ? counts.needed - counts.given : 0;
    const state = left > 0 ? `${left} to go` : counts && counts.needed > 0 ? 'complete' : '';
    return h('li', {}, h('a', {
      href: `#${group.id}`,
      onclick(event) {
        event.preventDefault();
        byId(`${group.id}-title`).focus();
      },
    }, byId(`${group.id}-title`).textContent), ' ',
    h('span', { class: left > 0 ? 'left' : 'done' }, state,
      wrong > 0 ? ` (${wrong} to correct)` : ''));
  }

  /* ---- the draft ---- */

  keepDraft() {
    clearTimeout(this.timer);
    this.timer = null;
    if (this.elsewhere) return;
    this.kept = this.drafts.keep(this.caseRef, { text: writeDocument(this.doc), part: this.part });
    showCaseStates(this);
    byId('draft').textContent = this.kept ? DRAFT_WORDS : 'This browser keeps no drafts: save ' +
      'the return unfinished before you close the page.';
  }

  openDraft(key) {
    const draft = readDraft(key);
    clearTimeout(this.timer);
    this.timer = null;
    try {
      const doc = parseReturn(draft.text);
      if (this.knowsPart(draft.part)) this.part = draft.part;
      this.show(doc, null);
    } catch {
      this.drafts.erase(key);
      say('This draft cannot be read, and is erased.');
      return;
    }
    if (this.drafts.own !== null && this.drafts.own !== key) this.drafts.erase(this.drafts.own);
    this.drafts.take(key);
    this.edited = true;
    this.unsaved = !draft.saved;
    this.kept = true;
    this.savedCase = draft.saved ? this.caseRef : null;
    byId('draft').textContent = DRAFT_WORDS;
    say(`Here is your draft${this.ofCase(this.caseRef)}, of ${momentWords(draft.when)}.`);
  }

  ofCase(ref) {
    return ref === '' ? '' : ` of case ${ref}`;
  }

  /* At the start: the draft this tab was at, or one without a case, which no other way leads to. */
  resume() {
    const key = this.drafts.ofThisTab();
    if (key !== null) this.openDraft(key);
    else this.offer('');
  }

  /* Somebody has entered a case: is it another than the one the answers were given for, or is
   * there a draft of it? */
  caseNamed() {
    const ref = this.caseRef;
    if (this.savedCase !== null && ref !== '' && ref !== this.savedCase) {
      const words = `What is in the form was saved for case ${this.savedCase}.`;
      byId('offer').replaceChildren(offerBox(words,
        [`Begin an empty form for case ${ref}`, () => this.begin(ref)],
        [`Go on with these answers for case ${ref}`, () => {
          this.savedCase = null;
          this.offer(ref);
        }]));
    } else {
      this.offer(ref);
    }
  }

  offer(ref) {
    const boxes = this.drafts.others(ref).map((key) => {
      const draft = readDraft(key);
      const saved = draft?.saved ? `, which was saved as ${draft.saved}` : '';
      const what = ref === '' ? 'a draft without a case' : `a draft of case ${ref}`;
      return offerBox(`This browser keeps ${what}${draft ? ` of ${momentWords(draft.when)}` : ''}${saved}.`,
        ['Open the draft', () => {
          const begun = childrenOf(this.doc.documentElement, 'responses').length > 0;
          if (begun && !confirm('Put the draft in the place of what is in the form?')) return;
          this.openDraft(key);
          byId('main').focus();
        }], ['Erase it', () => this.eraseOther(key, ref)]);
    });
    boxes.push(...this.drafts.otherVersions(ref).map(({ key, version }) => offerBox(
      `This browser keeps a draft of case ${ref} for version ${version} of this template. ` +
      'Open it with the form of that version.', ['Erase it', () => this.eraseOther(key, ref)])));
    byId('offer').replaceChildren(...boxes);
  }

  eraseOther(key, ref) {
    if (!confirm(`Erase the draft${this.ofCase(ref)}?`)) return;
    this.drafts.erase(key);
    this.offer(ref);
    say('That draft is erased.');
    byId('main').focus();
  }

  /* An empty form, for the case if one is named; what was in it stays a draft. */
  begin(ref) {
    clearTimeout(this.timer);
    this.timer = null;
    this.drafts.leave();
    const doc = blankReturn(this.t);
    if (ref) childOf(doc.documentElement, 'case').setAttribute('ref', ref);
    this.show(doc, null);
    this.offer(ref);
    say('The form is empty.');
    byId(this.t.cases.length > 0 ? 'cases-choice' : 'return-id').focus();
  }

  knowsPart(part) {
    return part === 'panel' ? this.t.agencies.length > 0
      : this.t.agencies.some((a) => a.id === part);
  }

  eraseDraft() {
    if (!confirm('Erase the draft, and begin with an empty form?')) return;
    if (this.drafts.own !== null) this.drafts.erase(this.drafts.own);
    this.begin('');
    byId('draft').textContent = 'The draft is erased.';
    byId('main').focus();
  }

  /* Two pages that write one draft would undo each other's work. */
  drawBack(event) {
    if (event.key === null || event.key !== this.drafts.own || event.newValue === null) return;
    this.elsewhere = true;
    this.kept = false;
    const words = 'This form is open on another page too, which keeps the draft. ' +
      'Here, save the return unfinished before you close the page.';
    byId('draft').textContent = words;
    say(words);
  }

  /* ---- opening and saving ---- */

  async open(file) {
    try {
      let text;
      try {
        text = decodeBytes(await file.arrayBuffer());
      } catch {
        throw new Refusal('This file cannot be read as text; a return is an XML file.');
      }
      const doc = parseReturn(text);
      this.refuseOther(doc.documentElement);
      if (this.unsaved && !confirm('Put this return in the place of what is in the form?')) return;
      const first = childrenOf(doc.documentElement, 'responses')[0]?.getAttribute('agency');
      if (this.part !== 'panel' && this.knowsPart(first)) this.part = first;
      this.show(doc, text);
      this.keepDraft();
      const kept = notShown(this);
      say(`${file.name} is open.`, kept.length > 0
        ? `It holds what this form does not show, which is kept as it is: ${kept.join('; ')}.` : '');
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      say(`${file.name}: ${error.message}`);
    }
    byId('message').scrollIntoView({ block: 'nearest' });
  }

  refuseOther(root) {
    const [id, version] = ['template', 'template-version'].map((n) => root.getAttribute(n)?.trim());
    if (!id || !version)
      throw new Refusal('This return does not say which template and version it answers.');
    if (id !== this.t.id || version !== this.t.version)
      throw new Refusal(`This return is for template '${id}', version '${version}'; this form ` +
        `is for '${this.t.id}', version '${this.t.version}'.`);
  }

  save() {
    this.tried = true;
    this.update();
    if (this.survey.problems.length > 0) {
      byId('summary').focus();
      return;
    }
    if (this.survey.doubts.length > 0 && !confirm(doubtWords(this.survey.doubts))) {
      focusField(this.survey.doubts[0].field);
      return;
    }
    this.download('.xml');
    this.markSaved();
  }

  /* The draft is kept a little longer, in case the file gets lost; the next case begins anew. */
  markSaved() {
    clearTimeout(this.timer);
    this.timer = null;
    if (!this.elsewhere)
      this.kept = this.drafts.keep(this.caseRef, { text: writeDocument(this.doc), part: this.part,
        saved: this.savedName });
    this.drafts.leave();
    this.savedCase = this.caseRef;
    showCaseStates(this);
    byId('offer').replaceChildren(offerBox(`The return of case ${this.caseRef} is saved.`,
      ['Begin the next case', () => this.begin('')]));
  }

  download(ending) {
    const { text, dropped } = finishedText(this);
    const id = this.doc.documentElement.getAttribute('id') || this.t.id;
    const name = id.replace(/[^A-Za-z0-9._-]/g, '_') +
      (this.agency && !id.endsWith(this.agency) ? `-${this.agency}` : '') + ending;
    const url = URL.createObjectURL(new Blob([text], { type: 'application/xml' }));
    h('a', { href: url, download: name }).click();
    this.savedName = name;
    this.unsaved = false;
    setTimeout(() => URL.revokeObjectURL(url), 60000);
    say(`Saved as ${name}, among your downloads.`, dropped.length > 0
      ? `Left out, since they do not apply: ${dropped.join('; ')}.` : '',
    new Blob([text]).size > 1048576 ? 'It is larger than the 1 MiB a return may have.' : '');
  }
}

/* ---- words ---- */

function outcomeWords(s, o) {
  if (o.status === 'not-yet-due') return `Due by ${longDate(o.due)}: not yet due on the day of the audit.`;
  if (o.status === 'overdue') return `Was due by ${longDate(o.due)}: overdue.`;
  if (o.status === 'out-of-scope') return 'Older than this audit looks back: kept, and not scored.';
  if (o.status !== 'answered') return '';
  if (s.type === 'timescale')
    return `Due by ${longDate(o.due)}: ${o.answer === 'met' ? 'met' : 'late'}.`;
  return s.type === 'frequency' ? `Kept ${o.kept} of ${o.gaps} times.` : '';
}

/* The message of the moment, in sight wherever one is; it goes with the next edit. */
function say(...texts) {
  const said = texts.filter((x) => x);
  byId('message').replaceChildren(...(said.length === 0 ? [] : [h('div', { class: 'notice' },
    h('p', {}, said.map((x) => [x, ' '])), h('button', {
      type: 'button', class: 'quiet',
      onclick() {
        say();
        byId('main').focus({ preventScroll: true });
      },
    }, 'Close', h('span', { class: 'hidden' }, ' this message')))]));
}

/* A question that stays until it is answered: words, and for each answer its label and act. */
function offerBox(words, ...answers) {
  return h('div', { class: 'notice' }, h('p', {}, words), h('p', { class: 'answers' },
    answers.map(([label, act]) => h('button', { type: 'button', onclick: act }, label))));
}

function doubtWords(doubts) {
  return 'Whoever records this return will be asked whether it is right:\n\n' +
    doubts.slice(0, 8).map((d) => `- ${d.message}\n`).join('') + '\nSave it all the same?';
}

function momentWords(iso) {
  return new Date(iso).toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short' });
}

/* The control a problem is about; lists have theirs on the button that adds to them. */
function controlOf(field) {
  return byId(field) ?? byId(`${field}-add`);
}

function markControl(control, slot, wrong) {
  if (!control) return;
  const ids = (control.getAttribute('aria-describedby') ?? '').split(' ')
    .filter((x) => x !== '' && x !== slot);
  if (wrong) ids.unshift(slot);
  if (ids.length > 0) control.setAttribute('aria-describedby', ids.join(' '));
  else control.removeAttribute('aria-describedby');
  if (control.tagName === 'BUTTON') return;
  if (wrong) control.setAttribute('aria-invalid', 'true');
  else control.removeAttribute('aria-invalid');
}

function focusField(id) {
  let target = controlOf(id) ?? byId('save');
  for (let box = target.closest('details'); box; box = box.parentElement.closest('details'))
    box.open = true;
  if (target.getAttribute('role') === 'radiogroup')
    target = target.querySelector('input:checked') ?? target.querySelector('input');
  target.focus();
  target.scrollIntoView({ block: 'center' });
}

/* ---- start ---- */

function start() {
  const t = JSON.parse(byId('template').textContent);
  byId('version').textContent = `Template ${t.id}, version ${t.version}`;
  const form = new Form(t);
  if (form.graded) form.grade = new Grade(form);
  form.resume();
  for (const id of ['save', 'save-end']) byId(id).addEventListener('click', () => form.save());
  byId('save-draft').addEventListener('click', () => form.download('-unfinished.xml'));
  byId('erase').addEventListener('click', () => form.eraseDraft());
  byId('next').addEventListener('click', () => form.goOn());
  byId('form').addEventListener('focusin', (event) => { form.last = event.target; });
  byId('open').addEventListener('click', () => byId('file').click());
  byId('file').addEventListener('change', async (event) => {
    const [file] = event.target.files;
    if (file) await form.open(file);
    event.target.value = '';
  });
  for (const name of ['pointerdown', 'mousedown'])
    addEventListener(name, () => form.press(), true);
  /* The click follows what ends the press, and comes before what waits. */
  for (const name of ['pointerup', 'mouseup', 'pointercancel', 'dragend', 'keydown', 'change', 'blur'])
    addEventListener(name, (event) => {
      if (name !== 'blur' || event.target === window) setTimeout(() => form.release());
    }, true);
  addEventListener('storage', (event) => form.drawBack(event));
  addEventListener('pagehide', () => {
    if (form.timer) form.keepDraft();
  });
  /* Asked before a page is left only where leaving it loses something. */
  addEventListener('beforeunload', (event) => {
    if (form.timer) form.keepDraft();
    if (form.unsaved && !form.kept) event.preventDefault();
  });
}

start();


/*
 * The grade so far, worked out by the engine while the form is filled in: the same sums, and the
 * same words of why, as those of the program. Where the browser cannot run it, or it stops over
 * what is in the form, there is no grade, and the form is as good as ever.
 */

const GRADE_WAIT = 150; /* milliseconds without an edit before it is worked out again */
const SPEAK_WAIT = 1500; /* and before it is said */
const SLOW = 1000; /* the engine is at it for so long before that is told */

const SEVERITIES = { immediate: 'Act today', urgent: 'Urgent', review: 'For review' };

function gradeCard() {
  const box = card('grade', 'The grade so far', h('div', { id: 'grade-content' },
    h('p', {}, 'It is worked out as you answer.')));
  box.classList.add('gradeless');
  return box;
}

class Grade {
  constructor(form) {
    this.form = form;
    this.open = false; /* the working */
    this.needed = []; /* attributes without which there is no grade */
    this.side = h('div', { class: 'grade-side' });
    this.slow = h('p', { class: 'small', hidden: true }, 'The grade is being worked out anew.');
    this.spoken = h('p', { role: 'status', class: 'hidden' });
    byId('contents').before(this.slow, this.side, this.spoken);
    this.begin();
  }

  async begin() {
    try {
      this.source = bytesOfBase64(byId('source').textContent);
      this.engine = new FormEngine(() => this.giveUp());
      await this.engine.addTemplate('form', this.source);
      this.ready = true;
    } catch (error) {
      this.giveUp(error instanceof EngineStopped ? 'The engine had to stop over the template, so there is no grade.'
        : undefined);
      return;
    }
    this.work();
  }

  giveUp(why = 'This browser cannot work out the grade.') {
    this.engine = null;
    this.ready = false;
    this.atWork(false);
    this.fail(`${why} Everything else in the form works without it.`);
  }

  /* The name of the template for a return that lacks attributes: until they are given they are
   * absent, as they are for the questions that the form shows. */
  async lenient() {
    this.lenientName ??= await this.makeLenient();
    return this.lenientName;
  }

  /* Some attributes a framework cannot do without: it refuses the template, and names them. */
  async makeLenient() {
    const ids = this.form.t.attributes.map((def) => def.id);
    for (const named of [false, true]) {
      if (named) this.needed = ids.filter((id) => this.refusal.includes(`'${id}'`));
      try {
        await this.engine.addTemplate('lenient', withoutRequired(this.source, this.needed));
        return 'lenient';
      } catch (error) {
        if (error instanceof EngineStopped) throw error;
        this.refusal = error.message;
      }
    }
    this.needed = ids;
    return 'form';
  }

  /* The template, for what its conditions ask. */
  get rules() {
    this.parsed ??= new DOMParser().parseFromString(new TextDecoder().decode(this.source), 'application/xml');
    return this.parsed;
  }

  fail(words) {
    this.side.replaceChildren(h('p', { class: 'small' }, words));
    byId('grade-content').replaceChildren(h('p', {}, words));
    byId('grade').classList.add('gradeless');
    this.speak(words);
  }

  /* What is new, once nothing follows it at once. */
  speak(words) {
    if (words === this.said) return;
    this.said = words;
    clearTimeout(this.speaking);
    this.speaking = setTimeout(() => { this.spoken.textContent = words; }, SPEAK_WAIT);
  }

  /* After an edit, and when the page has drawn it. */
  later() {
    if (this.engine === null) this.fail(this.side.textContent);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.form.whenReleased(() => this.work()), GRADE_WAIT);
  }

  /* One return at a time: what is edited meanwhile comes next, and what came between is passed over. */
  async work() {
    this.due = true;
    this.facts?.leave();
    if (!this.ready || this.working) return;
    this.working = true;
    while (this.due && this.ready) {
      this.due = false;
      await this.workOnce();
    }
    this.working = false;
  }

  async workOnce() {
    const provisional = provisionalReturn(this.form);
    const slow = setTimeout(() => this.atWork(true), SLOW);
    let words = null;
    let scored;
    try {
      scored = await this.score(provisional);
    } catch (error) {
      if (!(error instanceof EngineStopped)) throw error;
      words = `The engine ${error instanceof EngineEndless ? 'came to no end' : 'had to stop'} over ` +
        'what is in the form, so there is no grade.';
    }
    clearTimeout(slow);
    await new Promise((resolve) => { this.form.whenReleased(resolve); });
    this.take(provisional, scored, words);
  }

  /* Of a form that looks otherwise by now no grade is shown. */
  take(provisional, scored, words) {
    this.atWork(false);
    if (!this.ready) return;
    if (words !== null) this.fail(words);
    if (words !== null || this.due) return;
    Object.assign(this, { provisional, ...scored, facts: null });
    this.facts = new Facts(this);
    this.show();
    if (this.result.status !== 'rejected') this.facts.weigh();
  }

  /* What still stands there is of what was in the form before. */
  atWork(slow) {
    this.slow.hidden = !slow;
    byId('grade-content').setAttribute('aria-busy', String(slow));
  }

  /* What a framework cannot do without, and is not given yet, has something in its place. Gives
   * { name: of the template, result, bytes: of the return that has it }. */
  async score(provisional) {
    const name = provisional.absent.length > 0 ? await this.lenient() : 'form';
    for (const def of provisional.absent.filter(({ id }) => this.needed.includes(id)))
      setAttributeOf(provisional, def, def.values[0]?.id ?? TO_COME);
    const first = await this.scored(provisional, name);
    return first.result.status === 'rejected' && standInAgencies(provisional)
      ? this.scored(provisional, name) : first;
  }

  /* Without a judgement, what is proposed stands in for it, once that is known. */
  async scored(provisional, name) {
    const { form: { t } } = this;
    const score = async () => {
      const bytes = new TextEncoder().encode(writeDocument(provisional.doc));
      return { name, bytes, result: JSON.parse(await this.engine.say(name, 'score', bytes)) };
    };
    if (!t.judged || provisional.judged) return score();
    standInJudgement(provisional, t.lists.grades.at(-1).id);
    const first = await score();
    const proposed = heldGrade(t, first.result) ?? first.result.cap;
    if (proposed) standInJudgement(provisional, proposed);
    const last = proposed ? await score() : first;
    last.result.judged = null;
    last.result.alerts = last.result.alerts?.filter((a) => !a.id.startsWith('judgement-'));
    return last;
  }

  /* ---- what is shown ---- */

  show() {
    const { form, result, provisional } = this;
    const view = new GradeView(form, result, provisional, this.facts);
    this.side.replaceChildren(...view.side());
    byId('grade').classList.toggle('gradeless', view.gradeless);
    keepingFocus(() => byId('grade-content').replaceChildren(...view.whole(),
      result.status === 'rejected' ? '' : this.explanation()));
    this.speak(view.spoken());
  }

  /* The explanation is long: it is asked for when somebody wants to see it. */
  explanation() {
    const { name, bytes } = this;
    const text = h('pre', { tabindex: '0', role: 'region', 'aria-label': 'The working in full' });
    const fill = async () => {
      try {
        text.textContent = shown(await this.engine.say(name, 'explanation', bytes));
      } catch (error) {
        if (!(error instanceof EngineStopped)) throw error;
        text.textContent = 'The engine had to stop over it.';
      }
    };
    const box = h('details', {
      class: 'why', open: this.open,
      ontoggle() {
        if (box.open && text.textContent === '') fill();
      },
    }, h('summary', {}, 'Why: the working in full'),
    this.facts.list().childElementCount > 0 ? h('p', { class: 'small' },
      'Worked out with what is taken in the place of facts that are not given yet.') : null, text);
    box.addEventListener('toggle', () => { this.open = box.open; });
    if (this.open) fill();
    return box;
  }
}

/* The template, with no attribute that must be given but those that are needed. */
function withoutRequired(source, needed) {
  const doc = new DOMParser().parseFromString(new TextDecoder().decode(source), 'application/xml');
  for (const element of doc.querySelectorAll('attributes > attribute[required]'))
    if (!needed.includes(element.getAttribute('id'))) element.setAttribute('required', 'no');
  return new TextEncoder().encode(new XMLSerializer().serializeToString(doc));
}

function gradeLink(field, words) {
  return h('a', {
    href: `#${field}`,
    onclick(event) {
      event.preventDefault();
      focusField(field);
    },
  }, words);
}

/* Whoever stands on a link in the card while its content is renewed stands on the same one afterwards. */
function keepingFocus(renew) {
  const on = byId('grade-content').contains(document.activeElement)
    ? document.activeElement.getAttribute('href') : null;
  renew();
  if (on !== null) byId('grade-content').querySelector(`a[href="${CSS.escape(on)}"]`)?.focus();
}

/* How far down a grade stands; the best is 0. */
function rankOf(t, grade) {
  return t.lists.grades.findIndex((g) => g.id === grade);
}

/* What the answers come to, lowered to the limits that hold. */
function heldGrade(t, { computed, cap }) {
  return computed === null || cap === null || rankOf(t, cap) <= rankOf(t, computed) ? computed : cap;
}

/* ---- one result in words ---- */

class GradeView {
  /* facts: those that are not given yet, or null where they are not told. */
  constructor(form, result, provisional, facts) {
    this.form = form;
    this.t = form.t;
    this.result = result;
    this.provisional = provisional;
    this.facts = facts;
    this.grades = form.t.lists.grades;
    this.outOf = form.t.fullMarks / 100;
  }

  label(grade) {
    return this.grades.find((g) => g.id === grade)?.label ?? 'no grade';
  }

  marks(score) {
    return score === null ? '' : `${score.toFixed(2)} of ${this.outOf}`;
  }

  /* Of one agency's part it is the agency's own. */
  get subject() {
    return this.form.agency === '' ? { ...this.result, grade: heldGrade(this.t, this.result) }
      : this.result.agencies.find((a) => a.id === this.form.agency) ?? { score: null, grade: null };
  }

  /* Nothing to print yet. */
  get gradeless() {
    return this.result.status === 'rejected' ||
      (this.subject.grade === null && this.subject.score === null);
  }

  headline() {
    const { grade, score } = this.subject;
    const name = this.form.agency !== '' || !this.t.judged ? 'So far' : 'Proposed';
    if (this.gradeless) return [name, 'no grade yet', ''];
    return [name, grade === null ? 'no grade' : this.label(grade), this.marks(score)];
  }

  alerts() {
    return this.result.alerts.map((a) => h('li', { class: `alert ${a.severity}` },
      h('strong', {}, `${SEVERITIES[a.severity]}: `), a.message));
  }

  side() {
    const link = h('a', {
      href: '#grade',
      onclick(event) {
        event.preventDefault();
        byId('grade-title').focus();
      },
    }, 'See why');
    if (this.result.status === 'rejected')
      return [h('p', { class: 'count' }, 'No grade yet'), h('p', { class: 'small' }, link)];
    const [name, grade, marks] = this.headline();
    const missing = this.missing.length;
    return [h('p', { class: 'count' }, `${name}: ${grade}`),
      h('p', { class: 'small' }, marks, marks ? '. ' : '',
        missing > 0 ? `${missing} required ${missing === 1 ? 'answer is' : 'answers are'} missing. ` : '',
        this.facts.list().childElementCount > 0 ? 'Some facts are not given yet. ' : '', link),
      ...(this.result.alerts.length > 0 ? [h('ul', { class: 'alerts' }, this.alerts())] : [])];
  }

  spoken() {
    if (this.result.status === 'rejected') return 'No grade yet.';
    const [name, grade, marks] = this.headline();
    return [`${name}: ${grade}${marks ? `, ${marks}` : ''}.`,
      ...this.result.alerts.map((a) => `${SEVERITIES[a.severity]}: ${a.message}`)].join(' ');
  }

  whole() {
    if (this.result.status === 'rejected') return this.rejected();
    const [name, grade, marks] = this.headline();
    return [h('p', { class: 'verdict' }, `${name}: `, h('strong', {}, grade), marks ? `, ${marks}` : ''),
      ...this.notes(), ...this.factsToCome(), ...this.judgement(), ...this.limits(), this.parts(), ...this.answers(),
      ...this.timeLine(),
      this.result.alerts.length > 0 ? [h('h3', {}, 'Alerts'),
        h('ul', { class: 'alerts' }, this.alerts())] : []].flat();
  }

  /* Something stands in the return that the engine refuses, and that nothing can stand in for. */
  rejected() {
    return [h('p', {}, 'A grade cannot be worked out yet:'),
      h('ul', {}, this.result.errors.slice(0, 5).map((e) => h('li', {}, e.message)))];
  }

  get missing() {
    const out = this.provisional.agencies.map((a) => a.id);
    return this.result.standards.filter((s) => s.status === 'missing' &&
      (this.form.agency === '' ? !out.includes(s.agency) : s.agency === this.form.agency));
  }

  /* From what it is worked out, where that is not yet all. */
  notes() {
    const { left } = this.provisional;
    const missing = this.missing.length;
    return [
      missing > 0 ? `${missing} required ${missing === 1 ? 'answer is' : 'answers are'} missing, and ` +
        'left out of every sum: the grade may still change.' : null,
      left.length > 0 ? `Left out until they are put right: ${left.join('; ')}.` : null,
      this.result.computed === null && this.missing.length === 0 && this.form.agency === ''
        ? 'The answers come to no overall grade: it is for you to judge.' : null,
    ].filter((x) => x !== null).map((x) => h('p', { class: 'notice' }, x));
  }

  /* Facts that are missing, and what they would change. */
  factsToCome() {
    const list = this.facts.list();
    return list.childElementCount === 0 ? []
      : [h('h3', {}, 'Not given yet, and what it would change'), list];
  }

  /* A judgement that is far from what is proposed, or above a limit, is to be explained. */
  judgement() {
    const { judged, computed, cap } = this.result;
    if (judged === null) return [];
    const steps = computed === null ? 0 : Math.abs(rankOf(this.t, judged) - rankOf(this.t, computed));
    const lowered = cap !== null && rankOf(this.t, cap) > rankOf(this.t, judged);
    const explained = textOf(childOf(childOf(this.form.doc.documentElement, 'judgement'), 'rationale'));
    const words = [`Your judgement is '${this.label(judged)}'`,
      steps === 0 ? '' : `, ${steps === 1 ? 'one step' : `${steps} steps`} from what the answers come to`,
      lowered ? `; a limit lowers it to '${this.label(cap)}'` : '', '.'].join('');
    if (steps < 2 && !lowered) return [h('p', {}, words)];
    const against = this.against(judged);
    return [h('div', { class: 'notice' }, h('p', {}, words, explained === ''
      ? [' ', gradeLink('judgement-rationale', 'Say why: whoever reads the audit will ask.')] : null),
    against.length === 0 ? null : [h('p', {}, 'It has to explain:'), h('ul', {}, against.map((x) => h('li', {}, x)))])];
  }

  /* What speaks against a judgement: parts two steps or more away, and limits that lower it. */
  against(judged) {
    const apart = (row) => row.agency === null && row.grade !== null &&
      Math.abs(rankOf(this.t, judged) - rankOf(this.t, row.grade)) > 1;
    return [...this.result.sections.filter(apart).map((row) =>
      `${this.title(row.id)}: ${this.label(row.grade)}${row.score === null ? '' : `, ${this.marks(row.score)}`}`),
    ...this.result.limits.filter((limit) => !limit.section && rankOf(this.t, limit.to) > rankOf(this.t, judged))
      .map((limit) => `At best ${this.label(limit.to)}. ${limit.reason ?? ''}`)];
  }

  limits() {
    if (this.result.limits.length === 0) return [];
    return [h('h3', {}, 'Limits that hold'), h('ul', {}, this.result.limits.map((limit) => h('li', {},
      limit.section ? `${this.title(limit.section)}: ` : '', 'At best ',
      h('strong', {}, this.label(limit.to)), `. ${limit.reason ?? ''}`)))];
  }

  title(section) {
    return this.form.sections.find((s) => s.section === section)?.title ?? section;
  }

  /* ---- section by section; the parts of agencies side by side ---- */

  get columns() {
    if (this.t.agencies.length === 0) return [{ id: null, label: 'Grade' }];
    const returned = this.result.agencies.map((a) => a.id)
      .filter((id) => !this.provisional.agencies.some((a) => a.id === id));
    if (this.form.agency !== '')
      return this.t.agencies.filter((a) => a.id === this.form.agency);
    return [{ id: null, label: 'Together' }, ...this.t.agencies.filter((a) => returned.includes(a.id))];
  }

  cell(row) {
    if (!row || (row.score === null && row.grade === null)) return h('td', {}, '–');
    return h('td', {}, row.grade === null ? null : this.label(row.grade),
      row.score === null ? null : h('span', { class: 'small' }, ` ${row.score.toFixed(2)}`),
      row.cap ? h('span', { class: 'small' }, ' (limited)') : null);
  }

  parts() {
    const { columns, result } = this;
    const row = (head, cells) => h('tr', {}, h('th', { scope: 'row' }, head), cells);
    const whole = (c) => (c.id === null ? { score: result.score, grade: heldGrade(this.t, result) }
      : result.agencies.find((a) => a.id === c.id));
    const own = result.agencies.filter((a) => columns.some((c) => c.id === a.id) && a.judged);
    return h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Section by section' },
      h('table', {}, h('caption', {}, 'Section by section'),
        h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'Section'),
          columns.map((c) => h('th', { scope: 'col' }, c.label)))),
        h('tbody', {}, this.form.sections.map((s) => row(s.title, columns.map((c) => this.cell(
          result.sections.find((r) => r.id === s.section && r.agency === c.id))))),
        row('The whole', columns.map((c) => this.cell(whole(c)))),
        own.length > 0 ? row('Own view', columns.map((c) => this.cell({ score: null,
          grade: own.find((a) => a.id === c.id)?.judged ?? null }))) : null)));
  }

  /* Of the panel alone: what each agency says of the same question. */
  answers() {
    const columns = this.columns.filter((c) => c.id !== null);
    if (this.form.agency !== '' || columns.length < 2) return [];
    const rows = [...this.form.standards.values()].map((s) => ({ s, cells: columns.map((c) =>
      this.result.standards.find((r) => r.id === s.standard && r.agency === c.id && r.status !== 'not-applying')) }))
      .filter(({ cells }) => cells.some((r) => r));
    const differ = (cells) => new Set(cells.filter((r) => r && r.score !== null).map((r) => r.score)).size > 1;
    return [h('details', {}, h('summary', {}, 'Answer by answer, side by side'),
      h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Answer by answer' }, h('table', {},
        h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'Question'),
          columns.map((c) => h('th', { scope: 'col' }, c.label)))),
        h('tbody', {}, rows.map(({ s, cells }) => h('tr', {}, h('th', { scope: 'row' }, nameOf(s),
          differ(cells) ? h('span', { class: 'small' }, ' (they differ)') : null),
        cells.map((r) => h('td', {}, r ? this.answerOf(s, r) : '–'))))))))];
  }

  answerOf(s, { status, answer, score }) {
    const said = status !== 'answered' ? words(status)
      : this.t.lists[s.list]?.find((a) => a.id === answer)?.label ?? words(answer?.replace('/', ' of ') ?? 'answered');
    return [said, score === null ? null : h('span', { class: 'small' }, ` ${score.toFixed(2)}`)];
  }

  /* ---- events: what was due, and what was kept ---- */

  timeLine() {
    if (this.t.events.length === 0) return [];
    const begun = this.provisional.events.length === 0;
    const { root } = this.provisional;
    const events = childrenOf(childOf(begun ? root : this.form.doc.documentElement, 'events'), 'event').map((e) => ({
      day: dayOf(e.getAttribute('date')), words: [h('strong', {}, words(e.getAttribute('type') ?? ''))],
    })).filter((e) => e.day !== null);
    const standards = begun ? this.result.standards.filter((s) => this.form.standards.get(s.id)?.derived) : [];
    const due = standards.filter((s) => s.due !== null).map((s) => ({
      day: dayOf(s.due), words: [`${nameOf(this.form.standards.get(s.id))} was due; ${keptWords(s)}`],
    }));
    const often = standards.filter((s) => s.due === null && s.answer?.includes('/'));
    if (events.length + due.length === 0) return [];
    return [h('h3', {}, 'What was due, and what was kept'),
      h('ol', { class: 'time-line' }, [...events, ...due].sort((a, b) => a.day - b.day)
        .map((x) => h('li', {}, h('span', { class: 'day' }, longDate(x.day)), ' ', x.words))),
      ...often.map((s) => h('p', {}, `${nameOf(this.form.standards.get(s.id))}: kept ` +
        `${s.answer.replace('/', ' of ')} times.`))];
  }
}

function keptWords(s) {
  if (s.status === 'not-yet-due') return 'the day was still to come at the audit';
  if (s.status === 'overdue') return 'it was not done';
  return `${s.answer === 'met' ? 'kept' : 'late'}${s.days === null ? '' : `, after ${s.days} ` +
    `${s.days === 1 ? 'day' : 'days'}`}`;
}

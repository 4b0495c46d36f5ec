
/*
 * What is still missing and what is wrong, found by one walk over the return. Counts of
 * remaining questions, errors by the field and the summary of errors all come from it.
 */

const CODE = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$/;
/* Role codes are the same in capitals. */
const sameCode = (a, b) => a !== '' && a.toLowerCase() === (b ?? '').toLowerCase();
const CODE_HELP = 'letters, digits and . _ / - only, at most 64';
const TEXT_BYTES = 65536;
const SELECTIONS = ['random', 'targeted', 'stratified'].map((id) => ({ id, label: capital(id) }));

/* Rows of lists keep one number each for as long as the page is open. */
let rowsSeen = 0;
function rowKey(element) {
  element.dataRow ??= ++rowsSeen;
  return `row-${element.dataRow}`;
}

class Survey {
  constructor(form) {
    this.form = form;
    this.t = form.t;
    this.root = form.doc.documentElement;
    this.problems = [];
    this.doubts = []; /* what recording refuses unless somebody says that it is right */
    this.groups = new Map();
    this.outcomes = new Map();
    this.auditText = childOf(this.root, 'audit')?.getAttribute('date') ?? '';
    this.today = dayOf(this.auditText);
    this.checkAbout();
    this.checkEvents();
    this.applies = this.settle(new Map());
    if (form.part === 'panel') this.checkAgencies();
    else this.checkResponses(form.agency, true);
    if (form.agency) this.checkAgencyGrade();
    if (form.wholeCase) {
      this.checkJudgement();
      this.checkModeration();
    }
    this.checkFindings();
    this.checkActions();
    this.checkSizes();
    this.checkPrivacy();
  }

  /* ---- noting ---- */

  doubt(field, message) {
    this.doubts.push({ field, message });
  }

  /* A day that is not over yet, or lies before the audit or years behind it. */
  doubtDay(field, day, what, afterAudit) {
    if (day === null) return;
    if (day > thisDay())
      this.doubt(field, `${capital(what)}, ${longDate(day)}, is after today: is the year right?`);
    else if (afterAudit === 'within a year' && this.today !== null && day > addMonths(this.today, 12))
      this.doubt(field, `${capital(what)}, ${longDate(day)}, is more than a year after the audit: ` +
        'is the year right?');
    else if (afterAudit === 'after' && this.today !== null && day < this.today)
      this.doubt(field, `${capital(what)}, ${longDate(day)}, is before the audit: is the year right?`);
  }

  wrong(group, field, message, missing = false) {
    this.problems.push({ group, field, message, missing });
  }

  need(group, field, given, message) {
    const counts = this.groups.get(group) ?? { needed: 0, given: 0 };
    counts.needed += 1;
    if (given) counts.given += 1;
    else this.wrong(group, field, message, true);
    this.groups.set(group, counts);
    return given;
  }

  needCode(group, field, text, what) {
    if (this.need(group, field, text !== '', `Enter ${what}`)) this.code(group, field, text, what);
  }

  code(group, field, text, what) {
    if (text === '' || CODE.test(text)) return;
    this.wrong(group, field, `${capital(what)} takes ${CODE_HELP}${oddCharacter(text)}`);
  }

  choice(group, field, text, choices, what) {
    if (text !== '' && !choices.some((x) => x.id === text))
      this.wrong(group, field, `${capital(what)} is '${text}', which is none of the choices`);
  }

  /* A date field; gives the day or null. Dates of what happened are not after the audit. */
  date(group, field, text, what, latest = this.today) {
    if (this.form.halfTyped(field))
      this.wrong(group, field, `${capital(what)} is not a whole date of the calendar`);
    if (text === '') return null;
    const day = dayOf(text);
    if (day === null)
      this.wrong(group, field, `${capital(what)} is '${text}', which is no date from 1900 to 2199`);
    else if (latest !== null && day > latest)
      this.wrong(group, field,
        `${capital(what)}, ${longDate(day)}, is after the audit of ${longDate(latest)}`);
    return day;
  }

  needDate(group, field, text, what, latest) {
    this.need(group, field, text !== '' || this.form.halfTyped(field), `Enter ${what}`);
    return this.date(group, field, text, what, latest);
  }

  inOrder(group, field, early, late, message) {
    if (early !== null && late !== null && late < early) this.wrong(group, field, message);
  }

  /* ---- case, audit, attributes ---- */

  checkAbout() {
    const group = 'about';
    const attr = (name, key) => childOf(this.root, name)?.getAttribute(key)?.trim() ?? '';
    this.needCode(group, 'return-id', this.root.getAttribute('id')?.trim() ?? '',
      "the return's own reference");
    this.needCode(group, 'case-ref', attr('case', 'ref'), "the case's reference");
    this.needCode(group, 'auditor', attr('audit', 'auditor'), "the auditor's role code");
    this.choice(group, 'selection', attr('audit', 'selection'), SELECTIONS,
      'how the case was chosen');
    const day = this.needDate(group, 'audit-date', attr('audit', 'date'), 'the date of the audit',
      null);
    const { effectiveFrom, effectiveTo, retiredOn } = this.t;
    if (day !== null && day < (effectiveFrom ?? -Infinity))
      this.wrong(group, 'audit-date',
        `This version of the template is for audits from ${longDate(effectiveFrom)}`);
    const last = Math.min(effectiveTo ?? Infinity, retiredOn ?? Infinity);
    if (day !== null && day > last)
      this.wrong(group, 'audit-date',
        `This version of the template is for audits until ${longDate(last)}`);
    this.doubtDay('audit-date', day, 'the date of the audit');
    for (const def of this.t.attributes) this.checkAttribute(group, def);
  }

  checkAttribute(group, def) {
    const field = `attribute-${def.id}`;
    const value = this.form.attribute(def.id);
    const what = `'${def.label}'`;
    if (def.required)
      this.need(group, field, value !== '' || this.form.halfTyped(field),
        `${def.values.length > 0 ? 'Choose' : 'Enter'} ${what}`);
    if (def.type === 'date') this.date(group, field, value, what, null);
    if (value === '') return;
    if (def.type === 'integer' && !(/^-?\d+$/.test(value) && Math.abs(Number(value)) <= 1e9))
      this.wrong(group, field, `${what} is a whole number; '${value}' is none`);
    else if (def.values.length > 0 && !def.values.some((v) => v.id === value))
      this.wrong(group, field, `${what} holds '${value}', which is none of its choices`);
    else if (def.type === 'token' && /\s/.test(value))
      this.wrong(group, field, `${what} is a single word without spaces`);
  }

  /* ---- events ---- */

  checkEvents() {
    const group = 'events';
    const rows = childrenOf(childOf(this.root, 'events'), 'event').filter((e) => !isEmpty(e));
    for (const def of this.t.events.filter((e) => e.required))
      this.need(group, 'events-add', rows.some((e) => e.getAttribute('type') === def.id),
        `Add the event '${words(def.id)}'`);
    const met = new Set();
    for (const row of rows) {
      const key = rowKey(row);
      const type = row.getAttribute('type') ?? '';
      const def = this.t.events.find((e) => e.id === type);
      if (type === '') this.wrong(group, `${key}-type`, 'Choose what happened', true);
      else if (!def) this.wrong(group, `${key}-type`, `'${type}' is no event of this framework`);
      else if (def.once && met.has(type))
        this.wrong(group, `${key}-type`, `'${words(type)}' can happen once only`);
      met.add(type);
      const date = row.getAttribute('date') ?? '';
      if (date === '' && !this.form.halfTyped(`${key}-date`))
        this.wrong(group, `${key}-date`, 'Enter the date of the event', true);
      this.date(group, `${key}-date`, date, 'the date of the event');
    }
  }

  /* ---- which standards apply ---- */

  /* changes: what a moderator puts in the place of answers, by agency and standard. */
  settle(changes) {
    const settled = new Map();
    const facts = {
      attribute: (id) => this.form.attribute(id),
      answered: (id, wanted) => this.answered(this.form.standards.get(id), wanted, settled, changes),
    };
    for (const s of this.form.standards.values())
      settled.set(s.standard, appliesTo(this.t, s, facts));
    return settled;
  }

  /* Has any agency answered so? Null where that lies outside this form. */
  answered(s, wanted, settled, changes) {
    const applies = settled.get(s.standard);
    if (applies === false) return false;
    const columns = this.t.agencies.length > 0 ? s.agencies : [''];
    let unknown = applies === null;
    for (const agency of columns) {
      const group = this.form.responses.group(agency, false);
      const element = this.form.responses.response(agency, s.standard, false);
      if (agency !== '' && !group) unknown = true;
      if (this.notApplicableSection(agency, s)) continue;
      if (s.derived && element?.getAttribute('status') !== 'not-applicable') unknown = true;
      if (s.derived) continue;
      const given = { ...givenOf(element), ...changes.get(`${agency} ${s.standard}`) };
      const outcome = outcomeOf(this.t, s, element ? given : null, this.today);
      if (outcome.status === 'answered' && wanted.includes(outcome.answer)) return true;
    }
    return unknown ? null : false;
  }

  notApplicableSection(agency, s) {
    const group = this.form.responses.group(agency, false);
    return group && s.above.find(
      (section) => childOf(group, 'not-applicable', { section: section.section }));
  }

  /* ---- responses ---- */

  checkAgencies() {
    const group = 'agencies';
    for (const agency of this.t.agencies) {
      if (!this.form.responses.group(agency.id, false)) continue;
      const before = this.problems.length;
      this.checkResponses(agency.id, false);
      const found = this.problems.splice(before).length;
      this.need(group, 'part', found === 0,
        `${agency.label}: ${found} ${found === 1 ? 'question needs' : 'questions need'} an ` +
        "answer or a correction; choose this agency under 'Your part'");
    }
  }

  checkAgencyGrade() {
    const element = this.form.responses.group(this.form.agency, false);
    const attr = (name) => element?.getAttribute(name)?.trim() ?? '';
    this.choice('agency', 'agency-grade', attr('grade'), this.t.lists.grades, 'the grade');
    this.code('agency', 'agency-by', attr('by'), 'the role code');
    if (attr('grade') !== '' && attr('by') === '')
      this.wrong('agency', 'agency-by', 'Enter the role code of whoever gave the grade', true);
    if (attr('by') !== '' && attr('grade') === '')
      this.wrong('agency', 'agency-grade', 'Choose the grade that was given', true);
  }

  checkResponses(agency, shown) {
    for (const s of this.form.standards.values()) {
      if (agency !== '' && !s.agencies.includes(agency)) continue;
      const group = shown ? `section-${s.top}` : 'hidden';
      if (this.applies.get(s.standard) === false) continue;
      const section = this.notApplicableSection(agency, s);
      if (section) this.checkNotApplicableSection(group, agency, s, section);
      else this.checkStandard(group, agency, s);
    }
  }

  checkNotApplicableSection(group, agency, s, section) {
    const field = `section-${section.section}-reason`;
    const element = childOf(this.form.responses.group(agency, false), 'not-applicable',
      { section: section.section });
    if (s.notApplicable === 'forbidden')
      this.wrong(group, field,
        `'${section.title}' cannot be not applicable: '${nameOf(s)}' has to be answered`);
    if (textOf(childOf(element, 'reason')) === '' &&
        !this.problems.some((p) => p.field === field))
      this.wrong(group, field, `Say why '${section.title}' does not apply`, true);
  }

  /* What is wrong with one answer, whichever agency's; noted nowhere. */
  problemsOf(agency, s) {
    const { problems, groups, outcomes } = this;
    Object.assign(this, { problems: [], groups: new Map(), outcomes: new Map() });
    this.checkStandard('', agency, s);
    const found = this.problems;
    Object.assign(this, { problems, groups, outcomes });
    return found;
  }

  checkStandard(group, agency, s) {
    const element = this.form.responses.response(agency, s.standard, false);
    const given = givenOf(element);
    const outcome = s.derived ? { status: given?.status || 'derived' }
      : outcomeOf(this.t, s, given, this.today);
    this.outcomes.set(s.standard, outcome);
    if (s.required && !s.derived && this.applies.get(s.standard) === true)
      this.need(group, `std-${s.standard}-given`, given !== null && this.begun(s, given),
        `Answer '${nameOf(s)}'`);
    if (given) this.checkGiven(group, agency, s, element, given, outcome);
  }

  begun(s, given) {
    if (given.status !== '') return true;
    return s.type === 'answers' ? given.answer !== ''
      : s.type === 'text' ? given.text !== ''
        : s.type === 'number' || s.type === 'points' ? given.value !== null : given.start !== null;
  }

  checkGiven(group, agency, s, element, given, outcome) {
    const at = (name) => `std-${s.standard}-${name}`;
    const what = nameOf(s);
    this.date(group, at('date'), element.getAttribute('date') ?? '', 'the date of the practice');
    if (given.status === 'not-applicable') {
      if (s.notApplicable === 'forbidden')
        this.wrong(group, at('given'), `'${what}' cannot be not applicable`);
      else if (s.notApplicable === 'reason' && given.reason === '')
        this.wrong(group, at('reason'), `Say why '${what}' does not apply`, true);
    } else if (given.status === '' && !s.derived) {
      this.checkContent(group, s, element, given, at);
    }
    if (!s.derived && outcome.score !== undefined)
      this.checkDuties(group, agency, s, given, outcome, at);
  }

  checkContent(group, s, element, given, at) {
    if (s.type === 'answers') {
      if (given.answer !== '' && !this.t.lists[s.list].some((a) => a.id === given.answer))
        this.wrong(group, at('given'),
          `'${nameOf(s)}' holds '${given.answer}', which is none of its answers`);
    } else if (s.type === 'number' || s.type === 'points') {
      this.checkValue(group, s, textOf(childOf(element, 'value')), given.value, at);
    } else if (s.type !== 'text') {
      this.checkDates(group, s, element, at);
    }
    if (!this.begun(s, given) && !(s.required && this.applies.get(s.standard) === true))
      this.wrong(group, at('given'),
        `'${nameOf(s)}' holds a date or evidence and no answer: answer it, or clear them`, true);
  }

  checkValue(group, s, text, value, at) {
    const [min, max] = s.type === 'points' ? [0, s.points] : [s.min, s.max];
    if (text === '') return;
    if (value === null)
      this.wrong(group, at('value'),
        `'${nameOf(s)}' takes a number with at most three decimals; '${text}' is none`);
    else if (value < min || value > max)
      this.wrong(group, at('value'), `'${nameOf(s)}' goes from ${shortValue(min)} to ` +
        `${shortValue(max)}; '${text}' lies outside`);
    else if (s.type === 'points' && value % s.step !== 0)
      this.wrong(group, at('value'), `'${nameOf(s)}' goes in steps of ${shortValue(s.step)}`);
  }

  checkDates(group, s, element, at) {
    const text = (name) => textOf(childOf(element, name));
    const start = this.date(group, at('start'), text('start'), 'the start');
    const end = this.date(group, at('end'), text('end'), 'the end');
    this.inOrder(group, at('end'), start, end, `The end of '${nameOf(s)}' is before its start`);
    for (const row of childrenOf(element, 'occurred')) {
      const field = `${rowKey(row)}-occurred`;
      const day = this.date(group, field, textOf(row), 'the date');
      this.inOrder(group, field, start, day, `${day === null ? '' : longDate(day)} is before the start`);
      this.inOrder(group, field, day, end, `${day === null ? '' : longDate(day)} is after the end`);
    }
    if (start !== null && addTime(start, s.span, s.unit, this.t.holidaySet) === null)
      this.wrong(group, at('start'), 'Working days are known for 1978 to 2099 only');
  }

  /* Evidence and actions that an outcome calls for. */
  checkDuties(group, agency, s, given, outcome, at) {
    const looked = outcome.status === 'answered' || outcome.status === 'not-evidenced';
    const low = (edge) => edge !== undefined && outcome.score < edge;
    if (given.evidence === 0 && ((s.evidence && looked) || low(s.evidenceBelow)))
      this.wrong(group, at('evidence'), `'${nameOf(s)}' needs evidence with this answer`, true);
    if (low(s.actionBelow) && !this.hasAction(agency, s.standard))
      this.wrong('actions', 'actions-add',
        `Add an action for '${nameOf(s)}'${agency ? ` of ${this.form.agencyLabel(agency)}` : ''}: ` +
        'its answer calls for one', true);
  }

  hasAction(agency, standard) {
    return childrenOf(childOf(this.root, 'actions'), 'action').some(
      (a) => a.getAttribute('standard') === standard &&
        (a.getAttribute('agency') ?? '') === agency);
  }

  /* ---- judgement and moderation ---- */

  checkJudgement() {
    const group = 'judgement';
    const element = childOf(this.root, 'judgement');
    const attr = (name) => element?.getAttribute(name)?.trim() ?? '';
    if (!element && !this.t.judged) return;
    this.need(group, 'judgement-grade', attr('grade') !== '', 'Choose the grade');
    this.choice(group, 'judgement-grade', attr('grade'), this.t.lists.grades, 'the grade');
    this.needCode(group, 'judgement-by', attr('by'), 'the role code of whoever judged');
    const day = this.needDate(group, 'judgement-date', attr('date'), 'the date of the judgement',
      null);
    this.inOrder(group, 'judgement-date', this.today, day, 'The judgement is before the audit');
    this.doubtDay('judgement-date', day, 'the date of the judgement', 'within a year');
  }

  checkModeration() {
    const group = 'moderation';
    const element = childOf(this.root, 'moderation');
    if (!element || isBlank(element)) return;
    const attr = (name) => element.getAttribute(name)?.trim() ?? '';
    const changes = childrenOf(element, 'change').filter((e) => !isEmpty(e));
    if (this.t.judged || changes.length === 0)
      this.need(group, 'moderation-grade', attr('grade') !== '', "Choose the moderator's grade");
    this.choice(group, 'moderation-grade', attr('grade'), this.t.lists.grades, 'the grade');
    this.needCode(group, 'moderation-by', attr('by'), "the moderator's role code");
    if (sameCode(attr('by'), childOf(this.root, 'audit')?.getAttribute('auditor')?.trim()))
      this.wrong(group, 'moderation-by', 'The moderator is someone other than the auditor');
    const day = this.needDate(group, 'moderation-date', attr('date'), 'the date of the moderation',
      null);
    this.inOrder(group, 'moderation-date', this.today, day, 'The moderation is before the audit');
    this.doubtDay('moderation-date', day, 'the date of the moderation', 'within a year');
    if (attr('override') === 'yes' && textOf(childOf(element, 'rationale')) === '')
      this.wrong(group, 'moderation-rationale', 'Say why the limits are set aside', true);
    const met = new Map();
    for (const row of changes) this.checkChange(group, row, met);
    this.checkStillApplies(group, met);
  }

  /* Other questions than the auditor's would make it another audit. */
  checkStillApplies(group, changes) {
    const settled = this.settle(changes);
    for (const s of this.form.standards.values())
      if (settled.get(s.standard) !== this.applies.get(s.standard))
        this.wrong(group, 'changes-add', `These changes decide whether '${nameOf(s)}' applies: ` +
          'let the auditor correct the return and send it in again');
  }

  checkChange(group, row, met) {
    const key = rowKey(row);
    const s = this.form.standards.get(row.getAttribute('standard') ?? '');
    const agency = row.getAttribute('agency') ?? '';
    const subject = `${agency} ${s?.standard}`;
    if (!s) this.wrong(group, `${key}-standard`, 'Choose the standard to change', true);
    else if (!this.changeable(agency, s))
      this.wrong(group, `${key}-standard`, `'${nameOf(s)}' has no answer to be changed`);
    else if (met.has(subject))
      this.wrong(group, `${key}-standard`, `'${nameOf(s)}' is changed twice`);
    met.set(subject, { answer: row.getAttribute('answer') ?? '',
      status: row.getAttribute('status') ?? '' });
    this.agencyOf(group, row);
    if (s) this.choice(group, `${key}-new`, row.getAttribute('answer') ?? '',
      s.type === 'answers' ? this.t.lists[s.list] : [], 'the new answer');
    if (this.t.agencies.length > 0 && agency === '')
      this.wrong(group, `${key}-agency`, 'Choose the agency', true);
    if (s?.notApplicable === 'forbidden' && row.getAttribute('status') === 'not-applicable')
      this.wrong(group, `${key}-new`, `'${nameOf(s)}' cannot be not applicable`);
    if (!row.getAttribute('answer') && !row.getAttribute('status'))
      this.wrong(group, `${key}-new`, 'Choose the new answer', true);
    if (textOf(childOf(row, 'rationale')) === '')
      this.wrong(group, `${key}-rationale`, 'Say why it is changed', true);
  }

  /* Answered, not evidenced or not applicable; but not older than the audit looks back. */
  changeable(agency, s) {
    if (this.applies.get(s.standard) === false || s.derived) return false;
    if (agency !== '' && !s.agencies.includes(agency)) return false;
    if (this.notApplicableSection(agency, s)) return true;
    const given = givenOf(this.form.responses.response(agency, s.standard, false));
    return given !== null && outcomeOf(this.t, s, given, this.today).status !== 'out-of-scope';
  }

  agencyOf(group, row) {
    this.choice(group, `${rowKey(row)}-agency`, row.getAttribute('agency') ?? '', this.t.agencies,
      'the agency');
  }

  /* ---- findings and actions ---- */

  checkFindings() {
    const parent = childOf(this.root, 'findings');
    for (const row of [...childrenOf(parent, 'strength'), ...childrenOf(parent, 'improvement')]) {
      if (isEmpty(row)) continue;
      this.agencyOf('findings', row);
      if (this.themeOf('findings', row) === '')
        this.wrong('findings', `${rowKey(row)}-theme`, 'Choose a theme', true);
    }
  }

  themeOf(group, row) {
    const theme = row.getAttribute('theme')?.trim() ?? '';
    if (theme !== '' && this.t.themes.length > 0 && !this.t.themes.some((x) => x.id === theme))
      this.wrong(group, `${rowKey(row)}-theme`, `'${theme}' is none of the themes`);
    return theme;
  }

  checkActions() {
    const group = 'actions';
    const met = new Set();
    for (const row of childrenOf(childOf(this.root, 'actions'), 'action')) {
      if (isEmpty(row)) continue;
      const key = rowKey(row);
      const attr = (name) => row.getAttribute(name)?.trim() ?? '';
      this.agencyOf(group, row);
      this.themeOf(group, row);
      this.needCode(group, `${key}-id`, attr('id'), "the action's number");
      if (attr('id') !== '' && met.has(attr('id')))
        this.wrong(group, `${key}-id`, `There are two actions '${attr('id')}'`);
      met.add(attr('id'));
      this.needCode(group, `${key}-owner`, attr('owner'), "the owner's role code");
      this.code(group, `${key}-verified-by`, attr('verified-by'), 'the role code');
      const due = this.date(group, `${key}-due`, attr('due'), 'the due date', null);
      if (due !== null && this.today !== null && due < this.today)
        this.doubtDay(`${key}-due`, due, 'the due date', 'after');
      this.doubtDay(`${key}-completed`, this.date(group, `${key}-completed`, attr('completed'),
        'the date of completion', null), 'the date of completion', 'after');
      if (sameCode(attr('verified-by'), attr('owner')))
        this.wrong(group, `${key}-verified-by`, 'Someone other than its owner verifies an action');
      if (attr('verified-by') !== '' && attr('completed') === '')
        this.wrong(group, `${key}-completed`, 'An action is completed before it is verified');
    }
  }

  /* With the engine's rules, so that what recording would refuse is seen while it is typed. */
  checkPrivacy() {
    for (const [field, text] of this.form.texts) {
      if (!byId(field)) continue;
      const value = text.place.get();
      if (value !== text.value) Object.assign(text, { value, found: personalIn(value) });
      for (const kind of text.found)
        this.doubt(field, `This looks like ${kind}. A return holds no personal data: take it out`);
    }
  }

  checkSizes() {
    for (const element of this.root.getElementsByTagNameNS(RETURN_NS, '*'))
      if (element.children.length === 0 && element.textContent.length > TEXT_BYTES / 4 &&
          new TextEncoder().encode(textOf(element)).length > TEXT_BYTES)
        this.wrong('about', 'save', 'One text is longer than 64 KiB: ' +
          `it begins '${textOf(element).slice(0, 60)}'`);
  }
}

/* ---- words ---- */

/* What in a code is none of its characters: it may be one that nobody sees. */
function oddCharacter(text) {
  const odd = /[^A-Za-z0-9._/-]/u.exec(text)?.[0];
  if (odd === undefined) return text.length > 64 ? '' : '; a letter or digit comes first';
  if (/\s/u.test(odd)) return '; there is a space in it';
  return /[\p{C}\p{M}]/u.test(odd) ? '; there is a character in it that cannot be seen'
    : `; '${odd}' is none of them`;
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function words(id) {
  return capital(id.replaceAll('-', ' '));
}

function nameOf(s) {
  return s.label ?? s.question;
}


/*
 * What facts that are not given yet would change: each attribute is tried with all that it may be,
 * one after the other beside the page, and what the engine says is held beside the grade so far.
 */

const TRIED_AT_MOST = 24; /* values of one attribute */

class Facts {
  constructor(grade) {
    this.grade = grade;
    this.provisional = grade.provisional;
    this.left = false; /* something was edited: nothing of this is true any more */
    this.facts = grade.provisional.absent.map((def) => ({
      def,
      standIn: grade.needed.includes(def.id) ? def.values[0]?.label ?? '' : null,
      conditions: grade.rules.querySelectorAll(`when[attribute="${def.id}"]`).length,
      outcomes: null, /* labels of values, by what they come to; '' is what there is without */
    }));
  }

  leave() {
    this.left = true;
  }

  async weigh() {
    for (const fact of this.facts) {
      const values = valuesOf(fact.def, this.grade.rules);
      if (values.length > TRIED_AT_MOST || (fact.conditions === 0 && fact.standIn === null)) continue;
      const outcomes = new Map();
      for (const { value, label } of values) {
        const words = await this.outcome(fact, value);
        if (words === null) return;
        outcomes.set(words, [...outcomes.get(words) ?? [], label]);
      }
      fact.outcomes = outcomes;
    }
    this.grade.form.whenReleased(() => this.renew());
  }

  renew() {
    const old = byId('grade-facts');
    if (old && !this.left && this.facts.length > 0) keepingFocus(() => old.replaceWith(this.list()));
  }

  /* What would be another with that value; null where nobody
   * wants to know any more, or the engine comes to no end over it. */
  async outcome({ def }, value) {
    const { grade } = this;
    const own = childOf(childOf(this.provisional.root, 'attributes'), 'attribute', { id: def.id });
    const kept = own ? own.textContent : null;
    setAttributeOf(this.provisional, def, value);
    try {
      const { result } = await grade.scored(this.provisional, grade.name);
      if (this.left) return null;
      return result.status === 'rejected' ? 'no grade' : differences(grade, result);
    } catch (error) {
      if (!(error instanceof EngineStopped)) throw error;
      return error instanceof EngineEndless ? null : 'no grade';
    } finally {
      setAttributeOf(this.provisional, def, kept);
    }
  }

  /* ---- in words ---- */

  list() {
    const { form, provisional } = this.grade;
    const idle = this.facts.filter((fact) => fact.conditions === 0 && fact.standIn === null);
    const items = this.facts.filter((fact) => !idle.includes(fact)).map((fact) => h('li', {},
      this.linkTo(fact.def), ' ', this.effect(fact)));
    if (idle.length > 0)
      items.push(h('li', {}, idle.map((fact, i) => [i > 0 ? ', ' : '', this.linkTo(fact.def)]),
        ` ${idle.length === 1 ? 'plays' : 'play'} no part in the grade.`));
    for (const def of provisional.events) items.push(h('li', {}, gradeLink('events-add', words(def.id)),
      ` starts the clock: until it is given, ${countedFrom(form)}`));
    if (provisional.today !== null) items.push(h('li', {}, gradeLink('audit-date', 'The date of the audit'),
      `: as if it were ${longDate(provisional.today)}. What was due by then, and what is too old to count, hang on it.`));
    if (provisional.agencies.length > 0 && form.agency === '') items.push(h('li', {},
      `Nothing yet from ${provisional.agencies.map((a) => a.label).join(', ')}: what they answer counts as much.`));
    return h('ul', { id: 'grade-facts' }, items);
  }

  linkTo(def) {
    return gradeLink(`attribute-${def.id}`, def.label);
  }

  effect({ standIn, outcomes }) {
    const taken = standIn === null ? 'is taken as absent.'
      : standIn === '' ? 'is needed, and plays no part in the grade so far.' : `is taken as '${standIn}'.`;
    if (outcomes === null)
      return standIn === null ? `${taken} Questions or limits ask for it.` : taken;
    const same = outcomes.get('') ?? [];
    const other = [...outcomes].filter(([what]) => what !== '');
    if (other.length === 0) return `${taken} Whatever it is, the grade so far is the same.`;
    return [taken, h('ul', {}, other.map(([what, labels]) => h('li', {}, `With ${listed(labels)}: ${what}.`)),
      same.length > 0 ? h('li', {}, `With ${listed(same)} nothing changes.`) : null)];
  }
}

/* "a, b or c" */
function listed(names) {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

function countedFrom(form) {
  const names = [...form.standards.values()]
    .filter((s) => s.derived && form.survey.applies.get(s.standard) !== false).map(nameOf);
  return names.length > 0 ? `these are left out: ${names.join(', ')}.` : 'nothing is counted from it.';
}

/* The grade and those of sections, how many questions are asked, alerts. */
function differences(grade, result) {
  const { form, result: before } = grade;
  const view = (r) => new GradeView(form, r, grade.provisional, null);
  const [now, then] = [view(result), view(before)];
  const words = [];
  if (now.headline().join() !== then.headline().join())
    words.push(now.headline().slice(1).filter((x) => x).join(', '));
  for (const row of result.sections.filter((r) => r.agency === (form.agency || null))) {
    const old = before.sections.find((r) => r.id === row.id && r.agency === row.agency);
    if (row.grade !== old.grade || row.score !== old.score)
      words.push(`${now.title(row.id)}: ${[row.grade === null ? 'no grade' : now.label(row.grade), now.marks(row.score)].filter((x) => x).join(', ')}`);
  }
  const more = now.missing.length - then.missing.length;
  if (more !== 0)
    words.push(`${Math.abs(more)} ${more > 0 ? 'more' : 'fewer'} ${Math.abs(more) === 1 ? 'question' : 'questions'} to answer`);
  for (const alert of result.alerts)
    if (!before.alerts.some((a) => a.id === alert.id)) words.push(`the alert '${alert.message.replace(/\.$/, '')}'`);
  return words.join('; ');
}

/* ---- what an attribute may be ---- */

/* Its own list; or one value for each way in which conditions tell them apart. */
function valuesOf(def, rules) {
  if (def.values.length > 0) return def.values.map(({ id, label }) => ({ value: id, label: `'${label ?? id}'` }));
  const conditions = [...rules.querySelectorAll(`when[attribute="${def.id}"]`)];
  const named = conditions.flatMap((e) => (e.getAttribute('is') ?? e.getAttribute('is-not') ?? '').split(/\s+/))
    .filter((word) => word !== '');
  if (def.type !== 'integer' && def.type !== 'date')
    return named.length === 0 ? [] : [...new Set(named)].map((value) => ({ value, label: `'${value}'` }))
      .concat({ value: TO_COME, label: 'anything else' });
  return rangesOf(conditions, def.type === 'date');
}

/* Numbers or days on whose two sides conditions differ, and one from between each two. */
function rangesOf(conditions, areDays) {
  const read = (text) => (areDays ? dayOf(text) : Number(text));
  const edges = [...new Set(conditions.flatMap((e) => [
    e.hasAttribute('from') ? read(e.getAttribute('from')) : null,
    e.hasAttribute('to') ? read(e.getAttribute('to')) + 1 : null]))]
    .filter((edge) => edge !== null).sort((a, b) => a - b);
  const value = (n) => (areDays ? isoOf(n) : String(n));
  const say = (n) => (areDays ? longDate(n) : String(n));
  return edges.length === 0 ? [] : [
    { value: value(edges[0] - 1), label: `${say(edges[0] - 1)} or ${areDays ? 'before' : 'less'}` },
    ...edges.map((edge, i) => ({ value: value(edge), label: i + 1 === edges.length
      ? `${say(edge)} or ${areDays ? 'later' : 'more'}`
      : edge === edges[i + 1] - 1 ? say(edge) : `${say(edge)} to ${say(edges[i + 1] - 1)}` }))];
}

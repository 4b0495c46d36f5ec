
/*
 * The return as far as it has come, made fit for the engine: what is still to come and plays no
 * part in the grade has something in its place, and what cannot be read yet is left out. The
 * return itself stays as it is.
 */

const TO_COME = 'still-to-come';
const AS_WORDS = 'Still to come.';

/* { doc, absent: required attributes that are not given, events: those that must be given and are
 * not, agencies: those that stand in as having returned nothing, judged: whether somebody has, left: names of the answers that
 * are left out, today: the day that stands in for the audit's, or null }. */
function provisionalReturn(form) {
  const doc = form.doc.cloneNode(true);
  const copyOf = twins(form.doc, doc);
  const wrong = form.survey.problems;
  const provisional = { form, doc, copyOf, wrong, root: doc.documentElement, agencies: [], left: [] };
  provisional.today = standInHead(provisional);
  provisional.absent = dropWrongAttributes(provisional);
  dropWrongRows(provisional);
  provisional.events = standInEvents(provisional);
  standInSections(provisional);
  for (const [agency, s, element] of answersOf(form)) standInAnswer(provisional, agency, s, element);
  standInActions(provisional);
  settleVerdicts(provisional);
  provisional.judged = childOf(provisional.root, 'judgement') !== null;
  finish(form, doc);
  return provisional;
}

/* Elements of one document by those of the other, which is a copy of it. */
function twins(doc, copy) {
  const copies = copy.getElementsByTagName('*');
  return new Map([...doc.getElementsByTagName('*')].map((element, i) => [element, copies[i]]));
}

function setText(parent, name, text) {
  (childOf(parent, name) ?? addChild(parent, name)).textContent = text;
}

/* ---- case, audit, attributes, events ---- */

function standInHead({ form, root, wrong }) {
  const standIn = (field, element, name, value) => {
    if (!wrong.some((p) => p.field === field)) return null;
    element.setAttribute(name, value);
    return value;
  };
  const audit = childOf(root, 'audit') ?? addChild(root, 'audit');
  standIn('return-id', root, 'id', TO_COME);
  standIn('case-ref', childOf(root, 'case') ?? addChild(root, 'case'), 'ref', TO_COME);
  standIn('auditor', audit, 'auditor', TO_COME);
  if (wrong.some((p) => p.field === 'selection')) audit.removeAttribute('selection');
  const { effectiveFrom, effectiveTo, retiredOn } = form.t;
  const last = Math.min(effectiveTo ?? Infinity, retiredOn ?? Infinity);
  const day = Math.max(Math.min(thisDay(), last), effectiveFrom ?? -Infinity);
  return standIn('audit-date', audit, 'date', isoOf(day)) === null ? null : day;
}

/* Gives the required ones that are not there. */
function dropWrongAttributes({ form, root, wrong }) {
  const bad = form.t.attributes.filter((def) => wrong.some((p) => p.field === `attribute-${def.id}`));
  for (const def of bad) childOf(childOf(root, 'attributes'), 'attribute', { id: def.id })?.remove();
  return bad.filter((def) => def.required);
}

/* null takes it away. */
function setAttributeOf({ root }, { id }, value) {
  const parent = childOf(root, 'attributes') ?? addChild(root, 'attributes');
  childOf(parent, 'attribute', { id })?.remove();
  if (value !== null) addChild(parent, 'attribute', { id }).textContent = value;
}

/* Rows of which something is missing or wrong do not count yet. */
function dropWrongRows({ form, copyOf, wrong }) {
  for (const row of childrenOf(childOf(form.doc.documentElement, 'events'), 'event'))
    if (wrong.some((p) => p.field.startsWith(`${rowKey(row)}-`))) copyOf.get(row).remove();
}

/* Without the event that all is counted from, nothing is due: it stands in on the day of the audit,
 * and what else happened waits for it. Gives the events that are missing. */
function standInEvents({ form, root }) {
  const given = childrenOf(childOf(root, 'events'), 'event').map((e) => e.getAttribute('type'));
  const lacking = form.t.events.filter((def) => def.required && !given.includes(def.id));
  if (lacking.length === 0) return [];
  const parent = childOf(root, 'events') ?? addChild(root, 'events');
  parent.replaceChildren();
  const date = childOf(root, 'audit').getAttribute('date');
  for (const { id } of lacking) addChild(parent, 'event', { type: id, date });
  return lacking;
}

/* Where more agencies must return than have: those that have not, with no answer yet. Gives
 * whether there are any. */
function standInAgencies(provisional) {
  const { form, root } = provisional;
  provisional.agencies = form.t.agencies.filter((a) => !childOf(root, 'responses', { agency: a.id }));
  for (const { id } of provisional.agencies) addChild(root, 'responses', { agency: id });
  return provisional.agencies.length > 0;
}

/* ---- answers ---- */

function standInSections({ root }) {
  for (const group of childrenOf(root, 'responses'))
    for (const element of childrenOf(group, 'not-applicable'))
      if (textOf(childOf(element, 'reason')) === '') setText(element, 'reason', AS_WORDS);
}

/* What may be asked of this case, as [agency, standard]; agencies that have not returned, not. */
function askedOf(form) {
  const columns = form.t.agencies.length > 0 ? form.t.agencies.map((a) => a.id) : [''];
  return columns.filter((agency) => form.responses.group(agency, false)).flatMap(
    (agency) => [...form.standards.values()]
      .filter((s) => form.survey.applies.get(s.standard) !== false &&
        (agency === '' || s.agencies.includes(agency)))
      .map((s) => [agency, s]));
}

/* Answers that were begun, as [agency, standard, element]. */
function answersOf(form) {
  return askedOf(form)
    .map(([agency, s]) => [agency, s, form.responses.response(agency, s.standard, false)])
    .filter(([agency, s, element]) => element && !isBlank(element) &&
      !form.survey.notApplicableSection(agency, s));
}

function standInAnswer(provisional, agency, s, element) {
  const copy = provisional.copyOf.get(element);
  for (const { field, missing } of provisional.form.survey.problemsOf(agency, s)) {
    if (field === 'actions-add') continue;
    if (missing && field === `std-${s.standard}-evidence`) {
      addChild(copy, 'evidence').textContent = AS_WORDS;
    } else if (missing && field === `std-${s.standard}-reason`) {
      setText(copy, 'reason', AS_WORDS);
    } else {
      copy.remove();
      provisional.left.push(nameOf(s));
      return;
    }
  }
}

/* Whether a low answer is followed by an action changes no grade: each has one here. */
function standInActions({ form, root }) {
  for (const name of ['findings', 'actions']) childOf(root, name)?.remove();
  const parent = addChild(root, 'actions');
  let n = 0;
  for (const [agency, s] of askedOf(form)) {
    if (s.actionBelow === undefined) continue;
    const match = { id: `${TO_COME}-${n += 1}`, standard: s.standard, owner: TO_COME };
    addChild(parent, 'action', agency ? { ...match, agency } : match).textContent = AS_WORDS;
  }
  if (n === 0) parent.remove();
}

/* ---- judgement and moderation ---- */

function settleVerdicts({ form, root, wrong }) {
  for (const group of childrenOf(root, 'responses'))
    if (!group.getAttribute('grade') || !group.getAttribute('by'))
      for (const name of ['grade', 'by']) group.removeAttribute(name);
  const judgement = childOf(root, 'judgement');
  const about = (name) => wrong.some((p) => p.field === `judgement-${name}`);
  if (judgement && (!form.wholeCase || about('grade'))) judgement.remove();
  else if (judgement && about('by')) judgement.setAttribute('by', TO_COME);
  if (judgement?.isConnected && about('date'))
    judgement.setAttribute('date', childOf(root, 'audit').getAttribute('date'));
  const moderation = childOf(root, 'moderation');
  if (moderation && (!form.wholeCase || wrong.some((p) => p.group === 'moderation')))
    moderation.remove();
}

/* A template that somebody has to judge is not scored without: a grade in the place of it. */
function standInJudgement({ root }, grade) {
  const judgement = childOf(root, 'judgement') ?? addChild(root, 'judgement');
  const match = { grade, by: TO_COME, date: childOf(root, 'audit').getAttribute('date') };
  for (const [name, value] of Object.entries(match)) judgement.setAttribute(name, value);
  setText(judgement, 'rationale', 'Nobody has judged yet: this grade stands in for a judgement.');
}

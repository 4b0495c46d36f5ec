
/*
 * The cases that were allocated to whoever has this form: a list to choose from, each begun as
 * its blank return. A case that was begun before goes on with its draft.
 */

/* What stands in the return of the case before anything is filled in. */
function givenReturn(t, given) {
  const doc = blankReturn(t);
  const root = doc.documentElement;
  root.setAttribute('id', given.id);
  childOf(root, 'case').setAttribute('ref', given.case);
  childOf(root, 'audit').setAttribute('auditor', given.auditor);
  childOf(root, 'audit').setAttribute('selection', given.selection);
  for (const [name, text] of given.notes) {
    const words = ` ${name}: ${text} `.replace(/-(?=-)/g, '- ');
    childOf(root, 'case').before(doc.createComment(words), '\n  ');
  }
  for (const [id, value] of given.attributes) {
    const attributes = childOf(root, 'attributes') ?? addChild(root, 'attributes');
    addChild(attributes, 'attribute', { id }).textContent = value;
  }
  return doc;
}

/* How far a case has come, as far as this browser knows. */
function caseState(form, given) {
  const draft = readDraft(form.drafts.keyFor(given.case));
  return draft === null ? '' : draft.saved ? ' (saved)' : ' (begun)';
}

function chosenCase(form) {
  const ref = form.caseRef.toLowerCase();
  return form.t.cases.find((given) => given.case.toLowerCase() === ref);
}

function casesCard(form) {
  const chosen = chosenCase(form);
  const select = h('select', {
    id: 'cases-choice', 'aria-describedby': 'cases-choice-hint', autocomplete: 'off',
    onchange() {
      const given = form.t.cases.find((x) => x.case === select.value);
      if (given) form.whenReleased(() => beginGiven(form, given));
    },
  }, h('option', { value: '' }, 'Choose a case'),
  form.t.cases.map((given) => h('option', { value: given.case, selected: given === chosen },
    `${given.case}${caseState(form, given)}`)));
  return card('cases', 'Your cases', h('div', { class: 'field' },
    h('label', { for: 'cases-choice' }, 'The case you audit'),
    h('p', { class: 'hint', id: 'cases-choice-hint' },
      `Allocated to ${form.t.cases[0].auditor}. What is known of a case is filled in for you; ` +
      'what you have begun stays in this browser.'),
    select), ...(chosen?.notes ?? []).map(([name, text]) =>
    h('p', { class: 'small' }, `${name}: ${text}`)));
}

/* The case's draft, or its blank return. What was in the form stays a draft. */
function beginGiven(form, given) {
  if (form.timer) form.keepDraft();
  if (form.unsaved && !form.kept && !confirm('Put this case in the place of what is in the form?')) {
    form.build();
    return;
  }
  const key = form.drafts.keyFor(given.case);
  if (readDraft(key) !== null) {
    form.openDraft(key);
  } else {
    form.drafts.leave();
    form.show(givenReturn(form.t, given), null);
    say(`Case ${given.case}: enter the date of the audit, and go on from there.`);
  }
  byId('cases-choice').focus();
}

/* Says anew how far the cases have come. */
function showCaseStates(form) {
  for (const option of byId('cases-choice')?.options ?? []) {
    const given = form.t.cases.find((x) => x.case === option.value);
    if (given) option.textContent = `${given.case}${caseState(form, given)}`;
  }
}

'use strict';

/*
 * What forms make of returns: form_rules.js < lines of JSON
 *
 * Each line is {form, returns}: the file of a form, and returns as trees of [name, attributes,
 * text, children]. Out comes, a line for each line, for each return {standard, agency, applies,
 * status, answer, score} of every standard and agency: by the very script that is in the page, on
 * a document that has just what it asks for.
 */

const fs = require('node:fs');
const vm = require('node:vm');

const NS = 'urn:caseaudit:return:1';

class Element {
  constructor([name, attributes, text, children]) {
    Object.assign(this, { localName: name, namespaceURI: NS, text, isConnected: true });
    this.attributes = Object.entries(attributes).map(([key, value]) => ({ name: key, value }));
    this.children = children.map((child) => new Element(child));
  }

  getAttribute(name) {
    return this.attributes.find((a) => a.name === name)?.value ?? null;
  }

  get textContent() {
    return this.text + this.children.map((child) => child.textContent).join('');
  }
}

/* The model in a page, and its script without the beginning that needs a browser. */
function readForm(file) {
  const html = fs.readFileSync(file, 'utf8');
  const model = /<script type="application\/json" id="template">([^]*?)<\/script>/.exec(html)[1];
  const script = /<script>([^]*?)<\/script>/.exec(html)[1].replace(/\nstart\(\);\s*$/, '');
  const names = '({ Form, Survey, Responses, childOf, dayOf, givenOf, outcomeOf })';
  return { model: JSON.parse(model), page: vm.runInNewContext(`${script}\n${names}`) };
}

/* The form's own walk over the template and reading of the return, without what is shown. */
function surveyOf(page, t, tree) {
  const root = new Element(tree);
  const form = Object.create(page.Form.prototype);
  Object.assign(form, { t, standards: new Map(), sections: [], doc: { documentElement: root } });
  t.holidaySet = new Set(t.holidays);
  for (const section of t.sections) form.flatten(section, [], section.section);
  form.responses = new page.Responses(form.doc);
  const survey = Object.create(page.Survey.prototype);
  const date = page.childOf(root, 'audit').getAttribute('date').trim();
  return Object.assign(survey, { form, t, root, today: page.dayOf(date) });
}

function* outcomes({ page, model }, tree) {
  const t = structuredClone(model);
  const survey = surveyOf(page, t, tree);
  const settled = survey.settle(new Map());
  for (const s of survey.form.standards.values())
    for (const agency of t.agencies.length > 0 ? s.agencies : ['']) {
      const group = survey.form.responses.group(agency, false);
      if (agency !== '' && !group) continue;
      const row = { standard: s.standard, agency, applies: settled.get(s.standard) };
      const element = survey.form.responses.response(agency, s.standard, false);
      if (!s.derived && row.applies !== false && !survey.notApplicableSection(agency, s))
        Object.assign(row, page.outcomeOf(t, s, page.givenOf(element), survey.today));
      yield row;
    }
}

for (const line of fs.readFileSync(0, 'utf8').split('\n').filter((text) => text !== '')) {
  const { form, returns } = JSON.parse(line);
  const read = readForm(form);
  console.log(JSON.stringify(returns.map((tree) => [...outcomes(read, tree)])));
}

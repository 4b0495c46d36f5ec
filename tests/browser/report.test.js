'use strict';

/* The report of one audit as a page: for the team manager and the practitioner. */

const { test, before, after, afterEach } = require('node:test');
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { launch, openPage, readEverywhere, needsNoScript, caseaudit, score, sample, scratch } =
  require('./browser.js');

let browser;
before(async () => { browser = await launch(); });
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
after(() => browser.close());

const templates = fs.readdirSync(sample('templates')).flatMap((name) =>
  ['--template', sample('templates', name)]);

function report(name, ...operands) {
  const file = path.join(scratch, `${name}.html`);
  const run = caseaudit('score', '--format', 'html', ...templates, '-o', file, ...operands);
  assert.ok(run.status === 0 || run.status === 1, run.stderr);
  return file;
}

const limited = sample('returns/permanency-2023-24-q1/PF-2023-24-Q1-018.xml');

/* A template whose standards may all be not applicable, and a return where they are. */
const small = `<template xmlns="urn:caseaudit:template:1" id="small" version="1"
    framework="graded-standards" effective-from="2023-01-01" out-of="3"><title>Small</title>
  <scale><grade id="good" label="Good" score="3" from="1.5" positive="yes"/>
    <grade id="poor" label="Poor" score="0" from="0"/></scale>
  <section id="only" title="The only part">
    <standard id="first" label="First question" answers="grades"><question>Was it?</question></standard>
    <standard id="second" label="Second question" answers="grades"><question>Is it?</question></standard>
  </section></template>`;

const inapplicable = `<return xmlns="urn:caseaudit:return:1" id="SMALL-1" template="small"
    template-version="1"><case ref="FICTION-1"/><audit date="2023-11-14" auditor="A17"/>
  <responses><response standard="first" status="not-applicable"><reason>The family moved.</reason></response>
    <response standard="second" status="not-applicable"><reason>The child is grown up.</reason></response>
  </responses></return>`;

function notApplicable() {
  const template = path.join(scratch, 'small.xml'), file = path.join(scratch, 'small-return.xml');
  fs.writeFileSync(template, small);
  fs.writeFileSync(file, inapplicable);
  return report('not-applicable', '--template', template, file);
}

/* ---- for everyone ---- */

for (const [name, ...operands] of [
  ['limits-and-moderation', limited],
  ['changed-answers', sample('returns/child-in-need/CIN-2023-003.xml')],
  ['immediate-alert', sample('returns/foster-home-reviews-2023-24/FHR-2023-24-011.xml')],
  ['reviewing-officer', sample('returns/iro-practice/IRO-2023-001.xml')],
  ['agency-missing', sample('returns/maap-transitions/MAAP-2023-002.xml')],
  ['out-of-scope', sample('returns/macfa-domestic-abuse/MACFA-2022-003.xml')],
  ['judged-alone', sample('returns/threshold-dip-sample/DIP-2023-11-03.xml')],
  ['refused', sample('bad/wrong-answer.xml')],
  ['several', sample('returns/threshold-dip-sample')],
])
  test(`${name}: axe finds nothing, nothing is cut off`, async () => {
    const page = await openPage(browser, report(name, ...operands));
    await readEverywhere(page, name);
  });

test('a report without a grade: axe finds nothing, and words say why', async () => {
  const page = await openPage(browser, notApplicable());
  await readEverywhere(page, 'not applicable');
  const text = await page.locator('article').innerText();
  assert.match(text, /Nothing in this audit was applicable to this case, so there is no score\./);
  assert.match(text, /So this audit has no grade\./);
  assert.match(text, /Nothing here has a score: it was not applicable/);
  assert.match(text, /First question\s+Was it\?\s+Not applicable/);
  assert.match(text, /Reason: The family moved\./);
});

test('without scripts the report says the same', async () => {
  await needsNoScript(browser, report('scripts', limited));
});

/* ---- what it says, and in which order ---- */

test('the grade, why, strengths first, actions, parts, standards, the working', async () => {
  const page = await openPage(browser, report('order', limited));
  assert.deepEqual(await page.locator('article h3').allTextContents(), ['Why this grade',
    'Strengths', 'What to improve', 'Actions', 'Parts of the audit', 'Standards and what was found',
    'The working in full']);
  assert.equal(await page.locator('.grade b').textContent(), 'Good');
});

test('why: from the answers over judgement and limits to the moderated grade', async () => {
  const page = await openPage(browser, report('why', limited));
  const steps = await page.locator('.why li').allTextContents();
  assert.match(steps[0], /^Computed from the answers as audited: Good\./);
  assert.match(steps[1], /^Judged by AUD08 on 15 May 2023: 'Good'\./);
  assert.ok(steps.some((s) => /^Limit 'child-not-heard'.*It holds, because/s.test(s)));
  assert.ok(steps.some((s) => s.startsWith('The moderation overrides the limits.')));
  assert.match(steps.at(-1), /^Grade: Good\./);
});

test('the figures are those of the other formats', async () => {
  for (const [template, file] of [['permanency-file', limited],
    ['child-in-need-file', sample('returns/child-in-need/CIN-2023-003.xml')],
    ['foster-home-review', sample('returns/foster-home-reviews-2023-24/FHR-2023-24-011.xml')]]) {
    const page = await openPage(browser, report('figures', file));
    const result = score(sample('templates', `${template}.xml`), file);
    const rows = await page.locator('.parted tbody tr').evaluateAll((all) =>
      all.map((row) => [...row.children].map((cell) => cell.textContent.trim())));
    assert.deepEqual(rows.map((row) => row[1]), result.sections.map((section) =>
      section.score === null ? 'no score' : Number(section.score).toFixed(2)));
    assert.match(await page.locator('.grade').innerText(),
      new RegExp(`Score ${Number(result.score).toFixed(2)} of `));
    await page.context().close();
  }
});

test('every standard is there with its evidence, the inapplicable ones with their reason', async () => {
  const page = await openPage(browser, report('standards', limited));
  const xml = fs.readFileSync(sample('templates/permanency-file.xml'), 'utf8');
  assert.equal(await page.locator('.card').count(), xml.match(/<standard /g).length);
  const text = await page.locator('article').innerText();
  for (const [, words] of fs.readFileSync(limited, 'utf8').matchAll(/<evidence[^>]*>([^<]*)</g))
    assert.ok(text.includes(words.trim().replace(/\s+/g, ' ')), words);
  assert.match(text, /Early permanence\s+[^\n]*\s+Does not apply to this case: only if/);
});

test('a change by the moderator stands beside what was audited', async () => {
  const file = sample('returns/child-in-need/CIN-2023-003.xml');
  const [, rationale] = fs.readFileSync(file, 'utf8').match(/<change[^>]*>\s*<rationale>([^<]*)/);
  const page = await openPage(browser, report('changed', file));
  assert.ok((await page.locator('article').innerText()).includes(rationale));
  assert.match(await page.locator('table.stay').first().innerText(),
    /Computed with the moderator's changes\s+\w/);
});

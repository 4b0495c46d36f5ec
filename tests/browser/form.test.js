'use strict';

/* The form for auditors, filled in by keyboard and field by field, without a network. */

const { test, before, after, afterEach } = require('node:test');
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { deep, launch, caseaudit, score, validReturn, sample, scratch } = require('./browser.js');
const { everyKind, everyKindReturn, fresh, save, openReturn, readReturn, child, named, put, addRow,
  fillHead, fillResponses, fillVerdict, fillModeration, fillTail } = require('./form.js');

let browser;
before(async () => { browser = await launch(); });
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
after(() => browser.close());

/* ---- by keyboard alone ---- */

/* Tab until the field has the focus, as someone without a mouse does. */
async function tabTo(page, wanted) {
  for (let i = 0; i < 400; i++) {
    const id = await page.evaluate(() => document.activeElement.id);
    if (id === wanted || (wanted.endsWith('*') && id.startsWith(wanted.slice(0, -1)))) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`no way to ${wanted} by the Tab key`);
}

async function typeDate(page, id, iso) {
  await tabTo(page, id);
  const [year, month, day] = iso.split('-');
  /* The browser's own order of day and month: tried with a date that tells them apart. */
  await page.keyboard.type('02012001');
  const monthFirst = await page.evaluate(() => document.activeElement.value) === '2001-02-01';
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.type(monthFirst ? month + day + year : day + month + year);
  assert.equal(await page.evaluate(() => document.activeElement.value), iso);
}

async function choose(page, id, times) {
  await tabTo(page, `${id}-*`);
  await page.keyboard.press('Space');
  for (let i = 0; i < times; i++) await page.keyboard.press('ArrowDown');
}

test('filled in by keyboard alone, saved, and scored like the same answers typed as XML', async () => {
  const template = sample('templates/threshold-dip-sample.xml');
  const page = await fresh(browser, template);
  await tabTo(page, 'return-id');
  await page.keyboard.type('DIP-1');
  await tabTo(page, 'case-ref');
  await page.keyboard.type('C77');
  await typeDate(page, 'audit-date', '2023-11-14');
  await tabTo(page, 'auditor');
  await page.keyboard.type('A17');
  await tabTo(page, 'attribute-source');
  await page.keyboard.type('Pol');
  await choose(page, 'std-decision.threshold-given', 1); /* no */
  await tabTo(page, 'std-decision.threshold-evidence');
  await page.keyboard.type('Two earlier <contacts> & "no" answer');
  await choose(page, 'std-decision.history-given', 2); /* not evidenced */
  await choose(page, 'std-decision.consent-given', 3); /* not applicable */
  await tabTo(page, 'std-decision.consent-reason');
  await page.keyboard.type('The family asked for it themselves.');
  await typeDate(page, 'std-decision.days-start', '2023-11-10');
  await typeDate(page, 'std-decision.days-end', '2023-11-14');
  assert.equal(await page.locator('[id="std-decision.days-outcome"]').textContent(),
    'Due by 13 November 2023: late.');
  await tabTo(page, 'judgement-grade');
  await page.keyboard.type('Wrong');
  await tabTo(page, 'judgement-by');
  await page.keyboard.type('A17');
  await typeDate(page, 'judgement-date', '2023-11-14');
  assert.equal(await page.locator('#count').textContent(), 'Every required answer is given');
  await tabTo(page, 'save-end');
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  const saved = path.join(scratch, download.suggestedFilename());
  await download.saveAs(saved);
  assert.equal(download.suggestedFilename(), 'DIP-1.xml');
  validReturn(saved);
  const typed = path.join(scratch, 'typed.xml');
  fs.writeFileSync(typed, `<return xmlns="urn:caseaudit:return:1" id="DIP-1"
      template="threshold-dip-sample" template-version="1">
    <case ref="C77"/><audit date="2023-11-14" auditor="A17"/>
    <attributes><attribute id="source">police</attribute></attributes>
    <responses>
      <response standard="decision.threshold" answer="no"><evidence>Two earlier</evidence></response>
      <response standard="decision.history" status="not-evidenced"/>
      <response standard="decision.consent" status="not-applicable"><reason>So.</reason></response>
      <response standard="decision.days"><start>2023-11-10</start><end>2023-11-14</end></response>
    </responses>
    <judgement grade="wrong" by="A17" date="2023-11-14"/></return>`);
  const result = score(template, saved);
  assert.deepEqual(result, score(template, typed));
  assert.equal(result.status, 'scored');
  assert.equal(result.grade, 'wrong');
  assert.match(fs.readFileSync(saved, 'utf8'), /Two earlier &lt;contacts&gt; &amp; "no" answer/);
  assert.deepEqual(page.faults, []);
});

/* ---- the samples' returns, typed into the form ---- */

const typedReturns = [
  ['permanency-file', 'permanency-2023-24-q2', [0, 7, 19]],
  ['child-in-need-file', 'child-in-need', [0, 5]],
  ['foster-home-review', 'foster-home-reviews-2023-24', [0, 9]],
  ['iro-practice', 'iro-practice', [3]],
  ['threshold-dip-sample', 'threshold-dip-sample', [2]],
];

for (const [template, folder, picks] of typedReturns)
  for (const pick of deep ? picks : picks.slice(0, 1))
    test(`${folder}, return ${pick + 1}: typed into the form it scores the same`, async () => {
      const names = fs.readdirSync(sample('returns', folder)).sort();
      const original = sample('returns', folder, names[pick]);
      const page = await fresh(browser, sample('templates', `${template}.xml`));
      const root = await readReturn(page, fs.readFileSync(original, 'utf8'));
      await fillHead(page, root);
      await fillResponses(page, child(root, 'responses'));
      await fillTail(page, root);
      const saved = await save(page);
      validReturn(saved);
      const file = sample('templates', `${template}.xml`);
      assert.equal(score(file, saved).status, 'scored');
      assert.deepEqual(score(file, saved), score(file, original));
      assert.deepEqual(page.faults, []);
    });

/* ---- several agencies ---- */

/* The findings and actions that carry this agency; undefined for those that carry none. */
function tailOf(root, agency) {
  return { children: root.children.filter((e) => ['findings', 'actions'].includes(e.name))
    .map((e) => ({ ...e, children: e.children.filter((row) => row['@agency'] === agency) })) };
}

async function fillPart(template, root, responses) {
  const page = await fresh(browser, template);
  await page.locator('#part').selectOption(responses['@agency']);
  await fillHead(page, root);
  await fillResponses(page, responses);
  await fillTail(page, tailOf(root, responses['@agency']));
  const part = await save(page);
  assert.match(path.basename(part), new RegExp(`-${responses['@agency']}\\.xml$`));
  validReturn(part);
  await page.context().close();
  return part;
}

const parted = [
  [everyKind, everyKindReturn],
  [sample('templates/macfa-domestic-abuse.xml'),
    sample('returns/macfa-domestic-abuse/MACFA-2022-003.xml')],
  [sample('templates/maap-transitions.xml'), sample('returns/maap-transitions/MAAP-2023-001.xml')],
];

for (const [template, original] of deep ? parted : parted.slice(0, 1))
  test(`${path.basename(original)}: each agency fills in its part; merged, and judged by the ` +
    'panel, they score as the whole', async () => {
    const page = await fresh(browser, template);
    const root = await readReturn(page, fs.readFileSync(original, 'utf8'));
    const parts = [];
    for (const responses of named(root, 'responses'))
      parts.push(await fillPart(template, root, responses));
    assert.ok(parts.length >= 2);
    const merged = path.join(scratch, 'merged.xml');
    const run = caseaudit('merge', ...parts, '--force', '-o', merged);
    assert.equal(run.status, 0, run.stderr);
    await page.locator('#part').selectOption('panel');
    await openReturn(page, merged);
    await fillVerdict(page, 'judgement', child(root, 'judgement'));
    if (child(root, 'moderation')) await fillModeration(page, child(root, 'moderation'));
    await fillTail(page, tailOf(root, undefined));
    const saved = await save(page);
    validReturn(saved);
    assert.equal(score(template, saved).status, 'scored');
    assert.deepEqual(score(template, saved), score(template, original));
    assert.deepEqual(page.faults, []);
  });

/* ---- live rules, counts, errors ---- */

test('questions come and go with what they depend on, and the count follows', async () => {
  const page = await fresh(browser, sample('templates/permanency-file.xml'));
  const matching = page.locator('[id="std-matching.needs-box"]');
  const count = async () => Number((await page.locator('#count').textContent()).split(' ')[0]);
  assert.equal(await matching.isVisible(), false);
  const before = await count();
  await put(page, 'attribute-route', 'adoption');
  assert.equal(await matching.isVisible(), true);
  assert.equal(await count(), before - 1 + 1); /* the route is given, one question more */
  await page.locator('[id="std-matching.needs-given"] input[value="answer:yes"]').check();
  await put(page, 'std-matching.needs-evidence', 'E');
  await put(page, 'attribute-route', 'residential');
  assert.equal(await matching.isVisible(), false);
  const draft = fs.readFileSync(await save(page, 'save-draft'), 'utf8');
  assert.doesNotMatch(draft, /matching\.needs/);
  await put(page, 'attribute-route', 'adoption');
  assert.equal(await page.locator('[id="std-matching.needs-given"] input:checked').getAttribute('value'),
    'answer:yes');
});

test('saving too early names every gap, and each leads to its field', async () => {
  const page = await fresh(browser, sample('templates/foster-home-review.xml'));
  await page.locator('#save').press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'summary');
  const links = await page.locator('#summary a').all();
  assert.ok(links.length > 10);
  for (const link of links.slice(0, 12)) {
    const field = (await link.getAttribute('href')).slice(1);
    await link.press('Enter');
    const focus = await page.evaluate(() => document.activeElement.id);
    assert.ok(focus === field || focus.startsWith(`${field}-`), `${field} led to ${focus}`);
    const said = await page.evaluate(() => (document.activeElement.closest('[role=radiogroup]') ??
      document.activeElement).getAttribute('aria-describedby').split(' ')
      .map((id) => document.getElementById(id).textContent).join(' '));
    assert.ok(said.includes(await link.textContent()), `${field}: ${said}`);
  }
});

test('what is wrong is said by the field as soon as it is left', async () => {
  const page = await fresh(browser, sample('templates/threshold-dip-sample.xml'));
  await put(page, 'audit-date', '2023-11-14');
  await put(page, 'std-decision.days-start', '2023-11-13');
  await put(page, 'std-decision.days-end', '2023-11-10');
  await page.locator('#case-ref').focus();
  assert.match(await page.locator('[id="std-decision.days-end-error"]').textContent(), /before its start/);
  await put(page, 'std-decision.days-end', '2023-11-14');
  assert.equal(await page.locator('[id="std-decision.days-end-error"]').isVisible(), false);
});

test('evidence and actions are asked for where the answer calls for them', async () => {
  const page = await fresh(browser, sample('templates/permanency-file.xml'));
  await page.locator('[id="std-plan.clear-given"] input[value="answer:inadequate"]').check();
  await page.locator('#save').press('Enter');
  const all = (await page.locator('#summary').textContent());
  assert.match(all, /'Clear plan' needs evidence/);
  assert.match(all, /Add an action for 'Clear plan'/);
});

test('one button leads from gap to gap, and on from the field one worked on', async () => {
  const page = await fresh(browser, sample('templates/threshold-dip-sample.xml'));
  const focus = async () => page.evaluate(() => document.activeElement.id);
  await page.locator('#next').press('Enter');
  assert.equal(await focus(), 'return-id');
  await page.locator('#next').press('Enter');
  assert.equal(await focus(), 'case-ref');
  await page.locator('[id="std-decision.threshold-evidence"]').focus();
  await page.locator('#next').press('Enter');
  assert.match(await focus(), /^std-decision\.history-given-/);
});

test('what cannot be is said in words: a day that is none, a letter nobody sees', async () => {
  const page = await fresh(browser, sample('templates/threshold-dip-sample.xml'));
  const error = (id) => page.locator(`[id="${id}-error"]`).textContent();
  await page.locator('#audit-date').focus();
  await page.keyboard.type('31');
  await page.keyboard.press('Tab');
  await page.locator('#case-ref').focus();
  assert.match(await error('audit-date'), /is not a whole date of the calendar/);
  await put(page, 'audit-date', '2023-11-14');
  assert.equal(await error('audit-date'), '');
  await put(page, 'case-ref', 'C1\u200b2');
  await page.locator('#auditor').focus();
  assert.match(await error('case-ref'), /a character in it that cannot be seen/);
  await put(page, 'case-ref', 'C1\u0007');
  assert.equal(await error('case-ref'), ''); /* what XML cannot hold never gets into it */
  assert.match(fs.readFileSync(await save(page, 'save-draft'), 'utf8'), /<case ref="C1"\/>/);
});

test('what was begun and taken away again asks for nothing, and leaves nothing', async () => {
  const template = sample('templates/threshold-dip-sample.xml');
  const original = sample('returns/threshold-dip-sample/DIP-2023-11-01.xml');
  const page = await fresh(browser, template);
  await openReturn(page, original);
  await page.locator('#moderation summary').press('Enter');
  await page.locator('#changes-add').press('Enter');
  await page.locator('#moderation li button', { hasText: 'Remove' }).press('Enter');
  for (const list of ['strength', 'actions', 'changes'])
    await page.locator(`#${list}-add`).press('Enter');
  await page.locator('[id="std-decision.history-evidence-add"]').press('Enter');
  const saved = await save(page);
  validReturn(saved);
  assert.deepEqual(score(template, saved), score(template, original));
  assert.doesNotMatch(fs.readFileSync(saved, 'utf8'), /<change|<moderation\/>/);
});

test("a moderator's change that cannot be is refused by its field", async () => {
  const page = await fresh(browser, everyKind);
  await page.locator('#part').selectOption('panel');
  await openReturn(page, everyKindReturn);
  const summary = async () => (await page.locator('#summary').textContent());
  const change = async (standard, agency, value) => {
    const key = await addRow(page, 'changes-add');
    await put(page, `${key}-standard`, standard);
    await put(page, `${key}-agency`, agency);
    await put(page, `${key}-new`, value);
    await put(page, `${key}-rationale`, 'Read again.');
  };
  await change('one.list', 'police', 'answer:good');
  await change('one.months', 'health', 'status:not-evidenced');
  await change('three.list', 'health', 'answer:poor');
  await page.locator('#save').press('Enter');
  assert.match(await summary(), /'List' is changed twice/);
  assert.match(await summary(), /'Month by month\?' has no answer to be changed/);
  assert.match(await summary(), /'And in time\?' has no answer to be changed/);
});

/* ---- role codes ---- */

test('whoever audited does not moderate, nor an owner verify, in whatever capitals', async () => {
  const file = path.join(scratch, 'codes.xml');
  const text = fs.readFileSync(sample('samples/returns/permanency-2023-24-q2/PF-2023-24-Q2-049.xml'.replace('samples/', '')), 'utf8');
  const auditor = /auditor="([^"]*)"/.exec(text)[1];
  const owner = /owner="([^"]*)"[^>]* verified-by/.exec(text)[1];
  fs.writeFileSync(file, text
    .replace(/(<moderation[^>]* by=")[^"]*/, `$1${auditor.toLowerCase()}`)
    .replace(/verified-by="[^"]*/, `verified-by="${owner.toLowerCase()}`));
  const page = await fresh(browser, sample('templates/permanency-file.xml'));
  await openReturn(page, file);
  await page.locator('#save').press('Enter');
  const said = await page.locator('#summary').innerText();
  assert.match(said, /The moderator is someone other than the auditor/);
  assert.match(said, /Someone other than its owner verifies an action/);
});

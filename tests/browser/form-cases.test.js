'use strict';

/* The form that auditors are handed with their cases: each is chosen from a list, begins as its
 * blank return, goes on where it was left, and is saved as a return that the program records. */

const { test, before, after, afterEach } = require('node:test');
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { launch, openPage, axe, caseaudit, sample, scratch } = require('./browser.js');
const { save, put, readReturn, child, fillResponses, fillTail } = require('./form.js');

const store = `sqlite:${path.join(scratch, 'cases.db')}`;
const folder = path.join(scratch, 'cases');
const form = path.join(folder, 'A1', 'form.html');
const history = '[id="std-decision.history-given"] input[value="answer:no"]';

function run(...words) {
  const done = caseaudit('--store', store, '--today', '2024-06-30', ...words);
  assert.equal(done.status, 0, done.stderr);
  return done.stdout;
}

let browser;
before(async () => {
  browser = await launch();
  const list = path.join(scratch, 'cases.csv');
  const auditors = path.join(scratch, 'auditors.csv');
  fs.writeFileSync(list, 'case,team,source,floor\nF/1,north,school,"2 -- left"\nF2,north,,\nF3,south,family,\n');
  fs.writeFileSync(auditors, 'auditor,team\nA1,south\nA2,north\n');
  run('store', 'init');
  run('template', 'load', sample('templates/threshold-dip-sample.xml'));
  run('sample', 'draw', 'q1', '--template', 'threshold-dip-sample', '--population', list, '--id', 'case',
    '--size', '3', '--stratify', 'team', '--keep', 'source', '--keep', 'floor', '--seed', 's', '--on', '2024-04-02');
  run('allocate', 'q1', '--auditors', auditors, '--team', 'team', '-o', folder, '--forms');
});
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
after(() => browser.close());

const value = (page, id) => page.locator(`[id="${id}"]`).inputValue();
const choices = (page) => page.locator('#cases-choice option').allTextContents();
const choose = (page, ref) => page.locator('#cases-choice').selectOption(ref);

test('a case of the list begins as its blank return', async () => {
  const page = await openPage(browser, form);
  assert.deepEqual((await choices(page)).sort(), ['Choose a case', 'F/1', 'F2']);
  assert.deepEqual(await axe(page), []);
  await choose(page, 'F/1');
  for (const [id, text] of [['return-id', 'q1-F/1'], ['case-ref', 'F/1'], ['auditor', 'A1'],
    ['selection', 'stratified'], ['attribute-source', 'school'], ['audit-date', '']])
    assert.equal(await value(page, id), text, id);
  assert.equal(await value(page, 'cases-choice'), 'F/1');
  assert.match(await page.locator('#cases').textContent(), /floor: 2 -- left/);
  await choose(page, 'F2');
  assert.equal(await value(page, 'return-id'), 'q1-F2');
  assert.equal(await value(page, 'attribute-source'), '');
  assert.doesNotMatch(await page.locator('#cases').textContent(), /floor/);
  assert.deepEqual(await page.evaluate(() => Object.keys(localStorage)), [], 'a draft of nothing');
  assert.deepEqual(page.faults, []);
});

test('a case goes on where it was left, in this tab and in another', async () => {
  const page = await openPage(browser, form);
  await choose(page, 'F/1');
  await page.locator(history).check();
  await choose(page, 'F2');
  assert.ok(!await page.locator(history).isChecked());
  assert.ok((await choices(page)).includes('F/1 (begun)'));
  await choose(page, 'F/1');
  assert.ok(await page.locator(history).isChecked());
  const tab = await page.context().newPage();
  await tab.goto(`file://${form}`);
  await choose(tab, 'F/1');
  assert.ok(await tab.locator(history).isChecked());
  assert.equal(await value(tab, 'return-id'), 'q1-F/1');
});

test('what is saved is recorded as the return of the case, and the next one is begun', async () => {
  const page = await openPage(browser, form);
  await choose(page, 'F/1');
  const root = await readReturn(page,
    fs.readFileSync(sample('returns/threshold-dip-sample/DIP-2023-11-01.xml'), 'utf8'));
  await put(page, 'audit-date', '2024-05-02');
  await fillResponses(page, child(root, 'responses'));
  child(root, 'judgement')['@date'] = '2024-05-03';
  await fillTail(page, root);
  const file = await save(page);
  assert.match(fs.readFileSync(file, 'utf8'), /<!-- floor: 2 - - left -->/);
  run('record', file);
  assert.match(run('sample', 'status', 'q1', '--format', 'csv'), /"F\/1","A1","","q1-F\/1"/);
  assert.ok((await choices(page)).includes('F/1 (saved)'));
  await page.getByRole('button', { name: 'Begin the next case' }).click();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'cases-choice');
  assert.equal(await value(page, 'cases-choice'), '');
  await choose(page, 'F2');
  assert.equal(await value(page, 'return-id'), 'q1-F2');
  assert.deepEqual(page.faults, []);
});

test('a form without cases has no list', async () => {
  const plain = path.join(scratch, 'plain.html');
  run('template', 'form', sample('templates/threshold-dip-sample.xml'), '-o', plain);
  const page = await openPage(browser, plain);
  assert.equal(await page.locator('#cases').count(), 0);
});

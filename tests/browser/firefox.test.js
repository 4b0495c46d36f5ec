'use strict';

/* The pages with the engine in them, as used in Firefox: each step shows what it shows in Chromium. */

const { test, before, after } = require('node:test');
const assert = require('node:assert/strict');
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { launch, openPage, caseaudit, sample, scratch } = require('./browser.js');
const { makeForm } = require('./form.js');
const { launchFirefox } = require('./marionette.js');

const template = sample('templates', 'child-in-need-file.xml');
const workbench = path.join(scratch, 'workbench.html');
const made = caseaudit('workbench', '--template', template, '-o', workbench);
const skip = made.status === 3 ? 'the engine for web pages was not built; see --with-wasm in configure --help'
  : spawnSync('firefox-esr', ['--version']).status !== 0 && process.env.CI !== 'true' && 'firefox-esr is missing';

let browsers = [];
before(async () => {
  if (skip) return;
  const chromium = await launch();
  const firefox = await launchFirefox(scratch);
  browsers = [{ async open(file) { this.page = await openPage(chromium, file); },
    run(...of) { return this.page.evaluate(...of); }, close: () => chromium.close() }, firefox];
});
after(() => Promise.all(browsers.map((browser) => browser.close())));

/* What both say of it, where they say the same. */
async function both(work, argument) {
  const said = [];
  for (const browser of browsers) said.push(await browser.run(work, argument) ?? null);
  assert.deepEqual(said[1], said[0]);
  return said[1];
}

/* Until both pages hold such a text in that element. */
async function until(id, words) {
  const hung = Date.now() + 600000;
  for (const browser of browsers)
    while (!(await browser.run((of) => document.getElementById(of)?.textContent ?? '', id)).includes(words)) {
      assert.ok(Date.now() < hung, `${id}: ${words}`);
      await new Promise((resolve) => { setTimeout(resolve, 30); });
    }
}

const text = (id) => both((of) => document.getElementById(of).textContent.replace(/\s+/g, ' '), id);
const press = (query) => both((of) => document.querySelector(of).click(), query);

const bring = ([id, files]) => {
  const transfer = new DataTransfer();
  for (const [name, content] of files) transfer.items.add(new File([content], name));
  const input = document.getElementById(id);
  input.files = transfer.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
};
const named = (files) => files.map((file) => [path.basename(file), fs.readFileSync(file, 'utf8')]);

test('the workbench scores, lists, explains, sums up, tries and corrects', { skip }, async () => {
  for (const browser of browsers) await browser.open(workbench);
  await until('state', 'Ready for returns');
  const folder = sample('returns', 'child-in-need');
  await both(bring, ['files', named([...fs.readdirSync(folder).sort().map((name) => path.join(folder, name)),
    sample('bad', 'wrong-answer.xml')])]);
  await until('state', 'scored,');
  assert.match(await text('state'), /^12 returns scored, 1 refused/);
  assert.match(await text('faults-list'), /wrong-answer\.xml\d+/);
  await press('#grades-list th:nth-child(6) button');
  assert.match(await text('grades-list'), /CIN-2023-001/);

  await press('#grades-list tbody button');
  await until('report', 'Why');
  await text('report');
  await press('#sum-up');
  await until('sum-said', 'follows');
  assert.match(await text('sum-shown'), /95 %|95%/);
  await both(bring, ['trial-file', [['other.xml', fs.readFileSync(template, 'utf8')
    .replace('version="3.2"', 'version="4.0"').replace('from="85"', 'from="96"')]]]);
  await until('trial-said', 'scored again');
  assert.match(await text('trial-said'), /version 4\.0: 12 returns scored again, [1-9]/);
  await press('#faults-list tbody button');
  await until('edit-said', 'Refused');
  assert.match(await text('edit-place'), /^Line \d+ of \d+$/);
  assert.deepEqual(browsers[0].page.faults, []);
});

test('the form grades as it is filled in', { skip }, async () => {
  const form = makeForm(sample('templates', 'permanency-file.xml'));
  for (const browser of browsers) await browser.open(form);
  await until('grade', 'nothing changes');
  assert.match(await text('grade'), /Entered care starts the clock/);
  await press('[id="std-plan.clear-given"] input[value="answer:inadequate"]');
  await until('grade', 'The permanence planInadequate 0.00');
  await until('grade', 'nothing changes');
  await text('grade');
  assert.deepEqual(browsers[0].page.faults, []);
});

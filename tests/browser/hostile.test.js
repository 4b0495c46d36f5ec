'use strict';

/* Pages made of hostile text, in a real browser: the text is there and does nothing. The text
 * is that of tests/report/hostile.json, in every field that people write. */

const { test, before, after, afterEach } = require('node:test');
const assert = require('node:assert/strict');
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { launch, openPage, caseaudit, scratch, source } = require('./browser.js');

const folder = path.join(scratch, 'hostile');
const store = `sqlite:${path.join(scratch, 'hostile.db')}`;

/* What steers a terminal, or the direction of writing. */
const STEERS = /[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
const strings = JSON.parse(fs.readFileSync(path.join(source, 'tests/report/hostile.json'), 'utf8'))
  .map(({ text }) => shown(text));

/* As a page shows it, without blanks: what steers is U+FFFD. */
function shown(text) {
  return text.trim().replace(/[\t\n]/g, ' ').replace(STEERS, '\ufffd')
    .replace(/[ \r\n\t\u00a0]/g, '');
}

function made(name, ...args) {
  const file = path.join(folder, name);
  const run = caseaudit('--store', store, ...args, '-o', file);
  assert.equal(run.status, 0, run.stderr);
  return file;
}

let browser;
before(async () => {
  execFileSync('python3', ['-B', path.join(source, 'tests/report/hostile_input.py'), folder]);
  const steps = [['store', 'init'],
    ['template', 'load', path.join(folder, 'file.xml'), path.join(folder, 'panel.xml')],
    ['record', path.join(folder, 'file-return.xml'), path.join(folder, 'panel-return.xml')],
    ['indicator', 'import', path.join(folder, 'indicators.csv')]];
  for (const step of steps) {
    const run = caseaudit('--store', store, ...step);
    assert.equal(run.status, 0, run.stderr);
  }
  browser = await launch();
});
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
after(() => browser.close());

/* Opens it, moves over all of it and follows nothing; what ran or was asked for is a fault. */
async function harmless(file) {
  const page = await openPage(browser, file);
  page.on('dialog', (dialog) => {
    page.faults.push(`dialog ${dialog.message()}`);
    dialog.dismiss();
  });
  await page.evaluate(() => {
    for (const element of document.querySelectorAll('*')) {
      element.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
      element.dispatchEvent(new FocusEvent('focus'));
    }
  });
  /* What was to run has run by the frame after the next. */
  await page.evaluate(() => new Promise((done) => {
    requestAnimationFrame(() => requestAnimationFrame(done));
  }));
  assert.deepEqual(page.faults, []);
  const found = await page.evaluate(() => ({
    active: [...document.querySelectorAll('iframe,object,embed,base,img[onerror],svg[onload]')]
      .map((e) => e.outerHTML),
    handlers: [...document.querySelectorAll('*')]
      .flatMap((e) => [...e.attributes]).map((a) => a.name).filter((name) => /^on/.test(name)),
    addresses: [...document.querySelectorAll('[href],[src]')].map((e) => e.href || e.src)
      .filter((address) => !/^(https:\/\/example\.org\/|file:|mailto:)/.test(address)),
  }));
  assert.deepEqual(found, { active: [], handlers: [], addresses: [] });
  return page;
}

/* Its title and all its text, but for scripts and what is there to be changed. */
async function textOf(page) {
  const text = await page.evaluate(() => {
    const body = document.body.cloneNode(true);
    for (const other of body.querySelectorAll('script,style,textarea')) other.remove();
    return document.title + body.textContent;
  });
  assert.deepEqual(text.replace(/[\t\n]/g, '').match(STEERS), null);
  return shown(text);
}

function allThere(text) {
  for (const string of strings) assert.ok(text.includes(string), string);
}

test('summaries', async () => {
  for (const template of ['hostile-file', 'hostile-panel']) {
    const page = await harmless(made(`${template}.html`, 'summary', '--template', template,
      '--period', '2023-24 Q3', '--by', 'team', '--format', 'html'));
    allThere(await textOf(page));
    assert.equal(await page.evaluate(() => document.scripts.length), 0);
  }
});

test('the report of an audit', async () => {
  for (const name of ['file', 'panel']) {
    const page = await harmless(made(`${name}-report.html`, 'score', '--format', 'html',
      '--template', path.join(folder, `${name}.xml`), path.join(folder, `${name}-return.xml`)));
    allThere(await textOf(page));
    assert.equal(await page.evaluate(() => document.scripts.length), 0);
  }
});

test('the form', async () => {
  for (const name of ['file', 'panel']) {
    const page = await harmless(made(`${name}-form.html`, 'template', 'form',
      `hostile-${name}`));
    allThere(await textOf(page));
  }
});

/* The browser would say so: what is not text is seen by the same eyes. */
test('a page that is not made with care is found out', async () => {
  const file = path.join(folder, 'careless.html');
  fs.writeFileSync(file, '<!DOCTYPE html><title>x</title><img src=x onerror="alert(1)">');
  await assert.rejects(harmless(file));
});

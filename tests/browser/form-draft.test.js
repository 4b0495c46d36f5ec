'use strict';

/* Drafts are kept by case, offered for that case alone, and gone after a while; and what the form
 * says of what is typed: dates in words, doubts by the field, clicks that arrive. */

const { test, before, after, afterEach } = require('node:test');
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { spawnSync } = require('node:child_process');
const { launch, openPage, sample, scratch } = require('./browser.js');
const { makeForm, fresh, save, openReturn, put } = require('./form.js');

const template = sample('templates/threshold-dip-sample.xml');
const original = sample('returns/threshold-dip-sample/DIP-2023-11-01.xml');
const history = '[id="std-decision.history-given"] input[value="answer:no"]';

let browser;
before(async () => { browser = await launch(); });
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
after(() => browser.close());

const words = (page, id) => page.locator(`#${id}`).textContent();
const value = (page, id) => page.locator(`[id="${id}"]`).inputValue();
const drafts = (page) => page.evaluate(() => Object.keys(localStorage).sort());

/* Another tab of the same browser, as when the form is opened again. */
async function anotherTab(page, file) {
  const tab = await page.context().newPage();
  await tab.goto(`file://${file}`);
  return tab;
}

async function enterCase(page, ref) {
  await put(page, 'case-ref', ref);
  await page.locator('#audit-date').focus();
}

/* ---- the draft ---- */

test('a draft outlives the page in its tab, and can be erased', async () => {
  const page = await openPage(browser, makeForm(template));
  await put(page, 'case-ref', 'C99');
  await page.locator(history).check();
  await page.reload();
  assert.equal(await value(page, 'case-ref'), 'C99');
  assert.ok(await page.locator(history).isChecked());
  assert.match(await words(page, 'message'), /Here is your draft of case C99/);
  page.on('dialog', (dialog) => dialog.accept());
  await page.locator('#erase').press('Enter');
  assert.equal(await value(page, 'case-ref'), '');
  await page.reload();
  assert.equal(await value(page, 'case-ref'), '');
  assert.deepEqual(await drafts(page), []);
});

test('a draft is offered for its case alone, whatever its capitals, and opened or erased', async () => {
  const file = makeForm(template);
  const first = await openPage(browser, file);
  await put(first, 'case-ref', 'C10');
  await first.locator(history).check();
  await first.locator('#draft', { hasText: 'kept in this browser' }).waitFor();
  assert.deepEqual(await drafts(first), ['caseaudit-form threshold-dip-sample@1 c10']);
  const tab = await anotherTab(first, file);
  assert.equal(await value(tab, 'case-ref'), '');
  assert.equal(await words(tab, 'offer'), '');
  await enterCase(tab, 'C1');
  assert.equal(await words(tab, 'offer'), '');
  await enterCase(tab, 'c10');
  assert.match(await words(tab, 'offer'), /keeps a draft of case c10 of/);
  await put(tab, 'auditor', 'A9'); /* what is typed meanwhile takes nothing's place */
  await tab.locator('#offer button', { hasText: 'Open the draft' }).press('Enter');
  assert.equal(await value(tab, 'case-ref'), 'C10');
  assert.ok(await tab.locator(history).isChecked());
  assert.deepEqual(await drafts(tab), ['caseaudit-form threshold-dip-sample@1 c10']);
  const third = await anotherTab(first, file);
  third.on('dialog', (dialog) => dialog.accept());
  await enterCase(third, 'C10');
  await third.locator('#offer button', { hasText: 'Erase it' }).press('Enter');
  assert.equal(await words(third, 'offer'), '');
});

test('drafts without a case are offered at the start, and take no place of each other', async () => {
  const file = makeForm(template);
  const first = await openPage(browser, file);
  await put(first, 'auditor', 'A1');
  await first.locator('#draft', { hasText: 'kept in this browser' }).waitFor();
  const tab = await anotherTab(first, file);
  assert.match(await words(tab, 'offer'), /keeps a draft without a case/);
  await put(tab, 'auditor', 'A2');
  await tab.locator('#draft', { hasText: 'kept in this browser' }).waitFor();
  assert.equal((await drafts(tab)).length, 2);
  await tab.locator('#offer button', { hasText: 'Open the draft' }).press('Enter');
  assert.equal(await value(tab, 'auditor'), 'A1');
});

test('drafts expire: after four weeks, and after two days once they were saved', async () => {
  const file = makeForm(template);
  const days = (n) => new Date(Date.now() - n * 86400000).toISOString();
  const page = await openPage(browser, file);
  await page.evaluate((rows) => {
    for (const [ref, when, saved] of rows)
      localStorage.setItem(`caseaudit-form threshold-dip-sample@1 ${ref}`,
        JSON.stringify({ text: '<x/>', part: '', when, saved }));
  }, [['old', days(29)], ['new', days(27)], ['done', days(3), 'R-1.xml'], ['late', days(1), 'R-2.xml']]);
  await page.reload(); /* another tab learns of what this one stores when the browser finds time */
  assert.deepEqual((await drafts(page)).map((key) => key.split(' ').pop()), ['late', 'new']);
});

test('what was saved is no draft of the next case', async () => {
  const file = makeForm(template);
  const page = await openPage(browser, file);
  await openReturn(page, original);
  await save(page);
  const saved = await value(page, 'case-ref');
  assert.match(await words(page, 'offer'), /is saved/);
  /* Another case in the same form: whose answers are these? */
  await enterCase(page, 'NEXT-1');
  assert.match(await words(page, 'offer'), new RegExp(`was saved for case ${saved}`));
  await page.locator('#offer button', { hasText: 'Begin an empty form for case NEXT-1' }).press('Enter');
  assert.equal(await value(page, 'case-ref'), 'NEXT-1');
  assert.equal(await page.locator('.standard input[value^="answer:"]:checked').count(), 0);
  /* The form opened again begins anew, and has what was saved for its own case only. */
  const tab = await anotherTab(page, file);
  assert.equal(await value(tab, 'case-ref'), '');
  await enterCase(tab, saved);
  assert.match(await words(tab, 'offer'), /which was saved as DIP-2023-11-01\.xml/);
});

/* How a page finds the browser's store when it is opened. */
async function opened(file, prepare, argument) {
  const page = await openPage(browser, file);
  await page.addInitScript(prepare, argument);
  await page.reload();
  return page;
}

test('where the browser keeps no drafts, that is said, and leaving the page is asked about', async () => {
  const file = makeForm(sample('templates/threshold-dip-sample.xml'));
  const closed = () => Object.defineProperty(globalThis, 'localStorage', {
    get() { throw new DOMException('closed', 'SecurityError'); } });
  const full = () => { Storage.prototype.setItem = () => { throw new DOMException('full'); }; };
  for (const prepare of [closed, full]) {
    const page = await opened(file, prepare);
    assert.equal(await words(page, 'message'), '');
    await put(page, 'case-ref', 'C1');
    await page.locator('#draft', { hasText: 'This browser keeps no drafts' }).waitFor();
    const [dialog] = await Promise.all([page.waitForEvent('dialog'),
      page.close({ runBeforeUnload: true })]);
    assert.equal(dialog.type(), 'beforeunload');
    await dialog.dismiss();
    await save(page, 'save-draft');
    await page.close({ runBeforeUnload: true });
    assert.deepEqual(page.faults, []);
  }
});

test('a draft that cannot be read, or is of another version, is told and can be erased', async () => {
  const file = makeForm(template);
  const put1 = ([key, text]) => localStorage.getItem('put') ?? (localStorage.setItem('put', '1'),
    localStorage.setItem(`caseaudit-form threshold-dip-sample@${key}`, text));
  let page = await opened(file, put1, ['1 c1', '{"text":"<return"}']);
  await enterCase(page, 'C1');
  await page.locator('#offer button', { hasText: 'Open the draft' }).press('Enter');
  assert.match(await words(page, 'message'), /cannot be read/);
  assert.equal(await value(page, 'case-ref'), 'C1');
  page = await opened(file, put1, ['0.9 c1', '{"text":"<x/>"}']);
  assert.equal(await words(page, 'offer'), '');
  await enterCase(page, 'C1');
  assert.match(await words(page, 'offer'), /draft of case C1 for version 0\.9 of this template/);
  page.on('dialog', (dialog) => dialog.accept());
  await page.locator('#offer button').press('Enter');
  assert.equal(await words(page, 'offer'), '');
  assert.equal((await drafts(page)).some((key) => key.includes('@0.9')), false);
});

test('of two pages with one draft, the second says that it keeps none', async () => {
  const file = makeForm(template);
  const first = await openPage(browser, file);
  await put(first, 'case-ref', 'C1');
  await first.locator('#draft', { hasText: 'kept in this browser' }).waitFor();
  const second = await anotherTab(first, file);
  await enterCase(second, 'C1');
  await second.locator('#offer button', { hasText: 'Open the draft' }).press('Enter');
  await put(first, 'auditor', 'FIRST');
  await second.locator('#message', { hasText: 'open on another page' }).waitFor();
  await put(second, 'auditor', 'SECOND');
  await second.locator('#case-ref').focus();
  await first.reload();
  assert.equal(await value(first, 'auditor'), 'FIRST');
});

/* ---- while typing ---- */

test('a click is not lost when the field that was left turns out wrong', async () => {
  const page = await fresh(browser, template);
  await put(page, 'audit-date', '2023-11-14');
  await put(page, 'std-decision.days-start', '2023-11-15');
  const button = page.locator('[id="std-decision.days-evidence-add"]');
  await button.scrollIntoViewIfNeeded();
  const box = await button.boundingBox();
  await page.locator('[id="std-decision.days-start"]').focus();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  assert.equal(await page.locator('[id="std-decision.days-start-error"]').isVisible(), false);
  await page.mouse.up();
  await page.locator('[id="std-decision.days-start-error"]', { hasText: 'after the audit' }).waitFor();
  assert.equal(await page.locator('[id="std-decision.days-support"] .rows > li').count(), 1);
});

test('dates are said in words beside what was typed', async () => {
  const page = await fresh(browser, template);
  assert.equal(await words(page, 'audit-date-echo'), '');
  await put(page, 'audit-date', '2023-11-03');
  assert.equal(await words(page, 'audit-date-echo'), 'Friday 3 November 2023');
  assert.match(await page.locator('#audit-date').getAttribute('aria-describedby'), /audit-date-echo/);
  const height = (id) => page.locator(`#${id}`).evaluate((e) => e.getBoundingClientRect().height);
  const full = await height('audit-date-echo');
  await put(page, 'audit-date', '');
  assert.equal(await height('audit-date-echo'), full);
});

test('personal data is said while it is typed, and saving asks', async () => {
  const page = await fresh(browser, template);
  await openReturn(page, original);
  const field = 'std-decision.threshold-evidence';
  const error = page.locator(`[id="${field}-error"]`);
  await put(page, field, ' ');
  await page.locator(`[id="${field}"]`).pressSequentially('Ring 01632 9600');
  assert.equal(await error.isVisible(), false);
  await page.keyboard.type('01');
  assert.match(await error.textContent(), /looks like a telephone number/);
  const asked = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.message());
    return asked.length > 1 ? dialog.accept() : dialog.dismiss();
  });
  await page.locator('#save').press('Enter');
  assert.match(asked[0], /telephone number/);
  assert.equal(await page.evaluate(() => document.activeElement.id), field);
  assert.doesNotMatch(await words(page, 'message'), /Saved/);
  const [download] = await Promise.all([
    page.waitForEvent('download'), page.locator('#save').press('Enter')]);
  assert.match(fs.readFileSync(await download.path(), 'utf8'), /01632 960001/);
  await put(page, field, 'Rang the family.');
  assert.equal(await error.isVisible(), false);
  await put(page, 'case-ref', '9434765919');
  assert.match(await words(page, 'case-ref-error'), /looks like an NHS number/);
});

test('dates that have not come, or are years away, are doubted by their field', async () => {
  const page = await fresh(browser, template);
  await put(page, 'audit-date', '2123-11-14');
  assert.match(await words(page, 'audit-date-error'), /is after today: is the year right/);
  await put(page, 'audit-date', '2021-11-14');
  assert.equal(await page.locator('#audit-date-error').isVisible(), false);
  await put(page, 'judgement-date', '2023-11-14');
  assert.match(await words(page, 'judgement-date-error'), /more than a year after the audit/);
});

test('what is pasted is what is said: line breaks of word processors part words, blanks are none', async () => {
  const page = await fresh(browser, template);
  const field = 'std-decision.threshold-evidence';
  const paste = (text) => page.locator(`[id="${field}"]`).evaluate((e, t) => {
    e.value = t;
    e.dispatchEvent(new Event('input', { bubbles: true }));
  }, text);
  await paste('Seen.\u000bAgain.\u0003\ud83d \u00a0end');
  const file = await save(page, 'save-draft');
  assert.match(fs.readFileSync(file, 'utf8'), /<evidence>Seen\.\nAgain\. \u00a0end<\/evidence>/);
  await paste('\u200b\u00a0\ufeff');
  assert.doesNotMatch(fs.readFileSync(await save(page, 'save-draft'), 'utf8'), /<evidence>/);
});

/* ---- on paper ---- */

test('long evidence breaks over printed pages, and nothing lies upon anything', async (t) => {
  const page = await fresh(browser, template);
  await openReturn(page, original);
  await put(page, 'std-decision.threshold-evidence', Array.from({ length: 120 },
    (_, i) => `L${i + 1} tells at some length what the file says and what came of it.`).join('\n'));
  const file = path.join(scratch, 'form.pdf');
  await page.pdf({ path: file, preferCSSPageSize: true });
  const run = spawnSync('pdftotext', ['-bbox', file, '-'], { encoding: 'utf8', maxBuffer: 1 << 26 });
  if (run.error) {
    t.skip('pdftotext is missing');
    return;
  }
  const lines = new Set();
  for (const sheet of run.stdout.split('<page ').slice(1)) {
    const boxes = [...sheet.matchAll(/xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">([^<]*)</g)]
      .map((m) => ({ x0: +m[1], y0: +m[2], x1: +m[3], y1: +m[4], word: m[5] }));
    boxes.forEach((a, i) => {
      if (/^L\d+$/.test(a.word)) lines.add(a.word);
      for (const b of boxes.slice(i + 1)) {
        const wide = Math.min(a.x1, b.x1) - Math.max(a.x0, b.x0);
        const high = Math.min(a.y1, b.y1) - Math.max(a.y0, b.y0);
        assert.ok(wide <= 1 || high <= 0.35 * Math.min(a.y1 - a.y0, b.y1 - b.y0),
          `'${a.word}' lies upon '${b.word}'`);
      }
    });
  }
  assert.equal(lines.size, 120);
});

'use strict';

/* The grade that a form shows while it is filled in: the engine's own, word for word. */

const { test, before, after, afterEach } = require('node:test');
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { launch, openPage, axe, sideways, caseaudit, sample, scratch, workerBegins, beforeScoring, endlessOver } =
  require('./browser.js');
const { everyKind, everyKindReturn, forms, fresh, makeForm, openReturn, put, save } =
  require('./form.js');

let browser;
before(async () => { browser = await launch(); });
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
after(() => browser.close());

const without = fs.statSync(makeForm(everyKind)).size < 200000 &&
  'the engine for web pages was not built; see --with-wasm in configure --help';
const permanency = sample('templates', 'permanency-file.xml');

/* Until it holds on the page; its policy lets no waitForFunction evaluate anything. */
async function until(page, holds, argument) {
  const hung = Date.now() + 600000;
  while (!await page.evaluate(holds, argument)) {
    assert.ok(Date.now() < hung, `${holds} ${argument ?? ''}`);
    await new Promise((resolve) => { setTimeout(resolve, 30); });
  }
}

/* The grade is worked out a moment after an edit. */
function settled(page) {
  return until(page, () => byId('grade-content').querySelector('.verdict, ul') !== null);
}

function saidOf(page, words) {
  return until(page, (text) => byId('grade').textContent.includes(text), words);
}

function explained(template, file) {
  return caseaudit('score', '--explain', '--allow-incomplete', '--template', template, file).stdout;
}

async function working(page) {
  await page.locator('.why summary').press('Enter');
  await until(page, () => document.querySelector('.why pre').textContent !== '');
  return page.locator('.why pre').evaluate((e) => e.textContent);
}

for (const [template, returns] of forms())
  test(`${path.basename(template)}: a return that is opened has the program's grade and reasons`,
    { skip: without }, async () => {
      const page = await fresh(browser, template);
      page.on('dialog', (dialog) => dialog.accept());
      await openReturn(page, returns[0]);
      if (await page.locator('#part').count() > 0) await page.locator('#part').selectOption('panel');
      await settled(page);
      assert.equal(await working(page), explained(template, returns[0]));
      assert.deepEqual(page.faults, []);
    });

test('facts that are missing stop no grade: it says which, and what they would change', { skip: without },
  async () => {
    const page = await fresh(browser, permanency);
    const facts = () => page.locator('#grade-facts').innerText();
    await saidOf(page, '2 more questions to answer');
    await saidOf(page, '21 required answers are missing');
    assert.match(await facts(), /^Route to permanence is taken as 'Return home'\.\s+With 'Adoption' or 'Special guardianship': 1 more/m);
    assert.match(await facts(), /^Age in whole years is taken as absent\.\s+With 5 or more: 1 more question to answer\.\s+With 4 or less nothing/m);
    assert.match(await facts(), /^Team plays no part/m);
    assert.match(await facts(), /^Entered care starts the clock: .* left out: First review, Second review/m);
    assert.match(await facts(), /^The date of the audit: as if it were/m);
    await page.locator('[id="std-plan.clear-given"] input[value="answer:inadequate"]').check();
    await saidOf(page, 'The permanence planInadequate 0.00');
    assert.match(await page.locator('.side .count').last().innerText(), /^Proposed: Inadequate/);

    /* Who stands on a fact while it is weighed anew stands on it afterwards. */
    await page.evaluate(() => {
      document.querySelector('#grade-facts a[href="#events-add"]').focus();
      byId('grade-facts').dataset.old = 'yes';
      byId('case-ref').value = 'FICTION-1';
      byId('case-ref').dispatchEvent(new Event('input', { bubbles: true }));
    });
    await until(page, () => byId('grade-facts').dataset.old === undefined);
    await saidOf(page, '2 more questions');
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('href')), '#events-add');
    await page.locator('#grade-facts a', { hasText: 'Entered care' }).press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'events-add');
    await page.locator('#events-add').press('Enter');
    const row = (await page.evaluate(() => document.activeElement.id)).replace(/-type$/, '');
    await put(page, `${row}-type`, 'entered-care');
    await put(page, `${row}-date`, '2024-02-01');
    await put(page, 'audit-date', '2024-09-02');
    await until(page, () => /First review was due/.test(byId('grade').textContent));
    assert.match(await page.locator('#grade').innerText(),
      /1 February 2024 Entered care\n29 February 2024 First review was due; it was not done/);
    await until(page, () => /With 'Not yet decided': the alert 'The route is not yet decided and the permanence plan is late'/
      .test(byId('grade-facts').textContent));
    assert.doesNotMatch(await facts(), /Entered care|date of the audit/);
    await put(page, 'attribute-route', 'not-yet-decided');
    await until(page, () => /not yet decided/.test(document.querySelector('.side .alerts')?.textContent));
    assert.doesNotMatch(await facts(), /Route/);
    /* Its evidence, reason and action may come later: only the grade is provisional. */
    await put(page, 'attribute-team', 'children-in-care');
    await until(page, () => !/Team/.test(byId('grade-facts').textContent));
    assert.deepEqual(await axe(page, undefined, false), []);
    assert.deepEqual(page.faults, []);
  });

test('one agency sees its grade before others have returned, the panel who is missing', { skip: without },
  async () => {
    const page = await fresh(browser, sample('templates', 'maap-transitions.xml'));
    page.on('dialog', (dialog) => dialog.accept());
    await saidOf(page, 'Theme of the audit is taken as');
    await page.locator('input[value="answer:outstanding"]').first().check();
    await saidOf(page, 'So far: Outstanding');
    await page.locator('#part').selectOption('panel');
    await saidOf(page, 'Nothing yet from Adult social care, Health');
    assert.deepEqual(await page.locator('#grade thead th').allTextContents(),
      ['Section', 'Together', "Children's social care"]);
    assert.deepEqual(page.faults, []);
  });

test('what is wrong in an answer leaves out that answer, and a half-filled return scores',
  { skip: without }, async () => {
    const page = await fresh(browser, everyKind);
    page.on('dialog', (dialog) => dialog.accept());
    await openReturn(page, everyKindReturn);
    await settled(page);
    await page.locator('input[id$="-value"]:visible').first().fill('999999999');
    await saidOf(page, 'Left out until they are put right');
    for (const id of ['return-id', 'case-ref', 'auditor', 'audit-date']) await page.locator(`#${id}`).fill('');
    await saidOf(page, 'The date of the audit: as if it were');
    assert.equal(await page.locator('#grade .verdict').count(), 1);
    assert.deepEqual(page.faults, []);
  });

test('alerts, limits and a judgement that is far away are told at once', { skip: without }, async () => {
  const page = await fresh(browser, permanency, { colorScheme: 'dark', viewport: { width: 320, height: 900 } });
  page.on('dialog', (dialog) => dialog.accept());
  await openReturn(page, sample('returns', 'permanency-2023-24-q3', 'PF-2023-24-Q3-072.xml'));
  await settled(page);
  await page.locator('#judgement-grade').selectOption('outstanding');
  await page.locator('#judgement-rationale').fill('');
  await saidOf(page, "Your judgement is 'Outstanding', 2 steps from what the answers come to; a limit lowers it");
  const explain = await page.locator('#grade .notice', { hasText: 'It has to explain' }).locator('li').allTextContents();
  assert.ok(explain.includes('The permanence plan: Requires improvement to be good, 1.08 of 3'), explain.join('; '));
  assert.ok(explain.some((text) => text.startsWith('At best Good. A file is not outstanding')), explain.join('; '));
  assert.match(await page.locator('.side .alerts').innerText(), /For review: /);
  await until(page, () => /For review/.test(
    document.querySelector('.grade-side + [role=status]').textContent));
  assert.deepEqual(await axe(page), []);
  assert.equal(await sideways(page), false);
  await page.locator('#grade a', { hasText: 'Say why' }).press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'judgement-rationale');
  await page.locator('[id="std-stability.safe-given"] input[value="answer:no"]').check();
  await until(page, () => document.querySelector('.side .immediate') !== null);
  assert.equal(await page.locator('#save').isEnabled(), true);
  assert.deepEqual(page.faults, []);
});

test('the panel sees the parts side by side, an agency its own', { skip: without }, async () => {
  const template = sample('templates', 'macfa-domestic-abuse.xml');
  const page = await fresh(browser, template, { viewport: { width: 320, height: 900 } });
  page.on('dialog', (dialog) => dialog.accept());
  await openReturn(page, sample('returns', 'macfa-domestic-abuse', 'MACFA-2022-003.xml'));
  const heads = () => page.locator('#grade thead th').allTextContents();
  await settled(page);
  assert.deepEqual(await heads(), ['Section', "Children's social care"]);
  await page.locator('#part').selectOption('panel');
  await settled(page);
  assert.deepEqual((await heads()).slice(0, 6),
    ['Section', 'Together', "Children's social care", 'Police', 'Health', 'Schools']);
  await page.locator('#grade summary', { hasText: 'side by side' }).press('Enter');
  const answers = page.locator('#grade details', { hasText: 'side by side' });
  const shown = await answers.locator('tbody tr').evaluateAll((all) => all.map(
    (row) => [...row.cells].map((cell) => cell.textContent)));
  const apart = (cells) => new Set(cells.map((text) => / (\d+\.\d\d)$/.exec(text)?.[1]).filter((x) => x)).size > 1;
  assert.ok(shown.some(([, ...cells]) => apart(cells)) && shown.some(([, ...cells]) => !apart(cells)));
  for (const [head, ...cells] of shown) assert.equal(head.endsWith('(they differ)'), apart(cells), head);
  assert.deepEqual(await axe(page, undefined, false), []);
  assert.equal(await sideways(page), false);
  assert.deepEqual(page.faults, []);
});

test('a form that is to show no grade carries no engine', async () => {
  const file = path.join(scratch, 'no-grade.html');
  assert.equal(caseaudit('template', 'form', '--no-grade', permanency, '-o', file).status, 0);
  assert.doesNotMatch(fs.readFileSync(file, 'utf8'), /wasm|openEngine/);
  const page = await openPage(browser, file);
  assert.equal(await page.locator('#grade').count(), 0);
  await page.locator('#return-id').fill('R1');
  assert.deepEqual(page.faults, []);
});

test('an old browser, and an engine that stops, cost the grade and nothing else', { skip: without },
  async () => {
    const file = makeForm(everyKind);
    for (const [name, script, words] of [['old.html', 'delete globalThis.WebAssembly;', 'cannot work out the grade'],
      ['stopping.html', beforeScoring("(said, RuntimeError) => { throw new RuntimeError('unreachable'); }"),
        'had to stop over what is in the form']]) {
      const page = await openPage(browser, workerBegins(file, name, script));
      page.on('dialog', (dialog) => dialog.accept());
      await saidOf(page, words);
      await openReturn(page, everyKindReturn);
      await saidOf(page, words);
      assert.ok(fs.existsSync(await save(page)));
      assert.deepEqual(page.faults, []);
    }
  });

test('an answer over which the engine comes to no end freezes nothing and loses nothing', { skip: without },
  async () => {
    const one = sample('returns', 'permanency-2023-24-q3', 'PF-2023-24-Q3-072.xml');
    const page = await openPage(browser, workerBegins(makeForm(permanency), 'endless-form.html',
      endlessOver(/auditor="ENDLESS"/, 1500)));
    page.on('dialog', (dialog) => dialog.accept());
    await openReturn(page, one);
    await settled(page);
    const grade = await page.locator('#grade .verdict').innerText();

    await page.locator('#auditor').fill('ENDLESS');
    /* While the engine is at it the form is filled in, and told that the grade is of before. */
    await until(page, () => byId('grade-content').getAttribute('aria-busy') === 'true');
    assert.ok(await page.getByText('The grade is being worked out anew.').isVisible());
    await page.locator('#case-ref').fill('FICTION-77');
    await saidOf(page, 'The engine came to no end over what is in the form, so there is no grade.');
    assert.equal(await page.getByText('The grade is being worked out anew.').isVisible(), false);
    await until(page, () => /came to no end/.test(document.querySelector('.grade-side + [role=status]').textContent));
    const saved = fs.readFileSync(await save(page), 'utf8');
    for (const text of ['auditor="ENDLESS"', 'ref="FICTION-77"', 
      ...fs.readFileSync(one, 'utf8').match(/<evidence[^>]*>[^<]+/g)])
      assert.ok(saved.includes(text), text);

    /* The draft, too; and once the answer is mended, another engine goes on. */
    await page.locator('#return-id').fill('R-77');
    await page.locator('#case-ref').fill('FICTION-78');
    await until(page, () => Object.keys(localStorage).some((key) => localStorage[key].includes('FICTION-78')));
    await page.reload();
    assert.deepEqual(await page.locator('#return-id, #case-ref, #auditor').evaluateAll(
      (all) => all.map((e) => e.value)), ['R-77', 'FICTION-78', 'ENDLESS']);
    await page.locator('#auditor').fill('A1');
    await until(page, (text) => document.querySelector('#grade .verdict')?.innerText === text, grade);
    assert.deepEqual(page.faults, []);
  });

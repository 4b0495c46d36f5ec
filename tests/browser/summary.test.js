'use strict';

/* The summary as a page: for everyone, on every screen and on paper, without scripts. */

const { test, before, after, afterEach } = require('node:test');
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { launch, openPage, readEverywhere, needsNoScript, caseaudit, newStore, sampleStore, sample,
  scratch } = require('./browser.js');
const { makeSeries } = require('./series.js');

let browser, samples, series;
before(async () => {
  samples = sampleStore();
  const made = makeSeries(path.join(scratch, 'series'));
  series = newStore('series.db', made.templates, [made.returns]);
  browser = await launch();
});
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
after(() => browser.close());

function summary(store, name, ...options) {
  const file = path.join(scratch, `${name}.html`);
  const run = caseaudit(...store, 'summary', '--format', 'html', '-o', file, ...options);
  assert.equal(run.status, 0, run.stderr);
  return file;
}

function model(store, ...options) {
  const run = caseaudit(...store, 'summary', '--format', 'json', ...options);
  assert.equal(run.status, 0, run.stderr);
  return JSON.parse(run.stdout);
}

const permanency = ['--template', 'permanency-file', '--periods', '2023-24 Q1..2023-24 Q3'];
const compared = [...permanency, '--compare', '2023-24 Q1'];
const foster = ['--framework', 'foster-home-review', '--period', '2023-24'];

/* ---- for everyone ---- */

for (const [name, ...options] of [
  ['permanency', ...compared, '--theme', sample('theme', 'theme.txt')],
  ['permanency-teams', ...compared, '--by', 'team', '--audience', 'executive'],
  ['permanency-public', ...compared, '--by', 'team', '--audience', 'public'],
  ['foster-homes', ...foster, '--audience', 'executive'],
  ['child-in-need', '--template', 'child-in-need-file', '--period', '2023-24'],
  ['iro-practice', '--template', 'iro-practice', '--period', '2023-24'],
  ['maap', '--template', 'maap-transitions', '--period', '2022-23'],
  ['macfa', '--template', 'macfa-domestic-abuse', '--period', '2022-23'],
  ['threshold', '--template', 'threshold-dip-sample', '--period', '2023-24'],
  ['no-audits', '--template', 'permanency-file', '--periods', '2023-24 Q3..2023-24 Q4'],
])
  test(`${name}: axe finds nothing, nothing is cut off, no label spills`, async () => {
    const page = await openPage(browser, summary(samples, name, ...options));
    await readEverywhere(page, name);
  });

test('without scripts the page says the same', async () => {
  await needsNoScript(browser, summary(samples, 'scripts', ...compared, '--by', 'team'));
});

test('every chart has a title and its text; every table has a caption and named columns', async () => {
  const page = await openPage(browser, summary(samples, 'texts', '--template', 'maap-transitions',
    '--period', '2022-23'));
  for (const figure of await page.locator('figure').all())
    assert.ok((await figure.locator('figcaption').textContent()).trim().length > 10);
  for (const chart of await page.locator('svg.chart:not([aria-hidden])').all())
    assert.match(await chart.getAttribute('aria-label'), /\w.*\d|: nothing graded$/);
  for (const table of await page.locator('table').all()) {
    assert.ok(await table.locator('caption').textContent());
    assert.ok(await table.locator('thead th[scope=col]').count() > 1);
  }
});

/* ---- what it says ---- */

test('the brief is the first screen, and suffices', async () => {
  const page = await openPage(browser, summary(samples, 'brief', ...compared));
  const { brief } = model(samples, ...compared);
  assert.equal(await page.locator('main h2').first().textContent(), 'In brief');
  assert.equal(await page.locator('.brief .verdict').textContent(), brief.verdict);
  assert.deepEqual(await page.locator('.brief li').allTextContents(), [...brief.alerts,
    ...[...brief.worries, ...brief.strengths].map((one) => `${one.what}: ${one.evidence}`),
    brief.overdue, ...brief.decisions]);
  await page.setViewportSize({ width: 1280, height: 900 });
  const box = await page.locator('.brief').boundingBox();
  assert.ok(box.y + box.height <= 900, `${box.y + box.height}`);
});

test('--brief is that screen alone', async () => {
  const page = await openPage(browser, summary(samples, 'alone', ...compared, '--brief'));
  assert.deepEqual(await page.locator('main h2').allTextContents(), ['In brief']);
  assert.equal(await page.locator('nav').count(), 0);
  await readEverywhere(page, 'alone');
});

test('the answer follows, in the sentences of every format', async () => {
  const page = await openPage(browser, summary(samples, 'answer', ...compared));
  assert.equal(await page.locator('main h2').nth(1).textContent(), 'The answer');
  assert.deepEqual(await page.locator('.answer p, .answer li').allTextContents(),
    model(samples, ...compared).answer);
  assert.deepEqual(await page.locator('.tile dt').allTextContents(), ['Files audited',
    'Good or better', 'Change since 2023-24 Q1', 'Inadequate', 'Actions completed and verified']);
});

test('a bar a period, with the grades in their shares and the interval of the headline', async () => {
  const page = await openPage(browser, summary(samples, 'bars', ...compared));
  const bars = await page.locator('section[aria-labelledby=grades] svg.chart[role=img]').all();
  const { periods } = model(samples, ...compared);
  assert.equal(bars.length, periods.length);
  for (const [i, bar] of bars.entries()) {
    const whole = (await bar.boundingBox()).width;
    const widths = await bar.locator('.gap rect').evaluateAll((all) =>
      all.map((r) => r.getBBox().width));
    const counts = periods[i].grades.map((g) => g.count).filter((count) => count > 0);
    assert.deepEqual(widths.map((w) => Math.round(w / whole * (periods[i].audits))), counts);
    const ends = await bar.locator('line.line').evaluateAll((all) => all.map((l) => l.getBBox().x));
    assert.ok(Math.abs(Math.min(...ends) / whole * 100 - periods[i].positive.low) < 0.1);
    assert.ok(Math.abs(Math.max(...ends) / whole * 100 - periods[i].positive.high) < 0.1);
  }
});

test('strengths come before what to improve, in bars and in the table', async () => {
  const page = await openPage(browser, summary(samples, 'themes', ...compared));
  const heads = await page.locator('#t-themes thead th').allTextContents();
  assert.ok(heads.indexOf('Strengths') < heads.indexOf('Improvements'));
  assert.match(await page.locator('section[aria-labelledby=themes] .bar').first().textContent(),
    /\d+ strengths, \d+ improvements/);
});

test('sections that stand apart are there, without grades', async () => {
  const page = await openPage(browser, summary(samples, 'apart', ...foster));
  assert.match(await page.locator('section[aria-labelledby=sections]').textContent(),
    /Duties: timing.*Stands apart: has a score in each of 24 audits, and no grade/);
  const row = page.locator('#t-sections tbody tr').first();
  assert.deepEqual((await row.locator('th, td').allTextContents()).map((t) => t.trim()),
    ['Duties: timing', '2023-24', 'z', '24', 'z', 'z', 'z', 'z']);
});

test('months with their limits, and a break where one template gave way to the next', async () => {
  const options = ['--series', 'checks-before,checks-after', '--periods', '2022-23 Q1..2023-24 Q4'];
  const page = await openPage(browser, summary(series, 'break', ...options));
  const { xmr } = model(series, ...options);
  const chart = page.locator('section[aria-labelledby=months] svg.chart');
  /* Of the new template alone: no chart runs across the break. */
  assert.equal(xmr.points.length, 12);
  assert.equal(await chart.locator('circle').count(), 12);
  assert.match(await chart.getAttribute('aria-label'), /^Per cent by month: 2023-04 /);
  const texts = await chart.locator('text').allTextContents();
  assert.ok(texts.includes(`mean ${xmr.mean.toFixed(1)}%`), texts.join('; '));
  assert.match(await page.locator('.break').textContent(),
    /^Break in the series: from 3 April 2023 on, audits follow “Checks, new” in place of “Checks”/);
  /* The break stands before the first bar of the new template. */
  const next = await page.locator('.break + .bar').textContent();
  assert.match(next, /^2023-24 Q1/);
  await readEverywhere(page, 'break');
});

test('the public page has no case, auditor or theme', async () => {
  const text = fs.readFileSync(summary(samples, 'public', ...compared, '--audience', 'public'),
    'utf8');
  assert.doesNotMatch(text, /FICTION|AUD\d|MOD\d|TM\d/);
  assert.match(text, /c: withheld, so that nobody can be recognised/);
});

test('a theme gives its name, its colours, its logo and its targets', async () => {
  const page = await openPage(browser, summary(samples, 'theme', ...compared, '--theme',
    sample('theme', 'theme.txt')));
  assert.equal(await page.locator('.org').textContent(), 'Exampleshire County Council');
  assert.ok((await page.locator('svg.logo').boundingBox()).height > 20);
  assert.equal(await page.locator('.band').evaluate((e) => getComputedStyle(e).backgroundColor),
    'rgb(74, 29, 92)');
  assert.match(await page.locator('.imprint').textContent(),
    /Published 15 January 2024.*Next release 15 April 2024.*Contact: .*Template: permanency-file/);
  assert.match(await page.locator('section[aria-labelledby=measures]').textContent(),
    /Of \d targets in 2023-24 Q3, \d met, \d missed.*target 90%: (met|missed|cannot be told)/s);
});

/* ---- small, and good on paper ---- */

test('forty standards over eight quarters stay under 150 KB', async () => {
  const file = summary(series, 'wide', '--template', 'wide', '--periods',
    '2022-23 Q1..2023-24 Q4', '--compare', '2022-23 Q1');
  const bytes = fs.statSync(file).size;
  assert.ok(bytes < 150 * 1024, `${bytes} bytes`);
  const page = await openPage(browser, file);
  assert.equal(await page.locator('#t-sections tbody tr').count(), 8 * 8);
  await readEverywhere(page, 'wide');
});

test('on A4 the width suffices, and what is for screens only stays there', async () => {
  const page = await openPage(browser, summary(samples, 'paper', ...compared));
  await page.setViewportSize({ width: 688, height: 1000 }); /* 182 mm */
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.locator('nav').isVisible(), false);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 688);
  const pdf = await page.pdf({ preferCSSPageSize: true });
  const [, width, height] = pdf.toString('latin1').match(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/);
  assert.deepEqual([width, height].map((points) => Math.round(points / 72 * 25.4)), [210, 297]);
});

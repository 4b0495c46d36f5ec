'use strict';

/* How far a sample has come, as a page: on the wall of an office, and on a telephone. */

const { test, before, after, afterEach } = require('node:test');
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { launch, openPage, sideways, readEverywhere, needsNoScript, caseaudit, newStore, sample, scratch } =
  require('./browser.js');

let browser, store;
before(async () => {
  browser = await launch();
  store = newStore('progress.db', [sample('templates/foster-home-review.xml')],
    [sample('returns/foster-home-reviews-2023-24')]);
  const list = path.join(scratch, 'homes.csv');
  fs.writeFileSync(list, `${fs.readFileSync(sample('population.csv'), 'utf8').split('\n').slice(0, 31).join('\n')}\n`);
  const run = caseaudit(...store, 'sample', 'draw', 'homes', '--template', 'foster-home-review',
    '--population', list, '--id', 'case', '--stratify', 'team', '--percent', '100',
    '--seed', 'progress', '--on', '2023-04-01');
  assert.equal(run.status, 0, run.stderr);
});
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
after(() => browser.close());

function progress(name, ...options) {
  const file = path.join(scratch, `${name}.html`);
  const run = caseaudit(...store, 'sample', 'status', 'homes', '-o', file, ...options);
  assert.equal(run.status, 0, run.stderr);
  return file;
}

function figures(...options) {
  return JSON.parse(caseaudit(...store, 'sample', 'status', 'homes', '--format', 'json', ...options).stdout);
}

for (const [name, ...options] of [['nothing', '--as-of', '2023-04-01'],
  ['some', '--as-of', '2023-11-30'],
  ['year', '--as-of', '2024-03-31', '--theme', sample('theme/theme.txt')]])
  test(`${name}: axe finds nothing, nothing is cut off`, async () => {
    await readEverywhere(await openPage(browser, progress(name, ...options)), name);
  });

test('without scripts the page says the same', async () => {
  await needsNoScript(browser, progress('scripts', '--as-of', '2023-11-30'));
});

test('it names cases, and so only its owner can read it', () => {
  assert.equal(fs.statSync(progress('mode')).mode & 0o777, 0o600);
});

test('the figures and cases are those of the other formats', async () => {
  const wanted = figures('--as-of', '2023-11-30');
  const page = await openPage(browser, progress('figures', '--as-of', '2023-11-30'));
  const tiles = await page.locator('.tile').evaluateAll((all) => Object.fromEntries(all.map((tile) =>
    [tile.querySelector('dt').textContent, Number(tile.querySelector('.big').textContent)])));
  assert.deepEqual(tiles, { Returned: wanted.returned, Outstanding: wanted.outstanding,
    Late: wanted.late, Moderated: wanted.moderated });
  assert.deepEqual(await page.locator('#t-cases tbody th').allTextContents(),
    wanted.rows.map((row) => row.case));
  assert.match(await page.locator('.answer').innerText(),
    new RegExp(`^${wanted.returned} of ${wanted.cases} cases are returned\\.`));
});

test('on a wall it is larger, on a telephone nothing but the table is folded away', async () => {
  const page = await openPage(browser, progress('sizes', '--as-of', '2023-11-30'));
  const size = () => page.locator('.answer p').first().evaluate((p) => parseFloat(getComputedStyle(p).fontSize));
  await page.setViewportSize({ width: 1280, height: 900 });
  const usual = await size();
  await page.setViewportSize({ width: 1920, height: 1080 });
  assert.ok(await size() > usual * 1.3);
  assert.equal(await sideways(page), false);
  await page.setViewportSize({ width: 360, height: 800 });
  assert.ok(await page.locator('.keys').isVisible());
  assert.ok(await page.locator('.tile').first().isVisible());
  assert.equal(await page.locator('#t-cases').isVisible(), false);
});

'use strict';

/* Pictures of pages: node scripts/screenshots.js FOLDER-OF-PAGES FOLDER-OF-PICTURES [NAME...] */

const fs = require('node:fs');
const path = require('node:path');
const { launch, openPage, sample } = require('../tests/browser/browser.js');
const { openReturn } = require('../tests/browser/form.js');

const pictures = [
  { page: 'summary', name: 'summary', width: 1280, height: 1000 },
  { page: 'summary', name: 'summary-phone', width: 320, height: 1420, colorScheme: 'dark' },
  { page: 'report', name: 'report', width: 1280, height: 1420 },
];

/* The workbench with a quarter's returns in it, and one of them open. */
async function workbench(browser, pages, folder) {
  const page = await openPage(browser, path.join(pages, 'workbench.html'),
    { viewport: { width: 1280, height: 1000 }, colorScheme: 'light' });
  const quarter = sample('returns', 'permanency-2023-24-q3');
  await page.locator('#files').setInputFiles([...fs.readdirSync(quarter).map((n) => path.join(quarter, n)),
    sample('bad', 'wrong-answer.xml')]);
  await page.locator('#state', { hasText: 'scored,' }).waitFor();
  await page.locator('#grades').scrollIntoViewIfNeeded();
  await page.evaluate(() => byId('grades-title').scrollIntoView());
  await page.screenshot({ path: path.join(folder, 'workbench.png') });
  await page.locator('#grades-list button', { hasText: 'PF-2023-24-Q3-072' }).click();
  await page.locator('#report article').waitFor();
  await page.screenshot({ path: path.join(folder, 'workbench-audit.png') });
}

/* The form half filled in, with the grade so far: a sample, of which the later answers are missing.
 * The date that is seen reads the same in browsers that put the month first. */
async function form(browser, pages, folder) {
  const page = await openPage(browser, path.join(pages, 'form.html'),
    { viewport: { width: 1280, height: 860 }, colorScheme: 'light' });
  const whole = fs.readFileSync(sample('returns', 'permanency-2023-24-q1', 'PF-2023-24-Q1-018.xml'), 'utf8');
  const half = path.join(pages, 'half.xml');
  fs.writeFileSync(half, whole.replace('answer="good" date="2023-02-08"', 'answer="good" date="2023-02-02"')
    .replace(/<response standard="everyday[^]*<\/return>/, '</responses></return>'));
  await openReturn(page, half);
  await page.locator('.grade-side .count', { hasText: 'Proposed: ' }).waitFor();
  await page.locator('#message button').click();
  await page.evaluate(() => byId('section-plan').scrollIntoView());
  await page.screenshot({ path: path.join(folder, 'form.png') });
  await page.context().close();
}

async function main([pages, folder, ...names]) {
  const wanted = (name) => names.length === 0 || names.includes(name);
  const browser = await launch();
  for (const { page, name, width, height, colorScheme } of pictures.filter((p) => wanted(p.name))) {
    const opened = await openPage(browser, path.join(pages, `${page}.html`),
      { viewport: { width, height }, colorScheme: colorScheme ?? 'light' });
    await opened.screenshot({ path: path.join(folder, `${name}.png`) });
    await opened.context().close();
  }
  if (wanted('form')) await form(browser, pages, folder);
  if (wanted('workbench')) await workbench(browser, pages, folder);
  await browser.close();
}

main(process.argv.slice(2));

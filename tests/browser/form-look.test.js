'use strict';

/* The form for everyone: every state, size and colour of it, on the screen and on paper. */

const { test, before, after, afterEach } = require('node:test');
const assert = require('node:assert/strict');
const path = require('node:path');
const { deep, launch, axe, sideways } = require('./browser.js');
const { everyKind, forms, fresh, openReturn } = require('./form.js');

let browser;
before(async () => { browser = await launch(); });
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
after(() => browser.close());

/* The looks of the form of a template, the number-th: the deep tier has all for each; else
 * the form with every kind of field has two, and of those with some of these every other one. */
function looks(template, number) {
  const all = [[1280, 'light'], [320, 'dark'], [1280, 'dark'], [320, 'light']];
  if (deep) return all;
  return template === everyKind ? all.slice(0, 2) : [all[number % 2]];
}

for (const [number, [template, returns]] of forms().entries())
  for (const [width, colorScheme] of looks(template, number))
    test(`${path.basename(template)} at ${width} pixels, ${colorScheme}: axe finds nothing, nothing is cut off`, async () => {
      const page = await fresh(browser, template, { viewport: { width, height: 900 }, colorScheme });
      const states = (width === 320) === (colorScheme === 'dark'); // half of the looks suffice
      const look = async (state, colours = states) => {
        assert.deepEqual(await axe(page, undefined, colours), [], state);
        assert.equal(await sideways(page), false, `${state}: wider than the page`);
      };
      const lookInPrint = async (state) => {
        await page.emulateMedia({ media: 'print' });
        await look(`${state}, in print`, states && colorScheme === 'light'); // paper is not dark
        await page.emulateMedia({ media: 'screen' });
      };
      await look('empty');
      await lookInPrint('empty');
      if (states) await lookAtStates(page, returns, look, lookInPrint);
      assert.deepEqual(page.faults, []);
    });

async function lookAtStates(page, returns, look, lookInPrint) {
  await page.locator('#save').press('Enter');
  await page.locator('#summary').waitFor();
  for (const button of await page.locator('button[id$="-add"]:visible').all())
    await button.press('Enter');
  if (await page.locator('#moderation summary').count() > 0)
    await page.locator('#moderation summary').press('Enter');
  await look('with every error and every list');
  page.on('dialog', (dialog) => dialog.accept());
  await openReturn(page, returns[0]);
  await look('with a return open');
  await lookInPrint('with a return open');
  if (await page.locator('#part').count() === 0) return;
  await page.locator('#part').selectOption('panel');
  await look('for the panel');
}

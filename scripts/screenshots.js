'use strict';

/* Pictures of pages: node scripts/screenshots.js FOLDER-OF-PAGES FOLDER-OF-PICTURES */

const path = require('node:path');
const { launch, openPage } = require('../tests/browser/browser.js');

const pictures = [
  { page: 'summary', name: 'summary', width: 1280, height: 1000 },
  { page: 'summary', name: 'summary-phone', width: 320, height: 1420, colorScheme: 'dark' },
  { page: 'report', name: 'report', width: 1280, height: 1420 },
];

async function main([pages, folder]) {
  const browser = await launch();
  for (const { page, name, width, height, colorScheme } of pictures) {
    const opened = await openPage(browser, path.join(pages, `${page}.html`),
      { viewport: { width, height }, colorScheme: colorScheme ?? 'light' });
    await opened.screenshot({ path: path.join(folder, `${name}.png`) });
    await opened.context().close();
  }
  await browser.close();
}

main(process.argv.slice(2));

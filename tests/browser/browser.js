'use strict';

/* What every test of a page needs: a browser, a folder of its own, the program, axe. */

const { chromium } = require('playwright-core');
const { execFileSync, spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const source = process.env.SOURCE;
const axeSource = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const axeTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'caseaudit-browser-'));
process.on('exit', () => fs.rmSync(scratch, { recursive: true, force: true }));

function launch() {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--lang=en-GB'],
    env: { ...process.env, LANGUAGE: 'en_GB' },
  });
}

/* A page on its own, as a newcomer has it. faults gathers what may never happen: requests
 * beyond the file itself, errors of scripts, messages on the console. */
async function openPage(browser, file, options = {}) {
  const context = await browser.newContext({ acceptDownloads: true, locale: 'en-GB', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15000);
  page.faults = [];
  page.on('request', (request) => {
    if (!/^(file|blob|data):/.test(request.url())) page.faults.push(`request ${request.url()}`);
  });
  page.on('pageerror', (error) => page.faults.push(`error ${error.message}`));
  page.on('console', (message) => page.faults.push(`console ${message.text()}`));
  await page.goto(`file://${file}`);
  return page;
}

/* Every finding of axe as one line. */
async function axe(page) {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(
    (tags) => globalThis.axe.run(document, { runOnly: tags, resultTypes: ['violations'] }),
    axeTags);
  return violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target} ${n.failureSummary}`));
}

function sideways(page) {
  return page.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth);
}

function caseaudit(...args) {
  const result = spawnSync(process.env.CASEAUDIT, ['--plugin-dir', process.env.PLUGIN_DIR, ...args],
    { encoding: 'utf8' });
  return result;
}

/* A result without what names the file. */
function plain(result) {
  delete result.file;
  for (const warning of result.warnings ?? []) delete warning.line;
  return result;
}

function score(template, file) {
  const run = caseaudit('score', '--format', 'ndjson', '--template', template, file);
  return plain(JSON.parse(run.stdout));
}

/* The results of files and folders by the name of each file. */
function scoreAll(template, operands) {
  const out = path.join(scratch, 'results.ndjson');
  caseaudit('score', '--format', 'ndjson', '--template', template, '-o', out, ...operands);
  const results = fs.readFileSync(out, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
  return new Map(results.map((result) => [path.basename(result.file), plain(result)]));
}

function validReturn(file) {
  execFileSync('xmllint', ['--noout', '--schema', path.join(source, 'schemas/return-1.xsd'), file],
    { stdio: 'pipe' });
}

function sample(...parts) {
  return path.join(source, 'samples', ...parts);
}

module.exports = { launch, openPage, axe, sideways, caseaudit, score, scoreAll, validReturn, sample,
  scratch, source };

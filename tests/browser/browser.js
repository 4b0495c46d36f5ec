'use strict';

/* What every test of a page needs: a browser, a folder of its own, the program, axe. */

const assert = require('node:assert/strict');
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

/* The deep tier looks at everything; the other at what differs from what it has looked at. */
const deep = process.env.CA_DEEP === 'yes';

/* Milliseconds that only a hang takes, however busy the machine is. */
const hang = 600000;

function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    timeout: hang,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--lang=en-GB'],
    env: { ...process.env, LANGUAGE: 'en_GB' },
  });
}

/* A page on its own, as a newcomer has it. faults gathers what may never happen: requests
 * beyond the file itself, errors of scripts, messages on the console. */
async function openPage(browser, file, options = {}) {
  const context = await browser.newContext({ acceptDownloads: true, locale: 'en-GB', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(hang);
  page.faults = [];
  page.on('request', (request) => {
    if (!/^(file|blob|data):/.test(request.url())) page.faults.push(`request ${request.url()}`);
  });
  page.on('pageerror', (error) => page.faults.push(`error ${error.message}`));
  page.on('console', (message) => page.faults.push(`console ${message.text()}`));
  await page.goto(`file://${file}`);
  return page;
}

/* Every finding of axe as one line: of all rules, of those named, or of all but those of
 * colours, which take nearly all of the time. */
async function axe(page, rules, colours = true) {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(
    ([runOnly, enabled]) => globalThis.axe.run(document,
      { runOnly, rules: { 'color-contrast': { enabled } }, resultTypes: ['violations'] }),
    [rules ? { type: 'rule', values: rules } : { type: 'tag', values: axeTags }, colours]);
  return violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target} ${n.failureSummary}`));
}

/* A page that is only read, in every way it is read: wide and narrow, light and dark, printed.
 * what names it where something is found. A colour scheme changes colours and nothing else, and
 * a width few of them. */
async function readEverywhere(page, what) {
  for (const width of [1280, 320])
    for (const colorScheme of ['light', 'dark']) {
      if (!deep && (width === 320) !== (colorScheme === 'dark')) continue;
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ media: 'screen', colorScheme });
      const rules = colorScheme === 'dark' && deep ? ['color-contrast'] : undefined;
      const colours = deep || colorScheme === 'dark';
      assert.deepEqual(await axe(page, rules, colours), [], `${what}, ${width} pixels, ${colorScheme}`);
      assert.equal(await sideways(page), false, `${what} is cut off at ${width} pixels`);
      assert.deepEqual(await spills(page), [], `${what}, ${width} pixels: labels that spill`);
    }
  await page.emulateMedia({ media: 'print', colorScheme: 'light' });
  assert.deepEqual(await axe(page, ['color-contrast']), [], `${what}, printed`);
  assert.deepEqual(page.faults, [], what);
}

/* Labels of a bar's segments that are wider than their segment. */
function spills(page) {
  return page.evaluate(() => [...document.querySelectorAll('svg.chart')].flatMap((chart) => {
    const segments = [...chart.querySelectorAll('rect')].map((r) => r.getBoundingClientRect());
    return [...chart.querySelectorAll('text.on')].filter((text) => {
      const box = text.getBoundingClientRect();
      if (box.width === 0) return false;
      const own = segments.find((r) => r.left <= box.left && box.left < r.right);
      return !own || box.right > own.right + 1;
    }).map((text) => text.textContent);
  }));
}

/* Nothing in it runs, and without scripts it says the same. */
async function needsNoScript(browser, file) {
  const shown = [];
  for (const javaScriptEnabled of [true, false]) {
    const page = await openPage(browser, file, { javaScriptEnabled });
    shown.push(await page.locator('body').innerText());
    assert.equal(await page.locator('script').count(), 0);
    await page.context().close();
  }
  assert.equal(shown[1], shown[0]);
}

function sideways(page) {
  return page.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth);
}

function caseaudit(...args) {
  const result = spawnSync(process.env.CASEAUDIT, ['--plugin-dir', process.env.PLUGIN_DIR, ...args],
    { encoding: 'utf8', maxBuffer: 1 << 28 });
  return result;
}

/* A new store's options for caseaudit(), with these templates and returns in it; options are
 * those of recording. */
function newStore(name, templates, returns, options = []) {
  const store = ['--store', `sqlite:${path.join(scratch, name)}`];
  for (const step of [['store', 'init'], ['template', 'load', ...templates],
    ['record', ...options, ...returns]]) {
    const run = caseaudit(...store, ...step);
    assert.equal(run.status, 0, run.stderr);
  }
  return store;
}

/* All samples, with what stands beside them. */
function sampleStore() {
  const templates = fs.readdirSync(sample('templates')).map((name) => sample('templates', name));
  const store = newStore('samples.db', templates, [sample('returns')]);
  for (const step of [['history', 'import', sample('history.csv')],
    ['indicator', 'import', sample('indicators.csv')],
    ['population', 'set', '--framework', 'foster-home-review', '--period', '2023-24', '150']]) {
    const run = caseaudit(...store, ...step);
    assert.equal(run.status, 0, run.stderr);
  }
  return store;
}

/* A copy of a page that carries the engine, whose worker begins with that script. */
function workerBegins(file, name, script) {
  const open = '<script type="text/plain" id="worker">';
  const copy = path.join(scratch, name);
  const text = fs.readFileSync(file, 'utf8');
  assert.equal(text.split(open).length, 2, `${file} has a worker`);
  fs.writeFileSync(copy, text.replace(open, () => open + script));
  return copy;
}

/* For workerBegins: an engine that does that before it scores a return: a function of { name, text }, and RuntimeError. */
function beforeScoring(deed) {
  return `{ const { Instance, RuntimeError } = WebAssembly;
    WebAssembly.Instance = function (...of) {
      const { exports } = new Instance(...of);
      const text = (at) => {
        const memory = new Uint8Array(exports.memory.buffer);
        return new TextDecoder().decode(memory.subarray(at, memory.indexOf(0, at)));
      };
      const patched = ['caseaudit_engine_score', 'ca_saying_score'].filter((call) => call in exports)
        .map((call) => [call, (engine, name, bytes, ...more) => {
          (${deed})({ name: text(name), text: text(bytes) }, RuntimeError);
          return exports[call](engine, name, bytes, ...more);
        }]);
      return { exports: { ...exports, ...Object.fromEntries(patched) } };
    }; }`;
}

/* For workerBegins: asleep for ever over returns of that text or name, which is known after some milliseconds, and with
 * the others patience never ends, however busy the machine is. A loop would keep the processor from other tests. */
function endlessOver(pattern, milliseconds) {
  return `{ const tell = self.postMessage.bind(self);
      let subject;
      self.postMessage = (message, ...more) => {
        if (message.kind === 'at') ({ subject } = message);
        tell(message.kind === 'at' ? { ...message, patience: ${hang} } : message, ...more);
      };
      self.sleepOver = ({ name, text }) => {
        if (!${pattern}.test(name + text)) return;
        tell({ kind: 'at', subject, patience: ${milliseconds} });
        Atomics.wait(new Int32Array(new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer), 0, 0);
      }; }
    ${beforeScoring('self.sleepOver')}`;
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

module.exports = { deep, hang, launch, openPage, axe, sideways, readEverywhere, needsNoScript, caseaudit,
  newStore, sampleStore, score, scoreAll, validReturn, sample, scratch, source,
  workerBegins, beforeScoring, endlessOver };

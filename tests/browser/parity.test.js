'use strict';

/* The engine in a page and the program say the same, byte for byte, in Chromium and Firefox: of all
 * samples, of documents that are wrong in every way, and of random returns of every framework; and
 * the summaries of all that are scored. */

const { test, before, after } = require('node:test');
const assert = require('node:assert/strict');
const { execFileSync, spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { launch, openPage, caseaudit, newStore, sample, scratch, source } = require('./browser.js');
const { launchFirefox } = require('./marionette.js');

const deep = process.env.CA_DEEP === 'yes';
const AT_A_TIME = 100; /* documents that are handed to a page together */

const workbench = path.join(scratch, 'workbench.html');
const made = caseaudit('workbench', '-o', workbench);
const unbuilt = made.status === 3 && 'the engine for web pages was not built; see --with-wasm in configure --help';
const firefoxes = spawnSync('firefox-esr', ['--version']).status === 0;
const missing = !firefoxes && process.env.CI !== 'true' && 'firefox-esr is missing';

/* ---- what is scored: [{ name, templates, returns, options }] ---- */

function filesIn(...folders) {
  return folders.flatMap((folder) => fs.readdirSync(folder, { recursive: true }).sort()
    .map((name) => path.join(folder, name))).filter((file) => fs.statSync(file).isFile());
}

/* Random templates of all frameworks, each with its returns. */
function randomReturns() {
  const folder = path.join(scratch, 'random');
  fs.mkdirSync(folder);
  execFileSync('python3', ['-B', '-c', `
import pathlib, sys
sys.path.insert(0, sys.argv[1] + "/tests/oracle")
from generate import generate
for seed in range(1, int(sys.argv[3]) + 1):
    generate(seed, pathlib.Path(sys.argv[2]) / f"t{seed}", 32)`, source, folder, deep ? '160' : '4']);
  const files = filesIn(folder);
  return { templates: files.filter((file) => file.endsWith('/T.xml')),
    returns: files.filter((file) => file.includes('/returns/')) };
}

let browsers;
let rounds;
let programSays; /* of summaries */

/* Random returns, samples, and a template in two versions of which one asks otherwise. */
function summed() {
  const folder = path.join(scratch, 'versions');
  const [template, returns] = [path.join(folder, 'T.xml'), path.join(folder, 'returns')];
  const samples = filesIn(sample('returns', 'child-in-need'));
  if (!fs.existsSync(folder)) {
    fs.mkdirSync(returns, { recursive: true });
    fs.writeFileSync(template, fs.readFileSync(sample('templates', 'child-in-need-file.xml'), 'utf8')
      .replace('version="3.2"', 'version="3.3"').replace('effective-from="2023-04-01"', 'effective-from="2023-01-01"')
      .replace(/(id="assessment.timely"[^]*?<question>)/, '$1Asked anew: '));
    for (const file of samples.slice(0, 5))
      fs.writeFileSync(path.join(returns, path.basename(file)), fs.readFileSync(file, 'utf8')
        .replace('template-version="3.2"', 'template-version="3.3"').replace(/id="CIN-/, 'id="V-'));
  }
  const random = rounds.find((round) => round.name === 'random');
  return { name: 'summed', options: [],
    templates: [...filesIn(sample('templates')), template, ...random.templates],
    returns: [...filesIn(sample('returns')), ...filesIn(returns), ...random.returns] };
}
before(async () => {
  if (unbuilt) return;
  const random = randomReturns();
  rounds = [
    { name: 'samples', templates: [...filesIn(sample('templates')),
      path.join(source, 'tests/data/every-element-template.xml')],
    returns: filesIn(sample('returns'), sample('bad'), path.join(source, 'tests/data'),
      ...['pair', 'template'].map((kind) => path.join(source, 'tests/fuzz/corpus', kind))), options: [] },
    { name: 'random', ...random, options: [] },
    { name: 'random, incomplete', ...random, options: ['--allow-incomplete'] },
  ];
  const chromium = await launch();
  browsers = { chromium: { async open(file) { this.page = await openPage(chromium, file); },
    run(...of) { return this.page.evaluate(...of); }, close: () => chromium.close() } };
  if (!missing) browsers.firefox = await launchFirefox(scratch);
});
after(() => Promise.all(Object.values(browsers ?? {}).map((browser) => browser.close())));

/* ---- what the page and the program say ---- */

const document = (file) => ({ name: file, bytes: fs.readFileSync(file).toString('base64') });

/* The workbench's own worker has begun: it has looked for templates, and found none. */
async function ready(browser) {
  const hung = Date.now() + 600000;
  while (!(await browser.run(() => window.byId('state').textContent)).includes('No template yet'))
    assert.ok(Date.now() < hung);
}

async function inPage(browser, { templates, returns, options }, piece) {
  await browser.open(workbench);
  await ready(browser);
  await browser.run(async (documents) => {
    window.bench = window.openEngine(await window.unpackEngine(window.byId('engine').textContent));
    for (const { name, bytes } of documents) window.bench.addTemplate(name, window.bytesOfBase64(bytes));
  }, templates.map(document));
  const said = [];
  for (let i = 0; i < returns.length; i += AT_A_TIME)
    said.push(...await browser.run(([documents, of, allowIncomplete]) => documents.map(
      ({ name, bytes }) => window.bench[of](name, window.bytesOfBase64(bytes), { allowIncomplete })),
    [returns.slice(i, i + AT_A_TIME).map(document), piece, options.length > 0]));
  return said;
}

function inProgram({ name, templates, returns, options }, format) {
  const list = path.join(scratch, `${name}.list`);
  fs.writeFileSync(list, returns.map((file) => `${file}\n`).join(''));
  return spawnSync(process.env.CASEAUDIT, ['--plugin-dir', process.env.PLUGIN_DIR, 'score', '--jobs', '1',
    ...templates.flatMap((t) => ['--template', t]), ...options, ...format, '--files-from', list],
  { encoding: 'utf8', maxBuffer: 1 << 30 }).stdout;
}

/* Long texts, of which the first difference says enough. */
function same(page, program, what) {
  if (page === program) return;
  const at = [...page].findIndex((c, i) => c !== program[i]);
  assert.fail(`${what}: from ${at} on '${page.slice(at, at + 200)}', not '${program.slice(at, at + 200)}'`);
}

/* ---- summaries ---- */

/* Quarters beside each other, at most so many. */
const QUARTERS = 8;
const quarterAt = (n) => `${Math.floor(n / 4)}-${String((Math.floor(n / 4) + 1) % 100).padStart(2, '0')} Q${n % 4 + 1}`;
const placeOf = (quarter) => Number(quarter.slice(0, 4)) * 4 + Number(quarter.at(-1)) - 1;

/* What is asked about a template whose audits have these results: the latest quarter, and several,
 * beside the one before and by an attribute. */
function questions(template, results) {
  const last = Math.max(...results.map((r) => placeOf(r.quarter)));
  const first = Math.max(last - QUARTERS + 1, Math.min(...results.map((r) => placeOf(r.quarter))));
  const by = Object.keys(results[0].attributes ?? {}).at(0) ?? '';
  return [[template, '', '', ''],
    [template, `${quarterAt(first)}..${quarterAt(last)}`, quarterAt(first - 1), by]];
}

const FORMATS = ['html', 'json'];

/* A store of what was scored, and the summaries of each of its templates, in each format. */
function summariesOf(round) {
  const results = inProgram(round, ['--format', 'ndjson']).trim().split('\n')
    .map((line) => JSON.parse(line)).filter((r) => r.status === 'scored');
  const names = [...new Set(results.map((r) => r.template))].sort();
  const files = [...new Map(results.map((r) => [r.return, r.file])).values()];
  const store = newStore(`${round.name}.db`, round.templates, files, ['--allow-future', '--allow-personal-data']);
  const asked = names.flatMap((id) => questions(id, results.filter((r) => r.template === id)));
  const said = asked.map(([id, periods, compare, by]) => FORMATS.map((format) => caseaudit(...store, 'summary',
    '--template', id, '--audience', 'executive', '--format', format,
    ...periods ? ['--periods', periods] : [], ...compare ? ['--compare', compare] : [],
    ...by ? ['--by', by] : [])));
  return { files, asked, said };
}

async function summariesInPage(browser, templates, files, asked) {
  await browser.run(async (documents) => {
    window.sums = window.openSumming(await window.unpackEngine(window.byId('engine').textContent));
    for (const { name, bytes } of documents) window.sums.addTemplate(name, window.bytesOfBase64(bytes));
  }, templates.map(document));
  for (let i = 0; i < files.length; i += AT_A_TIME)
    await browser.run((documents) => documents.forEach(
      ({ name, bytes }) => window.sums.add(name, window.bytesOfBase64(bytes))),
    files.slice(i, i + AT_A_TIME).map(document));
  return browser.run(([of, formats]) => of.map((question) => formats.map(
    (format) => window.sums[format](...question))), [asked, FORMATS]);
}

for (const name of ['chromium', 'firefox'])
  test(`${name}: results, explanations and pages are those of the program`,
    { skip: unbuilt || (name === 'firefox' && missing) }, async () => {
      for (const round of rounds) {
        const what = `${name}, ${round.name}`;
        const lines = await inPage(browsers[name], round, 'score');
        assert.ok(lines.length > 100, what);
        same(lines.map((line) => `${line}\n`).join(''), inProgram(round, ['--format', 'ndjson']), what);
        same((await inPage(browsers[name], round, 'explanation')).join(''),
          inProgram(round, ['--explain']), `${what}, why`);
      }
      const one = { ...rounds[0], name: 'one', returns: [sample('returns', 'permanency-2023-24-q3',
        'PF-2023-24-Q3-072.xml')] };
      same((await inPage(browsers[name], one, 'page'))[0], inProgram(one, ['--format', 'html']), name);
    });

for (const name of ['chromium', 'firefox'])
  test(`${name}: summaries are those of the program`,
    { skip: unbuilt || (name === 'firefox' && missing) }, async () => {
      await browsers[name].open(workbench);
      await ready(browsers[name]);
      programSays ??= summariesOf(summed());
      const { files, asked, said } = programSays;
      const page = await summariesInPage(browsers[name], summed().templates, files, asked);
      assert.ok(said.filter(([run]) => run.status === 0).length * 2 > said.length);
      for (const format of FORMATS.keys())
        assert.ok(said.some((runs) => runs[format].stdout.includes('Assessments within 45 working days (to version')));
      for (const [i, runs] of said.entries())
        for (const [format, run] of runs.entries()) {
          const what = `${name}, ${FORMATS[format]}, ${asked[i].join(', ')}`;
          if (run.status === 0) same(page[i][format], run.stdout, what);
          else assert.ok(page[i][format].startsWith('!'), `${what}: ${run.stderr}`);
        }
    });

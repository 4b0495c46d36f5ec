'use strict';

/* The workbench: what the program says, on a page that nothing leaves. */

const { test, before, after, afterEach } = require('node:test');
const assert = require('node:assert/strict');
const { execFileSync, spawnSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const { once } = require('node:events');
const http = require('node:http');
const fs = require('node:fs');
const path = require('node:path');
const { deep, launch, openPage, axe, sideways, caseaudit, newStore, sample, scratch, workerBegins, beforeScoring,
  endlessOver } = require('./browser.js');
const { makeForm } = require('./form.js');

let browser;
before(async () => { browser = await launch(); });
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
after(() => browser.close());

const templates = fs.readdirSync(sample('templates')).map((name) => sample('templates', name));
const file = path.join(scratch, 'workbench.html');
const made = caseaudit('workbench', ...templates.flatMap((t) => ['--template', t]), '-o', file);
const skip = made.status === 3 && 'the engine for web pages was not built; see --with-wasm in configure --help';
if (!skip) assert.equal(made.status, 0, made.stderr);

/* Some of the samples are of days after it. */
const today = '2023-09-30';

/* All samples in one folder, as a page names them: by the name of the file. */
const flat = path.join(scratch, 'flat');
fs.mkdirSync(flat);
for (const folder of [sample('returns'), sample('bad')])
  for (const name of fs.readdirSync(folder, { recursive: true }))
    if (fs.statSync(path.join(folder, name)).isFile())
      fs.copyFileSync(path.join(folder, name), path.join(flat, path.basename(name)));
const returns = fs.readdirSync(flat).filter((name) => !name.startsWith('template')).sort();

function program(...args) {
  try {
    return execFileSync(process.env.CASEAUDIT, ['--plugin-dir', process.env.PLUGIN_DIR, 'score', '--jobs', '1',
      ...templates.flatMap((t) => ['--template', t]), ...args],
    { cwd: flat, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1 << 28 });
  } catch (error) {
    return error.stdout;
  }
}

/* What it says of them, faults first, with the words that pages have for one of them. */
function saidOf(...names) {
  const { stderr } = spawnSync(process.env.CASEAUDIT, ['--plugin-dir', process.env.PLUGIN_DIR, '--today', today, 'score',
    ...templates.flatMap((t) => ['--template', t]), ...names], { cwd: flat, encoding: 'utf8', maxBuffer: 1 << 28 });
  const said = [...stderr.matchAll(/^([^:\n]+):(\d+):\d+: (error|warning): (.*)$/gm)].map(([, ...of]) => [...of.slice(0, 3),
    of[3].replace('give its file with --template, or load it into the store', 'drop its file on this page')]);
  return ['error', 'warning'].flatMap((kind) => said.filter((row) => row[2] === kind));
}

/* Until the page says so; its policy lets no waitForFunction evaluate anything. */
async function state(page, words) {
  const hung = Date.now() + 600000;
  for (;;) {
    const text = await page.locator('#state').innerText();
    if (text.includes(words)) return text;
    assert.ok(Date.now() < hung, `${words}: ${text}`);
    await new Promise((resolve) => { setTimeout(resolve, 30); });
  }
}

async function bring(page, names) {
  await page.locator('#files').setInputFiles(names.map((name) => path.resolve(flat, name)));
  return state(page, 'scored,');
}

async function saved(page, button) {
  const [download] = await Promise.all([page.waitForEvent('download'),
    page.locator(button).press('Enter')]);
  const to = path.join(scratch, `${Date.now()}-${download.suggestedFilename()}`);
  await download.saveAs(to);
  return fs.readFileSync(to, 'utf8');
}

async function rows(page, list) {
  return page.locator(`#${list} tbody tr`).evaluateAll(
    (all) => all.map((row) => [...row.cells].map((cell) => cell.textContent)));
}

async function fresh(options) {
  const page = await openPage(browser, file, options);
  await state(page, 'Ready for returns');
  return page;
}

test('results, faults, warnings and reports are those of the program', { skip }, async () => {
  const page = await openPage(browser, workerBegins(file, 'dated.html',
    `Date = class extends Date { constructor() { super('${today}T12:00'); } };`));
  await state(page, 'Ready for returns');
  await bring(page, returns);
  const lines = program('--format', 'ndjson', ...returns).split('\n').filter((line) => line !== '');
  const scored = lines.filter((line) => !line.includes('"status":"rejected"'));
  assert.equal(await saved(page, '#save-ndjson'), scored.map((line) => `${line}\n`).join(''));
  await page.locator('#faults-list > p button').press('Enter');
  const said = saidOf(...returns);
  assert.ok(said.filter((row) => row[2] === 'error').length > 8 && said.some((row) => /personal data/.test(row[3])) &&
    said.some((row) => /after today, 2023-09-30/.test(row[3])));
  assert.deepEqual(await rows(page, 'faults-list'), said);
  assert.equal(await page.locator('#to-faults').innerText(), ['error', 'warning'].map(
    (kind) => `${said.filter((row) => row[2] === kind).length} ${kind.replace('error', 'fault')}s`).join(', '));

  await page.locator('#search').fill('PF-2023-24-Q3-072');
  await page.locator('#grades-list button', { hasText: 'PF-2023-24-Q3-072' }).press('Enter');
  await page.locator('#report article').waitFor();
  assert.match(await page.evaluate(() => document.activeElement.textContent), /^PF-2023-24-Q3-072: /);
  assert.equal(await saved(page, '#save-audit'),
    program('--format', 'html', 'PF-2023-24-Q3-072.xml'));
  assert.deepEqual(await axe(page), []);
  await page.locator('#back').press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'grades-title');
  assert.deepEqual(page.faults, []);
});

test('the grades are sorted, filtered, searched and saved', { skip }, async () => {
  const page = await fresh();
  await bring(page, returns.filter((name) => name.startsWith('CIN')));
  const column = async (i) => (await rows(page, 'grades-list')).map((row) => row[i]);
  const head = page.locator('#grades-list th', { hasText: 'Score' });
  const scores = async () => (await column(5)).map((text) => Number(text.split(' ')[0]));
  const up = [...await scores()].sort((a, b) => a - b);
  await head.locator('button').press('Enter');
  assert.deepEqual(await scores(), up);
  assert.equal(await head.getAttribute('aria-sort'), 'ascending');
  await head.locator('button').press('Enter');
  assert.deepEqual(await scores(), up.reverse());
  await page.locator('#of-grade').selectOption('Inadequate');
  assert.deepEqual(new Set(await column(4)), new Set(['Inadequate']));
  const csv = (await saved(page, '#save-csv')).trim().split('\r\n');
  assert.equal(csv.length, 1 + (await column(0)).length);
  assert.match(csv[1], /^"CIN-2023-\d+\.xml","scored","CIN-/);
  await page.locator('#of-grade').selectOption('');
  await page.locator('#search').fill('fiction-n004');
  assert.deepEqual(await column(1), ['FICTION-N004']);

  /* What a screen reader is told: how many are left, and headings without their arrows. */
  assert.match(await page.locator('#spoken[role=status]').textContent(), /^1 return of \d+\./);
  const { nodes } = await (await page.context().newCDPSession(page)).send('Accessibility.getFullAXTree');
  const named = (role) => nodes.filter((node) => node.role?.value === role).map((node) => node.name?.value);
  assert.deepEqual(named('columnheader').slice(0, 6), ['Return', 'Case', 'Date', 'Template', 'Grade', 'Score']);
  assert.ok(named('table').includes('Returns that were scored'));
});

test('at every width, light and dark, in every state: axe finds nothing, nothing is cut off', { skip }, async () => {
  const other = path.join(scratch, 'states.xml');
  fs.writeFileSync(other, fs.readFileSync(sample('templates', 'child-in-need-file.xml'), 'utf8')
    .replace('version="3.2"', 'version="4.0"'));
  for (const [width, colorScheme] of [[1280, 'dark'], [320, 'light']]) {
    const page = await fresh({ viewport: { width, height: 900 }, colorScheme });
    const looksRight = async (what, colours = colorScheme === 'dark') => {
      assert.deepEqual(await axe(page, undefined, colours), [], `${what}, ${width}, ${colorScheme}`);
      assert.equal(await sideways(page), false, `${what}, ${width}`);
    };
    await looksRight('empty');
    await bring(page, returns.slice(0, 12).concat('wrong-answer.xml'));
    await looksRight('grades and faults', true);
    await page.locator('#trial-file').setInputFiles(other);
    await page.locator('#trial-said p', { hasText: 'scored again' }).waitFor();
    await page.locator('#sum-up').press('Enter');
    await page.locator('#sum-said', { hasText: 'follows' }).waitFor();
    await looksRight('what if, and a summary');
    await page.locator('#grades-list button').nth(8).press('Enter');
    await page.locator('#report article').waitFor();
    await page.locator('#faults-list tbody button').first().press('Enter');
    await page.locator('#edit-said', { hasText: 'Refused' }).waitFor();
    await looksRight('a report, and a return that is corrected');
    assert.deepEqual(page.faults, []);
    await page.context().close();
  }
});

test('another version of a template: the same returns, both grades', { skip }, async () => {
  const other = path.join(scratch, 'other.xml');
  fs.writeFileSync(other, fs.readFileSync(sample('templates', 'child-in-need-file.xml'), 'utf8')
    .replace('version="3.2"', 'version="4.0"').replace('from="85"', 'from="96"'));
  const page = await fresh();
  const names = returns.filter((name) => name.startsWith('CIN'));
  await bring(page, names);
  await page.locator('#trial-file').setInputFiles(other);
  await page.locator('#trial-said p', { hasText: 'scored again' }).waitFor();
  const told = await page.locator('#trial-said').innerText();
  assert.match(told, /^By child-in-need-file, version 4\.0: 12 returns scored again, [1-9]\d* with another grade, 0 refused/);
  const changed = (await rows(page, 'grades-list')).filter((row) => row[4] !== row[7]);
  assert.equal(changed.length, Number(/again, (\d+)/.exec(told)[1]));

  /* What the program says of the same returns, as answers to that version. */
  const moved = path.join(scratch, 'moved');
  fs.mkdirSync(moved);
  for (const name of names)
    fs.writeFileSync(path.join(moved, name), fs.readFileSync(path.join(flat, name), 'utf8')
      .replace('template-version="3.2"', 'template-version="4.0"'));
  const grades = caseaudit('score', '--format', 'ndjson', '--template', other, moved).stdout.trim()
    .split('\n').map((line) => JSON.parse(line)).map((r) => [r.return, r.grade]);
  const shown = new Map((await rows(page, 'grades-list')).map((row) => [row[0], row[7]]));
  for (const [id, grade] of grades)
    assert.equal(shown.get(id).toLowerCase().replace(' to be good', '').replaceAll(' ', '-'), grade);
  assert.deepEqual(page.faults, []);
});

test('the summary is the program\'s', { skip }, async () => {
  const store = newStore('sums.db', templates, [sample('returns')]);
  const page = await fresh();
  await bring(page, returns.filter((name) => /^(PF|CIN)/.test(name)));
  const sum = async (periods, by, compare = '') => {
    await page.locator('#sum-template').selectOption('permanency-file');
    await page.locator('#sum-periods').fill(periods);
    await page.locator('#sum-compare').fill(compare);
    await page.locator('#sum-by').selectOption(by);
    await page.locator('#sum-up').press('Enter');
    await page.locator('#sum-said', { hasText: /follows|No summary/ }).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.id), 'sum-heading');
    return saved(page, '#save-sum');
  };
  const program = (...args) => caseaudit(...store, 'summary', '--template', 'permanency-file',
    '--audience', 'executive', '--format', 'html', ...args).stdout;
  assert.equal(await sum('', ''), program());
  assert.deepEqual(await axe(page), []);
  assert.equal(await sum('2023-24 Q1..2023-24 Q3', 'team'),
    program('--periods', '2023-24 Q1..2023-24 Q3', '--by', 'team'));
  assert.equal(await sum('2023-24 Q3', '', '2023-24 Q1'),
    program('--period', '2023-24 Q3', '--compare', '2023-24 Q1'));
  await page.setViewportSize({ width: 320, height: 900 });
  assert.equal(await sideways(page), false);
  await page.locator('#sum-periods').fill('nonsense');
  await page.locator('#sum-up').press('Enter');
  await page.locator('#sum-said', { hasText: 'No summary' }).waitFor();
  assert.equal(await page.locator('#save-sum').isVisible(), false);
  assert.deepEqual(page.faults, []);
});

test('a return is corrected on the page, scored again, and saved as it was but for that', { skip },
  async () => {
    const name = 'wrong-answer.xml';
    const markup = '&lt;/textarea&gt;&lt;img src=x onerror=alert(1)&gt;';
    const text = `\uFEFF${fs.readFileSync(path.join(flat, name), 'utf8')
      .replace(/(<evidence[^>]*>)/, `$1</textarea><img src="x" onerror="alert(2)"/>${markup}`)
      .replaceAll('\n', '\r\n')}`;
    const folder = path.join(scratch, 'corrected');
    fs.mkdirSync(folder);
    fs.writeFileSync(path.join(folder, name), text);
    const page = await fresh();
    await bring(page, [path.join(folder, name), 'not-utf-8.xml']);
    const opener = (file) => page.locator('#faults-list tbody button', { hasText: file }).first();
    const area = page.locator('#edit-text');
    const said = (words) => page.locator('#edit-said', { hasText: words }).waitFor();
    const save = async () => {
      const [download] = await Promise.all([page.waitForEvent('download'),
        page.locator('#edit-save').press('Enter')]);
      assert.equal(download.suggestedFilename(), name);
      return fs.readFileSync(await download.path(), 'utf8');
    };

    await opener('not-utf-8.xml').press('Enter');
    await said('not written in UTF-8');
    assert.equal(await area.isVisible(), false);

    await opener(name).press('Enter');
    await said('Refused: ');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'edit-text');
    const [, line] = (await rows(page, 'faults-list')).find((row) => row[0] === name);
    const selected = () => page.evaluate(() => byId('edit-text').value.slice(
      byId('edit-text').selectionStart, byId('edit-text').selectionEnd));
    assert.equal(await selected(), text.split('\r\n')[line - 1]);
    assert.equal(await page.locator('#edit-place').innerText(), `Line ${line} of ${text.split('\r\n').length}`);
    assert.equal(await save(), text);

    /* One fault after the other, by keyboard alone. */
    const good = text.replace(`</textarea><img src="x" onerror="alert(2)"/>`, '');
    await area.press('Control+A');
    await page.keyboard.insertText(good.replaceAll('\r\n', '\n'));
    await said('not scored since');
    await page.locator('#edit-score').press('Enter');
    await said('Refused: 1 fault.');
    assert.deepEqual(await axe(page), []);
    await page.locator('#edit-faults button').press('Enter');
    const wrong = await selected();
    const answer = /answer="([^"]*)"/.exec(wrong)[1];
    await page.keyboard.insertText(wrong.replace(answer, 'good'));
    await page.locator('#edit-score').press('Enter');
    await said('Scored: ');
    assert.equal(await page.locator('#edit-faults li').count(), 0);
    const mended = await save();
    assert.equal(mended, good.replace(`answer="${answer}"`, 'answer="good"'));
    fs.writeFileSync(path.join(folder, name), mended);
    assert.equal(await saved(page, '#save-ndjson'),
      execFileSync(process.env.CASEAUDIT, ['--plugin-dir', process.env.PLUGIN_DIR, 'score', '--format', 'ndjson',
        ...templates.flatMap((t) => ['--template', t]), name], { cwd: folder, encoding: 'utf8' }));

    /* From its report, too, which is then of the text before; and the file may come anew. */
    await page.locator('#grades-list tbody button').press('Enter');
    await page.locator('#report article').waitFor();
    await page.locator('#correct').press('Enter');
    await said('Scored: ');
    assert.equal(await area.inputValue(), mended.replaceAll('\r\n', '\n'));
    await page.locator('#edit-score').press('Enter');
    assert.equal(await page.locator('#audit').isVisible(), false);
    await said('Scored: ');
    await bring(page, [path.join(folder, name)]);
    await said('not scored since');

    await page.setViewportSize({ width: 320, height: 900 });
    assert.equal(await sideways(page), false);
    assert.equal(await page.locator('main img, main script').count(), 0);
    const asked = [];
    page.on('dialog', (dialog) => asked.push(dialog.message()) && dialog.accept());
    await page.locator('#edit-close').press('Enter');
    assert.equal(asked.length, 1);
    assert.equal(await page.evaluate(() => document.activeElement.id), 'faults-title');
    assert.deepEqual(page.faults, []);
  });

test('hostile text stays text, one id claimed twice is told, other files are passed over', { skip },
  async () => {
    const folder = path.join(scratch, 'odd');
    fs.mkdirSync(folder);
    const text = fs.readFileSync(path.join(flat, 'CIN-2023-001.xml'), 'utf8');
    const markup = '&lt;img src=x onerror=alert(1)&gt;&lt;script&gt;alert(2)&lt;/script&gt;';
    const put = (name, content) => fs.writeFileSync(path.join(folder, name), content);
    put('hostile.xml', text.replace('id="CIN-2023-001"', 'id="H-1"')
      .replace(/(<evidence[^>]*>)/, `$1${markup}`).replace('</return>', '<x>'));
    put('hostile-good.xml', text.replace('id="CIN-2023-001"', 'id="H-2"').replace(/(<evidence[^>]*>)/, `$1${markup}`));
    put('<b>twice.xml', text.replace('CIN-2023-001', 'CIN-2023-002'));
    put('notes.txt', 'nothing');
    const page = await fresh();
    await bring(page, [...fs.readdirSync(folder).map((name) => path.join(folder, name)), 'CIN-2023-002.xml']);
    assert.match(await page.locator('#state').innerText(), /1 file passed over/);
    const faults = (await rows(page, 'faults-list')).map((row) => row[3]).join('\n');
    assert.match(faults, /return id 'CIN-2023-002' is claimed by <b>twice\.xml and CIN-2023-002\.xml/);
    await page.locator('#grades-list button', { hasText: 'H-2' }).press('Enter');
    await page.locator('#report article').waitFor();
    assert.match(await page.locator('#report').innerText(), /<img src=x onerror=alert\(1\)>/);
    assert.equal(await page.locator('main img, main script').count(), 0);
    assert.deepEqual(page.faults, []);
  });

test('its policy lets nothing out and no other script in, from the page and from the worker', { skip }, async () => {
  let calls = 0;
  const server = http.createServer((request, response) => {
    calls += 1;
    response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${server.address().port}/`;
  const talking = workerBegins(file, 'talking.html',
    `fetch('${url}').then(() => 'sent', () => 'kept').then((what) => postMessage({ kind: 'trial', message: what }));`);
  const page = await openPage(browser, talking);
  await page.locator('#trial-said', { hasText: 'kept' }).waitFor({ state: 'attached' });
  assert.deepEqual(await page.evaluate(async (to) => {
    const blocked = [];
    addEventListener('securitypolicyviolation', (event) => blocked.push(event.effectiveDirective));
    const script = Object.assign(document.createElement('script'), { textContent: 'window.ran = true;' });
    const image = Object.assign(new Image(), { src: to });
    document.body.append(script, image);
    await fetch(to).catch(() => {});
    navigator.sendBeacon(to);
    await new Promise((resolve) => { setTimeout(resolve, 100); });
    return [window.ran, [...new Set(blocked)].sort()];
  }, url), [undefined, ['connect-src', 'img-src', 'script-src-elem']]);
  assert.equal(calls, 0);
  server.close();

  for (const of of [file, makeForm(templates[0])].map((name) => fs.readFileSync(name, 'utf8'))) {
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(of)[1].split('; ').map((x) => x.split(' '));
    const directives = new Map(policy.map(([name, ...values]) => [name, values]));
    const inline = [...of.matchAll(/<script>([^]*?)<\/script>/g)].map(([, script]) =>
      `'sha256-${createHash('sha256').update(script).digest('base64')}'`);
    assert.deepEqual(directives.get('default-src'), ["'none'"]);
    assert.deepEqual(directives.get('script-src'), [...inline, "'wasm-unsafe-eval'"]);
    assert.deepEqual(directives.get('worker-src'), ['blob:']);
  }
});

test('a document over which the engine stops costs itself alone', { skip }, async () => {
  const trap = workerBegins(file, 'trap.html', beforeScoring(`({ name }, RuntimeError) => {
    if (name[11] === '3') throw new RuntimeError('unreachable');
  }`));
  const page = await openPage(browser, trap);
  await state(page, 'Ready for returns');
  const names = returns.filter((name) => name.startsWith('IRO'));
  const text = await bring(page, names);
  const stopped = names.filter((name) => name[11] === '3');
  assert.ok(stopped.length === 1);
  assert.match(text, new RegExp(`${names.length - 1} returns scored, 1 refused`));
  assert.deepEqual(await rows(page, 'faults-list'),
    [[stopped[0], '–', 'error', 'the engine had to stop over this document']]);
});

test('a document over which the engine comes to no end costs itself alone', { skip }, async () => {
  const endless = workerBegins(file, 'endless.html', endlessOver(/^.{11}3/, 400));
  const page = await openPage(browser, endless);
  await state(page, 'Ready for returns');
  const names = returns.filter((name) => name.startsWith('IRO'));
  const text = await bring(page, names);
  const stopped = names.filter((name) => name[11] === '3');
  assert.match(text, new RegExp(`${names.length - 1} returns scored, 1 refused`));
  assert.deepEqual(await rows(page, 'faults-list'),
    [[stopped[0], '–', 'error', 'the engine did not come to an end over this document']]);
  await page.locator('#grades-list button', { hasText: 'IRO' }).first().press('Enter');
  await page.locator('#report article').waitFor();
  assert.deepEqual(page.faults, []);
});

if (deep)
  test('a thousand returns without a stutter: no task of the page takes a tenth of a second of the processor', { skip }, async () => {
    const page = await fresh();
    const text = fs.readFileSync(path.join(flat, 'PF-2023-24-Q3-072.xml'), 'utf8');
    const many = Array.from({ length: 1000 }, (_, i) => [`r${i}.xml`, text.replace('PF-2023-24-Q3-072', `R-${i}`)]);
    await browser.startTracing(page, { categories: ['toplevel'] });
    await page.evaluate((files) => {
      const transfer = new DataTransfer();
      for (const [name, content] of files) transfer.items.add(new File([content], name));
      byId('files').files = transfer.files;
      setTimeout(() => byId('files').dispatchEvent(new Event('change')));
    }, many);
    await state(page, '1000 returns scored');
    for (const id of ['R-', 'nobody', '']) {
      if (await page.locator('#grades-list > p button').isVisible())
        await page.locator('#grades-list > p button').press('Enter');
      await page.locator('#search').fill(id);
      await page.locator('#grades-list th button').first().press('Enter');
    }
    await page.locator('#grades-list tbody tr').nth(249).waitFor();
    const { traceEvents: events } = JSON.parse(await browser.stopTracing());
    const main = events.find((e) => e.name === 'thread_name' && e.args.name === 'CrRendererMain' &&
      events.some((x) => x.pid === e.pid && x.tid === e.tid && x.tdur > 0));
    const tasks = events.filter((e) => e.pid === main.pid && e.tid === main.tid && /RunTask/.test(e.name));
    /* The first is the test's own, which makes the files. */
    const [, ...longest] = tasks.map((e) => e.tdur ?? 0).sort((a, b) => b - a);
    assert.ok(tasks.length > 100);
    assert.ok(longest[0] > 0 && longest[0] < 100000, `${longest.slice(0, 5)}`);
  });

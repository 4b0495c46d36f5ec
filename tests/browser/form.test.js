'use strict';

/* The form for auditors: for everyone, by keyboard, without a network, without loss. */

const { test, before, after, afterEach } = require('node:test');
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { launch, openPage, axe, sideways, caseaudit, score, validReturn, sample, scratch } =
  require('./browser.js');

let browser;
before(async () => { browser = await launch(); });
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
after(() => browser.close());

const templates = fs.readdirSync(sample('templates')).filter((name) => name.endsWith('.xml'));

function makeForm(template, name = `${path.basename(template, '.xml')}.html`) {
  const file = path.join(scratch, name);
  const run = caseaudit('template', 'form', template, '-o', file);
  assert.equal(run.status, 0, run.stderr);
  return file;
}

async function fresh(template, options) {
  return openPage(browser, makeForm(template), options);
}

/* Saves by keyboard and gives the file. */
async function save(page, button = 'save') {
  const [download] = await Promise.all([
    page.waitForEvent('download', { timeout: 5000 }).catch(() => null),
    page.locator(`#${button}`).press('Enter'),
  ]);
  if (!download) {
    const problems = await page.locator('#summary li').allTextContents();
    assert.fail(`nothing was saved: ${problems.join('; ')}`);
  }
  const file = path.join(scratch, `${Date.now()}-${download.suggestedFilename()}`);
  await download.saveAs(file);
  return file;
}

async function openReturn(page, file) {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'), page.locator('#open').press('Enter')]);
  await chooser.setFiles(file);
  await page.locator('#message p').first().waitFor();
}

/* ---- filling in what a return says, field by field ---- */

function readReturn(page, text) {
  return page.evaluate((xml) => {
    const doc = new DOMParser().parseFromString(xml, 'application/xml');
    const plain = (e) => ({
      name: e.localName, text: e.children.length === 0 ? e.textContent.trim() : '',
      ...Object.fromEntries([...e.attributes].map((a) => [`@${a.name}`, a.value])),
      children: [...e.children].map(plain),
    });
    return plain(doc.documentElement);
  }, text);
}

function child(element, name) {
  return element?.children.find((c) => c.name === name);
}

function named(element, name) {
  return element?.children.filter((c) => c.name === name) ?? [];
}

async function put(page, id, value) {
  if (value === undefined || value === '') return;
  const control = page.locator(`[id="${id}"]`);
  if (await control.evaluate((e) => e.tagName) === 'SELECT') await control.selectOption(value);
  else await control.fill(value);
}

/* Adds a row and gives the beginning of its fields' ids. */
async function addRow(page, button) {
  await page.locator(`[id="${button}"]`).press('Enter');
  const id = await page.evaluate(() => document.activeElement.id);
  return id.replace(/^(row-\d+).*/, '$1');
}

async function fillResponse(page, response) {
  const id = `std-${response['@standard']}`;
  const choice = response['@status'] ? `status:${response['@status']}`
    : response['@answer'] ? `answer:${response['@answer']}` : 'content';
  await page.locator(`[id="${id}-given"] input[value="${choice}"]`).check();
  for (const name of ['reason', 'start', 'end', 'value', 'text'])
    await put(page, `${id}-${name}`, child(response, name)?.text);
  for (const date of named(response, 'occurred'))
    await put(page, `${await addRow(page, `${id}-occurred-add`)}-occurred`, date.text);
  await put(page, `${id}-date`, response['@date']);
  for (const [i, evidence] of named(response, 'evidence').entries()) {
    const key = i === 0 ? `${id}-evidence`
      : `${await addRow(page, `${id}-evidence-add`)}-evidence`;
    await put(page, key, evidence.text);
    await put(page, `${key}-ref`, evidence['@ref']);
  }
}

async function fillHead(page, root) {
  await put(page, 'return-id', root['@id']);
  await put(page, 'case-ref', child(root, 'case')['@ref']);
  const audit = child(root, 'audit');
  await put(page, 'audit-date', audit['@date']);
  await put(page, 'auditor', audit['@auditor']);
  await put(page, 'selection', audit['@selection']);
  for (const attribute of named(child(root, 'attributes'), 'attribute'))
    await put(page, `attribute-${attribute['@id']}`, attribute.text);
  for (const event of named(child(root, 'events'), 'event')) {
    const key = await addRow(page, 'events-add');
    await put(page, `${key}-type`, event['@type']);
    await put(page, `${key}-date`, event['@date']);
    await put(page, `${key}-note`, event.text);
  }
}

async function fillResponses(page, responses) {
  for (const section of named(responses, 'not-applicable')) {
    await page.locator(`[id="section-${section['@section']}-na"]`).check();
    await put(page, `section-${section['@section']}-reason`, child(section, 'reason').text);
  }
  for (const response of named(responses, 'response')) await fillResponse(page, response);
  await put(page, 'agency-grade', responses['@grade']);
  await put(page, 'agency-by', responses['@by']);
}

async function fillVerdict(page, name, verdict) {
  for (const key of ['grade', 'by', 'date']) await put(page, `${name}-${key}`, verdict[`@${key}`]);
  await put(page, `${name}-rationale`, child(verdict, 'rationale')?.text);
}

async function fillModeration(page, moderation) {
  await page.locator('#moderation summary').press('Enter');
  await fillVerdict(page, 'moderation', moderation);
  await put(page, 'moderation-override', moderation['@override']);
  for (const change of named(moderation, 'change')) {
    const key = await addRow(page, 'changes-add');
    await put(page, `${key}-standard`, change['@standard']);
    await put(page, `${key}-agency`, change['@agency']);
    await put(page, `${key}-new`, change['@answer'] ? `answer:${change['@answer']}`
      : `status:${change['@status']}`);
    await put(page, `${key}-rationale`, child(change, 'rationale').text);
  }
}

async function fillTail(page, root) {
  if (child(root, 'judgement')) await fillVerdict(page, 'judgement', child(root, 'judgement'));
  for (const name of ['strength', 'improvement'])
    for (const finding of named(child(root, 'findings'), name)) {
      const key = await addRow(page, `${name}-add`);
      await put(page, `${key}-theme`, finding['@theme']);
      await put(page, `${key}-agency`, finding['@agency']);
      await put(page, `${key}-text`, finding.text);
    }
  for (const action of named(child(root, 'actions'), 'action')) {
    const key = await addRow(page, 'actions-add');
    await put(page, `${key}-text`, action.text);
    for (const name of ['id', 'standard', 'agency', 'owner', 'due', 'completed', 'verified-by'])
      await put(page, `${key}-${name}`, action[`@${name}`]);
  }
  if (child(root, 'moderation')) await fillModeration(page, child(root, 'moderation'));
}

/* ---- for everyone ---- */

for (const name of templates)
  for (const [width, colorScheme] of [[1280, 'light'], [1280, 'dark'], [320, 'light'], [320, 'dark']])
    test(`${name} at ${width} pixels, ${colorScheme}: axe finds nothing, nothing is cut off`, async () => {
      const page = await fresh(sample('templates', name),
        { viewport: { width, height: 900 }, colorScheme });
      assert.deepEqual(await axe(page), []);
      assert.equal(await sideways(page), false);
      assert.deepEqual(page.faults, []);
      if ((width === 320) !== (colorScheme === 'dark')) return;
      /* With everything open and every error shown; twice is enough for these. */
      await page.locator('#save').press('Enter');
      await page.locator('#summary').waitFor();
      for (const button of await page.locator('button[id$="-add"]:visible').all())
        await button.press('Enter');
      if (await page.locator('#moderation summary').count() > 0)
        await page.locator('#moderation summary').press('Enter');
      assert.deepEqual(await axe(page), []);
      assert.equal(await sideways(page), false);
      if (await page.locator('#part').count() > 0) {
        await page.locator('#part').selectOption('panel');
        assert.deepEqual(await axe(page), []);
        assert.equal(await sideways(page), false);
      }
      assert.deepEqual(page.faults, []);
    });

test('axe finds nothing on the page as it is printed', async () => {
  const page = await fresh(sample('templates/permanency-file.xml'));
  await page.emulateMedia({ media: 'print' });
  assert.deepEqual(await axe(page), []);
});

/* ---- by keyboard alone ---- */

/* Tab until the field has the focus, as someone without a mouse does. */
async function tabTo(page, wanted) {
  for (let i = 0; i < 400; i++) {
    const id = await page.evaluate(() => document.activeElement.id);
    if (id === wanted || (wanted.endsWith('*') && id.startsWith(wanted.slice(0, -1)))) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`no way to ${wanted} by the Tab key`);
}

async function typeDate(page, id, iso) {
  await tabTo(page, id);
  const [year, month, day] = iso.split('-');
  /* The browser's own order of day and month: tried with a date that tells them apart. */
  await page.keyboard.type('02012001');
  const monthFirst = await page.evaluate(() => document.activeElement.value) === '2001-02-01';
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.type(monthFirst ? month + day + year : day + month + year);
  assert.equal(await page.evaluate(() => document.activeElement.value), iso);
}

async function choose(page, id, times) {
  await tabTo(page, `${id}-*`);
  await page.keyboard.press('Space');
  for (let i = 0; i < times; i++) await page.keyboard.press('ArrowDown');
}

test('filled in by keyboard alone, saved, and scored like the same answers typed as XML', async () => {
  const template = sample('templates/threshold-dip-sample.xml');
  const page = await fresh(template);
  await tabTo(page, 'return-id');
  await page.keyboard.type('DIP-1');
  await tabTo(page, 'case-ref');
  await page.keyboard.type('C77');
  await typeDate(page, 'audit-date', '2023-11-14');
  await tabTo(page, 'auditor');
  await page.keyboard.type('A17');
  await tabTo(page, 'attribute-source');
  await page.keyboard.type('Pol');
  await choose(page, 'std-decision.threshold-given', 1); /* no */
  await tabTo(page, 'std-decision.threshold-evidence');
  await page.keyboard.type('Two earlier <contacts> & "no" answer');
  await choose(page, 'std-decision.history-given', 2); /* not evidenced */
  await choose(page, 'std-decision.consent-given', 3); /* not applicable */
  await tabTo(page, 'std-decision.consent-reason');
  await page.keyboard.type('The family asked for it themselves.');
  await typeDate(page, 'std-decision.days-start', '2023-11-10');
  await typeDate(page, 'std-decision.days-end', '2023-11-14');
  assert.equal(await page.locator('[id="std-decision.days-outcome"]').textContent(),
    'Due by 13 November 2023: late.');
  await tabTo(page, 'judgement-grade');
  await page.keyboard.type('Wrong');
  await tabTo(page, 'judgement-by');
  await page.keyboard.type('A17');
  await typeDate(page, 'judgement-date', '2023-11-14');
  assert.equal(await page.locator('#count').textContent(), 'Every required answer is given');
  await tabTo(page, 'save-end');
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  const saved = path.join(scratch, download.suggestedFilename());
  await download.saveAs(saved);
  assert.equal(download.suggestedFilename(), 'DIP-1.xml');
  validReturn(saved);
  const typed = path.join(scratch, 'typed.xml');
  fs.writeFileSync(typed, `<return xmlns="urn:caseaudit:return:1" id="DIP-1"
      template="threshold-dip-sample" template-version="1">
    <case ref="C77"/><audit date="2023-11-14" auditor="A17"/>
    <attributes><attribute id="source">police</attribute></attributes>
    <responses>
      <response standard="decision.threshold" answer="no"><evidence>Two earlier</evidence></response>
      <response standard="decision.history" status="not-evidenced"/>
      <response standard="decision.consent" status="not-applicable"><reason>So.</reason></response>
      <response standard="decision.days"><start>2023-11-10</start><end>2023-11-14</end></response>
    </responses>
    <judgement grade="wrong" by="A17" date="2023-11-14"/></return>`);
  const result = score(template, saved);
  assert.deepEqual(result, score(template, typed));
  assert.equal(result.status, 'scored');
  assert.equal(result.grade, 'wrong');
  assert.match(fs.readFileSync(saved, 'utf8'), /Two earlier &lt;contacts&gt; &amp; "no" answer/);
  assert.deepEqual(page.faults, []);
});

/* ---- the samples' returns, typed into the form ---- */

const typedReturns = [
  ['permanency-file', 'permanency-2023-24-q2', [0, 7, 19]],
  ['child-in-need-file', 'child-in-need', [0, 5]],
  ['foster-home-review', 'foster-home-reviews-2023-24', [0, 9]],
];

for (const [template, folder, picks] of typedReturns)
  for (const pick of picks)
    test(`${folder}, return ${pick + 1}: typed into the form it scores the same`, async () => {
      const names = fs.readdirSync(sample('returns', folder)).sort();
      const original = sample('returns', folder, names[pick]);
      const page = await fresh(sample('templates', `${template}.xml`));
      const root = await readReturn(page, fs.readFileSync(original, 'utf8'));
      await fillHead(page, root);
      await fillResponses(page, child(root, 'responses'));
      await fillTail(page, root);
      const saved = await save(page);
      validReturn(saved);
      const file = sample('templates', `${template}.xml`);
      assert.equal(score(file, saved).status, 'scored');
      assert.deepEqual(score(file, saved), score(file, original));
      assert.deepEqual(page.faults, []);
      await page.context().close();
    });

/* ---- several agencies ---- */

test('each agency fills in its part; merged, and judged by the panel, they score as the whole', async () => {
  const template = sample('templates/maap-transitions.xml');
  const original = sample('returns/maap-transitions/MAAP-2023-001.xml');
  const parts = [];
  let root;
  for (const agency of [0, 1, 2, 3, 4, 5]) {
    const page = await fresh(template);
    root ??= await readReturn(page, fs.readFileSync(original, 'utf8'));
    const responses = named(root, 'responses')[agency];
    if (!responses) break;
    await page.locator('#part').selectOption(responses['@agency']);
    await fillHead(page, root);
    await fillResponses(page, responses);
    for (const action of named(child(root, 'actions'), 'action'))
      if (action['@agency'] === responses['@agency'])
        await fillTail(page, { children: [{ name: 'actions', children: [action] }] });
    const part = await save(page);
    assert.match(path.basename(part), new RegExp(`-${responses['@agency']}\\.xml$`));
    validReturn(part);
    parts.push(part);
    await page.context().close();
  }
  assert.ok(parts.length >= 2);
  const merged = path.join(scratch, 'merged.xml');
  const run = caseaudit('merge', ...parts, '-o', merged);
  assert.equal(run.status, 0, run.stderr);
  const page = await fresh(template);
  await page.locator('#part').selectOption('panel');
  await openReturn(page, merged);
  await fillVerdict(page, 'judgement', child(root, 'judgement'));
  if (child(root, 'moderation')) await fillModeration(page, child(root, 'moderation'));
  const saved = await save(page);
  validReturn(saved);
  assert.equal(score(template, saved).status, 'scored');
  assert.deepEqual(score(template, saved), score(template, original));
});

/* ---- without loss ---- */

test('every sample return is opened and saved again byte for byte', async () => {
  for (const [template, folder] of [['permanency-file', 'permanency-2023-24-q2'],
    ['iro-practice', 'iro-practice'], ['foster-home-review', 'foster-home-reviews-2023-24'],
    ['macfa-domestic-abuse', 'macfa-domestic-abuse']]) {
    const page = await fresh(sample('templates', `${template}.xml`));
    for (const name of fs.readdirSync(sample('returns', folder)).sort().slice(0, 6)) {
      const file = sample('returns', folder, name);
      await openReturn(page, file);
      if (await page.locator('#part').count() > 0) await page.locator('#part').selectOption('panel');
      assert.equal(fs.readFileSync(await save(page), 'utf8'), fs.readFileSync(file, 'utf8'), name);
    }
    await page.context().close();
  }
});

const unusual = `<?xml version="1.0" encoding="UTF-8"?>
<?note kept?>
<!-- A17: started before lunch -->
<r:return xmlns:r="urn:caseaudit:return:1" xml:lang="en-GB" id="DIP-2"
    template="threshold-dip-sample" template-version="1">
  <r:case ref="C78"/>
  <!-- M02: looked at again -->
  <r:audit date="2023-11-14" auditor="A17" selection="targeted"/>
  <r:attributes><r:attribute id="source">school</r:attribute></r:attributes>
  <r:responses>
    <r:response standard="decision.days"><r:start>2023-11-13</r:start><r:end>2023-11-14</r:end></r:response>
    <r:response standard="decision.threshold" answer="yes"><r:evidence ref="E1">One &lt;b&gt;
 line &#13; two</r:evidence><r:evidence><![CDATA[<raw> & kept]]></r:evidence></r:response>
    <r:response standard="decision.history" answer="yes"/>
    <r:response standard="decision.consent" answer="no"><!-- A17: asked twice --></r:response>
  </r:responses>
  <r:judgement grade="right" by="A17" date="2023-11-14"/>
  <r:moderation grade="unclear" by="M02" date="2023-11-21"><r:rationale>Late.</r:rationale>
    <r:change standard="decision.history" answer="no"><r:rationale>Not read.</r:rationale></r:change>
  </r:moderation>
</r:return>
`;

test('after an edit everything else is as it was, also what the form does not show', async () => {
  const template = sample('templates/threshold-dip-sample.xml');
  const file = path.join(scratch, 'unusual.xml');
  fs.writeFileSync(file, unusual);
  const page = await fresh(template);
  await openReturn(page, file);
  assert.equal(fs.readFileSync(await save(page), 'utf8'), unusual);
  await page.locator('[id="std-decision.history-given"] input[value="answer:no"]').check();
  await put(page, 'std-decision.threshold-date', '2023-11-13');
  const saved = await save(page);
  validReturn(saved);
  const wanted = unusual.replace('standard="decision.history" answer="yes"', 'standard="decision.history" answer="no"')
    .replace('standard="decision.threshold" answer="yes"', 'standard="decision.threshold" answer="yes" date="2023-11-13"')
    .replace('id="DIP-2"\n    template', 'id="DIP-2" template')
    .replace('<!-- A17: started before lunch -->\n', '<!-- A17: started before lunch -->\n');
  assert.equal(fs.readFileSync(saved, 'utf8'), wanted);
  assert.equal(score(template, saved).status, 'scored');
});

test('what cannot be opened is refused in words, and changes nothing', async () => {
  const page = await fresh(sample('templates/threshold-dip-sample.xml'));
  await put(page, 'case-ref', 'C1');
  for (const [text, words] of [['<return', 'not well-formed'], ['<a/>', 'not a return'],
    ['<!DOCTYPE return [<!ENTITY e "x">]><return xmlns="urn:caseaudit:return:1"/>', 'DOCTYPE'],
    ['<return xmlns="urn:caseaudit:return:1" template="other" template-version="1"/>', "template 'other'"]]) {
    const file = path.join(scratch, 'refused.xml');
    fs.writeFileSync(file, text);
    await openReturn(page, file);
    await page.locator('#message p', { hasText: words }).waitFor({ timeout: 3000 });
    assert.equal(await page.locator('#case-ref').inputValue(), 'C1');
  }
});

/* ---- live rules, counts, errors ---- */

test('questions come and go with what they depend on, and the count follows', async () => {
  const page = await fresh(sample('templates/permanency-file.xml'));
  const matching = page.locator('[id="std-matching.needs-box"]');
  const count = async () => Number((await page.locator('#count').textContent()).split(' ')[0]);
  assert.equal(await matching.isVisible(), false);
  const before = await count();
  await put(page, 'attribute-route', 'adoption');
  assert.equal(await matching.isVisible(), true);
  assert.equal(await count(), before - 1 + 1); /* the route is given, one question more */
  await page.locator('[id="std-matching.needs-given"] input[value="answer:yes"]').check();
  await put(page, 'std-matching.needs-evidence', 'E');
  await put(page, 'attribute-route', 'residential');
  assert.equal(await matching.isVisible(), false);
  const draft = fs.readFileSync(await save(page, 'save-draft'), 'utf8');
  assert.doesNotMatch(draft, /matching\.needs/);
  await put(page, 'attribute-route', 'adoption');
  assert.equal(await page.locator('[id="std-matching.needs-given"] input:checked').getAttribute('value'),
    'answer:yes');
});

test('saving too early names every gap, and each leads to its field', async () => {
  const page = await fresh(sample('templates/foster-home-review.xml'));
  await page.locator('#save').press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'summary');
  const links = await page.locator('#summary a').all();
  assert.ok(links.length > 10);
  for (const link of links.slice(0, 12)) {
    const field = (await link.getAttribute('href')).slice(1);
    await link.press('Enter');
    const focus = await page.evaluate(() => document.activeElement.id);
    assert.ok(focus === field || focus.startsWith(`${field}-`), `${field} led to ${focus}`);
    const said = await page.evaluate(() => (document.activeElement.closest('[role=radiogroup]') ??
      document.activeElement).getAttribute('aria-describedby').split(' ')
      .map((id) => document.getElementById(id).textContent).join(' '));
    assert.ok(said.includes(await link.textContent()), `${field}: ${said}`);
  }
});

test('what is wrong is said by the field as soon as it is left', async () => {
  const page = await fresh(sample('templates/threshold-dip-sample.xml'));
  await put(page, 'audit-date', '2023-11-14');
  await put(page, 'std-decision.days-start', '2023-11-13');
  await put(page, 'std-decision.days-end', '2023-11-10');
  await page.locator('#case-ref').focus();
  assert.match(await page.locator('[id="std-decision.days-end-error"]').textContent(), /before its start/);
  await put(page, 'std-decision.days-end', '2023-11-14');
  assert.equal(await page.locator('[id="std-decision.days-end-error"]').isVisible(), false);
});

test('evidence and actions are asked for where the answer calls for them', async () => {
  const page = await fresh(sample('templates/permanency-file.xml'));
  await page.locator('[id="std-plan.clear-given"] input[value="answer:inadequate"]').check();
  await page.locator('#save').press('Enter');
  const all = (await page.locator('#summary').textContent());
  assert.match(all, /'Clear plan' needs evidence/);
  assert.match(all, /Add an action for 'Clear plan'/);
});

/* ---- the draft ---- */

test('a draft outlives the page, and can be erased', async () => {
  const file = makeForm(sample('templates/threshold-dip-sample.xml'));
  const page = await openPage(browser, file);
  await put(page, 'case-ref', 'C99');
  await page.locator('[id="std-decision.history-given"] input[value="answer:no"]').check();
  await page.reload();
  assert.equal(await page.locator('#case-ref').inputValue(), 'C99');
  assert.ok(await page.locator('[id="std-decision.history-given"] input[value="answer:no"]').isChecked());
  page.on('dialog', (dialog) => dialog.accept());
  await page.locator('#erase').press('Enter');
  assert.equal(await page.locator('#case-ref').inputValue(), '');
  await page.reload();
  assert.equal(await page.locator('#case-ref').inputValue(), '');
  assert.equal(await page.evaluate(() => localStorage.length), 0);
});

/* ---- hostile text ---- */

test('text of a template stays text, whatever it holds', async () => {
  const hostile = ['</script><script>document.title="taken"</script>', '<!--<script>', ']]>',
    '<img src=x onerror="document.title=1">', '\'";\\u0022', '\u2028\u2029\u202e', '{{script}}',
    '=cmd|x', '&amp;lt;'].join(' ');
  const xml = hostile.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
  const file = path.join(scratch, 'hostile.xml');
  fs.writeFileSync(file, fs.readFileSync(sample('templates/threshold-dip-sample.xml'), 'utf8')
    .replace(/<title>[^<]*/, `<title>${xml}`)
    .replace(/<question>[^<]*/, `<question>${xml}`)
    .replace('label="Threshold"', `label="${xml}"`)
    .replace('label="School"', `label="${xml}"`)
    .replace(/<looks-like answer="yes">[^<]*/, `<looks-like answer="yes">${xml}`)
    .replace(/<reference href="[^"]*">[^<]*/, `<reference href="https://example.org/'%22&lt;">${xml}`));
  const page = await fresh(file);
  assert.deepEqual(page.faults, []);
  assert.equal(await page.locator('h1').textContent(), hostile);
  assert.equal(await page.title(), `${hostile.replace(/[\s\u2028\u2029]+/g, (s) => s)}: audit form`);
  const box = await page.locator('[id="std-decision.threshold-box"]').textContent();
  assert.ok(box.includes(hostile));
  assert.equal(await page.locator('#form img, #form script').count(), 0);
  await put(page, 'case-ref', 'C1');
  const draft = fs.readFileSync(await save(page, 'save-draft'), 'utf8');
  assert.match(draft, /<case ref="C1"\/>/);
});

test('text of a return stays text, and comes back as it was typed', async () => {
  const page = await fresh(sample('templates/threshold-dip-sample.xml'));
  const hostile = '<script>alert(1)</script> ]]> &amp; "\' \u2028\u202e \u0001 \ud83d\ude00 end';
  await put(page, 'std-decision.threshold-evidence', hostile);
  const saved = await save(page, 'save-draft');
  await openReturnAccepting(page, saved);
  assert.equal(await page.locator('[id="std-decision.threshold-evidence"]').inputValue(),
    hostile.replace('\u0001', ''));
  assert.deepEqual(page.faults, []);
});

async function openReturnAccepting(page, file) {
  page.on('dialog', (dialog) => dialog.accept());
  await openReturn(page, file);
}

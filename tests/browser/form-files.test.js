'use strict';

/* What the form opens, keeps and saves: without loss, and text as text. */

const { test, before, after, afterEach } = require('node:test');
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { deep, launch, openPage, score, scoreAll, validReturn, sample, scratch } = require('./browser.js');
const { forms, everyKind, everyKindReturn, makeForm, fresh, save, openReturn, put } =
  require('./form.js');

let browser;
before(async () => { browser = await launch(); });
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
after(() => browser.close());

/* ---- without loss ---- */

test('a return that is opened and not edited is saved byte for byte', async () => {
  for (const [template, returns] of forms()) {
    const page = await fresh(browser, template);
    for (const file of returns.slice(0, 2)) {
      await openReturn(page, file);
      if (await page.locator('#part').count() > 0) await page.locator('#part').selectOption('panel');
      assert.equal(fs.readFileSync(await save(page), 'utf8'), fs.readFileSync(file, 'utf8'), file);
    }
    await page.context().close();
  }
});

/* As after an edit that was taken back: written anew from what the form holds. */
function rewritten(page, text) {
  return page.evaluate((given) => {
    const form = globalThis.auditForm ??= new Form(JSON.parse(byId('template').textContent));
    if (form.t.agencies.length > 0) form.part = 'panel';
    const before = parseReturn(given);
    for (const evidence of before.querySelectorAll('evidence'))
      if (evidence.textContent === '') removeElement(evidence); /* says nothing, and may go */
    form.doc = parseReturn(given);
    form.responses = new Responses(form.doc);
    form.survey = new Survey(form);
    const { text: written } = finishedText(form);
    return { written, problems: form.survey.problems.map((p) => p.message),
      same: before.isEqualNode(parseReturn(written)) };
  }, text);
}

test('every sample return is written anew without loss, and scores the same', async () => {
  for (const [template, returns] of forms()) {
    const page = await fresh(browser, template);
    const folder = fs.mkdtempSync(path.join(scratch, 'anew-'));
    for (const file of returns) {
      const { written, problems, same } = await rewritten(page, fs.readFileSync(file, 'utf8'));
      assert.deepEqual(problems, [], file);
      assert.ok(same, `${file} is another document`);
      fs.writeFileSync(path.join(folder, path.basename(file)), written);
    }
    const anew = scoreAll(template, [folder]);
    assert.equal(anew.size, returns.length);
    assert.deepEqual(anew, scoreAll(template, returns));
    validReturn(path.join(folder, path.basename(returns[0])));
    await page.context().close();
  }
});

/* Every element and every attribute in turn taken away or turned into nonsense: all in the
 * deep tier, else one of six. */
function mutants(page, text) {
  return page.evaluate((given) => {
    const list = [];
    const add = (mutate) => {
      const doc = parseReturn(given);
      mutate([...doc.getElementsByTagNameNS(RETURN_NS, '*')]);
      list.push(writeDocument(doc));
    };
    const all = [...parseReturn(given).getElementsByTagNameNS(RETURN_NS, '*')];
    all.forEach((element, i) => {
      /* Events have rules of their framework's own, which a form does not know. */
      if (i === 0 || ['event', 'events'].includes(element.localName)) return;
      if (!['case', 'audit', 'responses'].includes(element.localName))
        add((elements) => removeElement(elements[i]));
      if (element.children.length === 0 && textOf(element) !== '')
        for (const value of ['', 'zz', '2001-02-03', '-7'])
          add((elements) => { elements[i].textContent = value; });
      for (const { name } of element.localName === 'responses' ? [] : element.attributes)
        if (!['section', 'standard', 'id', 'status', 'override'].includes(name))
          for (const value of ['zz', '2001-02-03'])
            add((elements) => elements[i].setAttribute(name, value));
    });
    return list;
  }, text).then((list) => list.filter((_, i) => i % (deep ? 1 : 6) === 0));
}

test('what the form finds good is scored, and what is scored it finds good', async () => {
  for (const [template, returns] of forms()) {
    const page = await fresh(browser, template);
    const folder = fs.mkdtempSync(path.join(scratch, 'mutants-'));
    const verdicts = new Map();
    const original = fs.readFileSync(returns[0], 'utf8');
    const id = / id="([^"]*)"/.exec(original)[0];
    const list = await mutants(page, original);
    for (const [i, text] of list.entries()) {
      const { written, problems } = await rewritten(page, text);
      const name = `${String(i).padStart(4, '0')}.xml`;
      /* Of files that claim one id and differ, none is scored: each has an id of its own. */
      const kept = problems.length === 0 ? written : text;
      fs.writeFileSync(path.join(folder, name), kept.replace(id, `${id.slice(0, -1)}-${i}"`));
      verdicts.set(name, problems);
    }
    assert.ok(list.length > (deep ? 40 : 6));
    const results = scoreAll(template, [folder]);
    for (const [name, problems] of verdicts) {
      const { status, errors } = results.get(name);
      const said = (errors ?? []).map((e) => e.message);
      assert.equal(problems.length > 0, status === 'rejected', `${path.basename(template)}, ` +
        `mutant ${name}: the form says ${JSON.stringify(problems)}, score ${JSON.stringify(said)}`);
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
  const page = await fresh(browser, template);
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
  const page = await fresh(browser, sample('templates/threshold-dip-sample.xml'));
  await put(page, 'case-ref', 'C1');
  for (const [text, words] of [['<return', 'cannot be read as XML'], ['<a/>', 'not a return'],
    ['<!DOCTYPE return [<!ENTITY e "x">]><return xmlns="urn:caseaudit:return:1"/>', 'DOCTYPE'],
    ['<return xmlns="urn:caseaudit:return:1" template="other" template-version="1"/>', "template 'other'"]]) {
    const file = path.join(scratch, 'refused.xml');
    fs.writeFileSync(file, text);
    await openReturn(page, file);
    await page.locator('#message p', { hasText: words }).waitFor();
    assert.equal(await page.locator('#case-ref').inputValue(), 'C1');
  }
});

test('what was saved is said where one stands', async () => {
  const page = await fresh(browser, sample('templates/threshold-dip-sample.xml'));
  await openReturn(page, sample('returns/threshold-dip-sample/DIP-2023-11-01.xml'));
  await save(page, 'save-end');
  const box = await page.locator('#message p').boundingBox();
  assert.match(await page.locator('#message').textContent(), /Saved as DIP-2023-11-01\.xml/);
  assert.ok(box.y >= 0 && box.y < page.viewportSize().height, `at ${box.y}`);
});

/* ---- hostile text ---- */

test('text of a template stays text, whatever it holds', async () => {
  const hostile = ['</script><script>document.title="taken"</script>', '<!--<script>', ']]>',
    '<img src=x onerror="document.title=1">', '\'";\\u0022', '\u2028\u2029\u202e', '{{script}}',
    '=cmd|x', '&amp;lt;'].join(' ');
  const shown = hostile.replace(/[\u2028\u2029\u202e]/g, '\ufffd'); // what steers is not shown
  const xml = hostile.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
  const file = path.join(scratch, 'hostile.xml');
  fs.writeFileSync(file, fs.readFileSync(sample('templates/threshold-dip-sample.xml'), 'utf8')
    .replace(/<title>[^<]*/, `<title>${xml}`)
    .replace(/<question>[^<]*/, `<question>${xml}`)
    .replace('label="Threshold"', `label="${xml}"`)
    .replace('label="School"', `label="${xml}"`)
    .replace(/<looks-like answer="yes">[^<]*/, `<looks-like answer="yes">${xml}`)
    .replace(/<reference href="[^"]*">[^<]*/, `<reference href="https://example.org/'%22&lt;">${xml}`));
  const page = await fresh(browser, file);
  assert.deepEqual(page.faults, []);
  assert.equal(await page.locator('h1').textContent(), shown);
  assert.equal(await page.title(), `${shown}: audit form`);
  const box = await page.locator('[id="std-decision.threshold-box"]').textContent();
  assert.ok(box.includes(shown));
  assert.equal(await page.locator('#form img, #form script').count(), 0);
  await put(page, 'case-ref', 'C1');
  const draft = fs.readFileSync(await save(page, 'save-draft'), 'utf8');
  assert.match(draft, /<case ref="C1"\/>/);
});

test('text of a return stays text, and comes back as it was typed', async () => {
  const page = await fresh(browser, sample('templates/threshold-dip-sample.xml'));
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

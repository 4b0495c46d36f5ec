'use strict';

/* The form in a test's hands: made, opened, filled in field by field, saved. */

const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { openPage, caseaudit, sample, scratch } = require('./browser.js');

/* A template with every kind of standard, and a return that answers it. */
const everyKind = path.join(__dirname, 'every-kind.xml');
const everyKindReturn = path.join(__dirname, 'every-kind-return.xml');

/* Every template with a form, and the files of its returns: [template, [return, …]]. */
function forms() {
  const returns = new Map();
  for (const folder of fs.readdirSync(sample('returns')))
    for (const name of fs.readdirSync(sample('returns', folder)).sort()) {
      const file = sample('returns', folder, name);
      const id = /template="([^"]*)"/.exec(fs.readFileSync(file, 'utf8'))[1];
      returns.set(id, [...returns.get(id) ?? [], file]);
    }
  const templates = fs.readdirSync(sample('templates')).filter((name) => name.endsWith('.xml'));
  return [...templates.map((name) => [sample('templates', name),
    returns.get(path.basename(name, '.xml'))]), [everyKind, [everyKindReturn]]];
}

function makeForm(template, name = `${path.basename(template, '.xml')}.html`) {
  const file = path.join(scratch, name);
  const run = caseaudit('template', 'form', template, '-o', file);
  assert.equal(run.status, 0, run.stderr);
  return file;
}

async function fresh(browser, template, options) {
  return openPage(browser, makeForm(template), options);
}

/* Saves by keyboard and gives the file. */
async function save(page, button = 'save') {
  const saved = page.waitForEvent('download').catch(() => null);
  await page.locator(`#${button}`).press('Enter');
  if (button !== 'save-draft')
    assert.deepEqual(await page.locator('#summary:visible li').allTextContents(), [], 'not saved');
  const download = await saved;
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

module.exports = { everyKind, everyKindReturn, forms, makeForm, fresh, save, openReturn, readReturn, child, named, put, addRow, fillHead, fillResponses, fillVerdict, fillModeration, fillTail };

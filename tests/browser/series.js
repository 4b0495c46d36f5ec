'use strict';

/*
 * Templates and returns made for the pages' tests, the same each time: "wide" has forty
 * standards and audits of eight quarters; "checks-before" and "checks-after" are a series.
 */

const fs = require('node:fs');
const path = require('node:path');

const grades = [['outstanding', 'Outstanding', 'O', 3, '2.5', ' positive="yes"'],
  ['good', 'Good', 'G', 2, '1.5', ' positive="yes"'],
  ['requires-improvement', 'Requires improvement to be good', 'RI', 1, '0.5', ''],
  ['inadequate', 'Inadequate', 'In', 0, '0', '']];

const scale = `<scale>${grades.map(([id, label, abbrev, score, from, positive]) =>
  `<grade id="${id}" label="${label}" abbrev="${abbrev}" score="${score}" from="${from}"${positive}/>`)
  .join('')}</scale>`;

const themes = ['Voice', 'Plan', 'Visits', 'Recording', 'Supervision', 'Family'];

function standard(section, number) {
  return `<standard id="s${section}.q${number}" label="Question ${section}.${number} of the file"
    answers="grades"><question>Is question ${number} of part ${section} answered?</question></standard>`;
}

function section(index, standards) {
  return `<section id="part${index}" title="Part ${index}: what was done and why">
    ${Array.from({ length: standards }, (_, i) => standard(index, i + 1)).join('')}</section>`;
}

function template(id, title, from, sections, standards) {
  const numbers = Array.from({ length: sections }, (_, i) => i + 1);
  return `<template xmlns="urn:caseaudit:template:1" id="${id}" version="1"
    framework="graded-standards" effective-from="${from}" out-of="3">
    <title>${title}</title>${scale}
    <attributes><attribute id="team" label="Team" type="text"/></attributes>
    <themes>${themes.map((t) => `<theme id="${t.toLowerCase()}" label="${t}"/>`).join('')}</themes>
    ${numbers.map((n) => section(n, standards)).join('')}
    <limits><limit id="first" to="good"><reason>The first question fell short.</reason>
      <when standard="s1.q1" answer="inadequate"/></limit></limits>
    <alerts><alert id="worst" severity="urgent"><message>The first question is inadequate.</message>
      <when standard="s1.q1" answer="inadequate"/></alert></alerts>
    <measures>${numbers.map((n) => `<measure id="m${n}" label="Part ${n}: first question good or better"
      standard="s${n}.q1" kind="proportion" counts="outstanding good"/>`).join('')}</measures></template>`;
}

/* One of many numbers below `below`, the same for the same names. */
function drawn(below, ...names) {
  let x = 7;
  for (const name of names) x = Math.imul(x ^ name, 2654435761) ^ (x >>> 13);
  return (x >>> 8) % below;
}

/* Audits are of a kind, their answers near it; the second year is the better one. */
function answer(month, number, question) {
  const kind = drawn(month < 12 ? 4 : 3, month + 1, number + 1);
  return grades[Math.min(3, kind + (drawn(4, month + 1, number + 1, question + 1) === 0 ? 1 : 0))][0];
}

function audit(id, sections, standards, month, number) {
  const year = 2022 + Math.floor((month + 3) / 12);
  const date = `${year}-${String((month + 3) % 12 + 1).padStart(2, '0')}-${String(3 + number).padStart(2, '0')}`;
  let question = 0;
  const responses = Array.from({ length: sections }, (_, s) =>
    Array.from({ length: standards }, (_q, q) => `<response standard="s${s + 1}.q${q + 1}"
      answer="${answer(month, number, question++)}"/>`).join('')).join('');
  return [`${id}-${date}`, `<return xmlns="urn:caseaudit:return:1" id="${id}-${date}"
    template="${id}" template-version="1"><case ref="FICTION-${month}-${number}"/>
    <audit date="${date}" auditor="A1" selection="random"/>
    <attributes><attribute id="team">${number % 2 === 0 ? 'north' : 'south'}</attribute></attributes>
    <responses>${responses}</responses>
    ${number === 0 ? `<moderation grade="good" by="M1" date="${date}"/>` : ''}
    <findings><strength theme="${themes[month % 6].toLowerCase()}">Sound.</strength>
      <improvement theme="${themes[(month + 2) % 6].toLowerCase()}">To do.</improvement></findings>
    <actions><action id="1" owner="TM1" due="${date}">Do it.</action></actions></return>`];
}

function makeSeries(folder) {
  const templates = [];
  fs.mkdirSync(path.join(folder, 'returns'), { recursive: true });
  for (const [id, title, sections, standards, audits, from, to] of [
    ['wide', 'Forty questions', 8, 5, 2, 0, 24], ['checks-before', 'Checks', 2, 3, 8, 0, 12],
    ['checks-after', 'Checks, new', 2, 3, 8, 12, 24]]) {
    templates.push(path.join(folder, `${id}.xml`));
    fs.writeFileSync(templates.at(-1), template(id, title, '2022-04-01', sections, standards));
    for (let month = from; month < to; month++)
      for (let number = 0; number < audits; number++) {
        const [name, text] = audit(id, sections, standards, month, number);
        fs.writeFileSync(path.join(folder, 'returns', `${name}.xml`), text);
      }
  }
  return { templates, returns: path.join(folder, 'returns') };
}

module.exports = { makeSeries };

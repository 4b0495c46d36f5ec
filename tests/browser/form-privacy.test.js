'use strict';

/* What the form finds of personal data is what the engine finds: the same texts through both. */

const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const vm = require('node:vm');
const { test } = require('node:test');
const { caseaudit, sample, scratch } = require('./browser.js');

const script = fs.readFileSync(path.join(process.env.SOURCE, 'core/report/form/form-privacy.js'), 'utf8');
const page = vm.createContext({ TextEncoder });
vm.runInContext(`${script}\nglobalThis.find = personalIn;`, page);

/* Numbers that are made up, or that their owners publish as examples. */
const whole = ['9434765919', '943 476 5919', '943-476-5919', '943\u00a0476\u00a05919', '9434765918',
  'A123456789012', 'h801200001001', 'U80120000100A', 'B123456789012', 'AB123456C', 'AB 12 34 56 C',
  'ab123456c', 'QQ123456C', 'DA123456C', 'jo@example.org', 'JO_S@EXAMPLE.UK', 'zo\u00eb@example.org',
  'jo@example', '01632960001', '(020) 7946 0958', '0161.496.0000', '+44 (0)7700 900123',
  '+44 7700 900123', '07700 9001', 'M1 1AE', 'DN55 1PT', 'W1A 0AX', 'EC1A1BB', 'ec1a 1bb', 'b2 1st',
  'DOB 2010-03-12', 'born 12 Mar 10', 'date of birth: 1/1/10', 'dob12/03/2010', 'born 1st of May 2010'];
const parts = ['born ', 'DOB', 'd.o.b. ', 'date  of birth ', '12', '3', '2010', 'March', 'sept', 'of ',
  '/', '-', '.', ' ', '\u00a0', '\u2009', '\u2013', '\u2011', '(', ')', '+44', '0', '07', '1632', '960001',
  'AB', 'ab', 'C', 'x', 'M', 'SW', '1AE', '2nd', '@', 'example', '.org', '_', '\u00e9', '\u20ac', '\u4e2d',
  'th', '943', '476', '5919', '1234567890', ',', '\n'];

/* The next of a series of numbers that is the same every time. */
function drawer(seed) {
  let state = BigInt(seed);
  return (below) => {
    state = (state * 6364136223846793005n + 1442695040888963407n) % 2n ** 64n;
    return Number((state >> 33n) % BigInt(below));
  };
}

function texts(count) {
  const draw = drawer(20240131);
  const pick = (list) => list[draw(list.length)];
  const made = [...whole];
  while (made.length < count) {
    if (draw(3) > 0) {
      made.push(Array.from({ length: 2 + draw(7) }, () => pick(parts)).join(''));
      continue;
    }
    /* A whole one, with something put into it or beside it, or a character taken out. */
    const text = pick(whole);
    const at = draw(text.length + 1);
    made.push(text.slice(0, at) + (draw(2) ? pick(parts) : '') + text.slice(at + draw(2)));
  }
  return made.map((text) => text.trim()).filter((text) => text !== '');
}

const escaped = (text) => text.replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c])
  .replace(/\n/g, '&#10;');

/* Each text may be warned of as seven kinds, and of one kind a document is told fifty faults. */
const A_RETURN = 7;

/* What the engine warns of, by text: each stands on a line of its own. */
function engine(all) {
  const original = fs.readFileSync(sample('returns/threshold-dip-sample/DIP-2023-11-01.xml'), 'utf8');
  const [, head, tail] = /^([^]*?<response [^>]*?)\/?>([^]*)$/.exec(original);
  const rest = original[head.length] === '/' ? `</response>${tail}` : tail;
  const first = head.split('\n').length + 1;
  const files = [];
  for (let at = 0; at < all.length; at += A_RETURN) {
    const inside = all.slice(at, at + A_RETURN).map((text) => `<evidence>${escaped(text)}</evidence>`);
    const file = path.join(scratch, `texts-${at}.xml`);
    const named = head.replace(/ id="[^"]*"/, ` id="TEXTS-${at}"`);
    fs.writeFileSync(file, `${named}>\n${inside.join('\n')}\n${rest}`);
    files.push(file);
  }
  const out = path.join(scratch, 'texts.ndjson');
  const run = caseaudit('score', '--quiet', '--format', 'ndjson', '-o', out, '-t',
    sample('templates/threshold-dip-sample.xml'), ...files);
  const results = fs.readFileSync(out, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
  assert.equal(results.length, files.length, run.stderr);
  const found = all.map(() => []);
  results.forEach((result, i) => {
    assert.equal(result.status, 'scored', JSON.stringify(result.errors));
    for (const { line, message } of result.warnings) {
      const kind = /^this text holds what looks like (.*); /.exec(message)?.[1];
      const at = line - first;
      if (kind && at >= 0 && at < A_RETURN) found[i * A_RETURN + at].push(kind);
    }
  });
  return found;
}

test('the form finds in a text what the engine finds, and nothing else', () => {
  const all = texts(process.env.CA_DEEP === 'yes' ? 12000 : 4000);
  const found = { some: 0, kinds: new Set() };
  engine(all).forEach((kinds, i) => {
    assert.deepEqual([...page.find(all[i])].sort(), kinds.sort(), JSON.stringify(all[i]));
    found.some += kinds.length > 0;
    kinds.forEach((kind) => found.kinds.add(kind));
  });
  assert.equal(found.kinds.size, 7);
  assert.ok(found.some > 200 && found.some < all.length - 200, `${found.some} of ${all.length}`);
});

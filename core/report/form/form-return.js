
/*
 * The return is kept as the XML document it is: fields read from it and write to it.
 * What the form does not show stays where it stands.
 */

const RETURN_NS = 'urn:caseaudit:return:1';

/* The order that the return's schema asks for. */
const ORDER = {
  return: ['case', 'audit', 'attributes', 'events', 'responses', 'judgement', 'moderation',
    'findings', 'actions'],
  responses: ['not-applicable', 'response'],
  response: ['reason', 'start', 'occurred', 'end', 'value', 'text', 'evidence'],
  moderation: ['rationale', 'change'],
  findings: ['strength', 'improvement'],
};

/* Elements that may stay although they are empty: they say something by being there. */
const KEPT_EMPTY = ['return', 'case', 'audit', 'responses', 'attributes', 'events', 'findings',
  'actions'];

/* What names an element or was put there by the form, and does not yet fill it. */
const NAMING = {
  response: ['standard'], 'not-applicable': ['section'], attribute: ['id'],
  action: ['id', 'agency'], strength: ['agency'], improvement: ['agency'],
};

class Refusal extends Error {}

/* UTF-8 unless the bytes say otherwise. */
function decodeBytes(buffer) {
  const bytes = new Uint8Array(buffer);
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  let encoding = /^<\?xml[^>]*\sencoding=["']([A-Za-z0-9._-]+)["']/.exec(head)?.[1] ?? 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) encoding = 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) encoding = 'utf-16be';
  if (bytes[0] === 0xef && bytes[1] === 0xbb) encoding = 'utf-8';
  return new TextDecoder(encoding, { fatal: true }).decode(buffer);
}

/* Characters that XML cannot hold at all are left out; the line and page breaks of word
 * processors become line ends, so that words on both sides stay apart. */
function cleanText(text) {
  return text.replace(/\r\n?|[\u000b\u000c]/g, '\n')
    .replace(/[\u0000-\u0008\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu, '');
}

/* What nobody can see, as the engine has it (core/base/blank.c): text of nothing else is none. */
const UNSEEN = new RegExp('^[\\u0000-\\u0020\\u007f-\\u00a0\\u00ad\\u034f\\u061c\\u115f\\u1160' +
  '\\u1680\\u17b4\\u17b5\\u180b-\\u180f\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u206f\\u2800\\u3000' +
  '\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff0-\\ufffb\\u{e0000}-\\u{e0fff}]*$', 'u');

/* ---- writing ---- */

function escapeXml(text, quotes) {
  const names = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' };
  if (quotes) Object.assign(names, { '"': '&quot;', '\n': '&#10;', '\t': '&#9;' });
  return text.replace(/[&<>\r"\n\t]/g, (c) => names[c] ?? c);
}

function writeNode(node) {
  switch (node.nodeType) {
    case Node.TEXT_NODE: return escapeXml(node.data, false);
    case Node.CDATA_SECTION_NODE: return '<![CDATA[' + node.data + ']]>';
    case Node.COMMENT_NODE: return '<' + '!--' + node.data + '-->';
    case Node.PROCESSING_INSTRUCTION_NODE: return `<?${node.target} ${node.data}?>`;
    default: {
      const attributes = [...node.attributes]
        .map((a) => ` ${a.name}="${escapeXml(a.value, true)}"`).join('');
      const inside = [...node.childNodes].map(writeNode).join('');
      return inside === '' ? `<${node.nodeName}${attributes}/>`
        : `<${node.nodeName}${attributes}>${inside}</${node.nodeName}>`;
    }
  }
}

function writeDocument(doc) {
  const nodes = [...doc.childNodes].map(writeNode).join('\n');
  return `<?xml version="1.0" encoding="UTF-8"?>\n${nodes}\n`;
}

/* ---- reading ---- */

function parseReturn(text) {
  const doc = new DOMParser().parseFromString(text, 'application/xml');
  if (doc.getElementsByTagName('parsererror').length > 0)
    throw new Refusal('This file cannot be read as XML: something in it is cut off or mistyped.');
  if (doc.doctype) throw new Refusal('This file has a DOCTYPE, which a return may not have.');
  if (doc.documentElement.namespaceURI !== RETURN_NS ||
      doc.documentElement.localName !== 'return')
    throw new Refusal('This file is XML, but not a return of a case file audit.');
  return doc;
}

function blankReturn(t) {
  const doc = parseReturn(`<?xml version="1.0"?>
<return xmlns="${RETURN_NS}">
  <case/>
  <audit/>
</return>`);
  doc.documentElement.setAttribute('template', t.id);
  doc.documentElement.setAttribute('template-version', t.version);
  return doc;
}

/* ---- elements ---- */

function childrenOf(parent, name) {
  return parent ? [...parent.children].filter(
    (e) => e.localName === name && e.namespaceURI === RETURN_NS) : [];
}

function childOf(parent, name, match = {}) {
  return childrenOf(parent, name).find(
    (e) => Object.entries(match).every(([k, v]) => e.getAttribute(k)?.trim() === v)) ?? null;
}

function textOf(element) {
  const text = element ? element.textContent.trim() : '';
  return UNSEEN.test(text) ? '' : text;
}

/* Whose turn it is: the first child that belongs behind a new one of this name. */
function placeFor(parent, name) {
  const order = ORDER[parent.localName] ?? [];
  const later = order.slice(order.indexOf(name) + 1);
  return [...parent.children].find((e) => later.includes(e.localName)) ?? null;
}

function depthOf(element) {
  return element.parentElement ? depthOf(element.parentElement) + 1 : 0;
}

/* Adds a child in its place, on a line of its own. */
function addChild(parent, name, match = {}) {
  const doc = parent.ownerDocument;
  const prefix = doc.documentElement.prefix;
  const element = doc.createElementNS(RETURN_NS, prefix ? `${prefix}:${name}` : name);
  for (const [key, value] of Object.entries(match)) element.setAttribute(key, value);
  const before = placeFor(parent, name);
  const indent = '\n' + '  '.repeat(depthOf(parent) + 1);
  if (before) {
    before.before(element, doc.createTextNode(indent));
    return element;
  }
  const last = parent.lastChild;
  const closing = last?.nodeType === Node.TEXT_NODE && last.data.trim() === '' ? last : null;
  closing?.remove();
  parent.append(doc.createTextNode(indent), element,
    doc.createTextNode('\n' + '  '.repeat(depthOf(parent))));
  return element;
}

function removeElement(element) {
  const before = element.previousSibling;
  if (before?.nodeType === Node.TEXT_NODE && before.data.trim() === '') before.remove();
  element.remove();
}

/* Nothing is said by it, nor by what stands in it: a row that was added and left alone. */
function isBlank(element) {
  const naming = NAMING[element.localName] ?? [];
  return textOf(element) === '' && [...element.children].every(isBlank) &&
    [...element.attributes].every((a) => naming.includes(a.name) || a.name.startsWith('xmlns'));
}

function isEmpty(element) {
  return element.children.length === 0 && isBlank(element);
}

/* Takes away what an edit left without content, and its parents with it. */
function prune(element) {
  const parent = element.parentElement;
  if (!parent || KEPT_EMPTY.includes(element.localName) || !isEmpty(element)) return;
  removeElement(element);
  prune(parent);
}

/* ---- one place in the return, for one field ---- */

/*
 * at: a function of `create` that finds the element, makes it if asked to, or gives null.
 * A value is written only if it differs, so that opening and saving changes nothing.
 */
function attributePlace(at, name) {
  return {
    get: () => at(false)?.getAttribute(name)?.trim() ?? '',
    set(value) {
      const text = cleanText(value).replaceAll('\n', ' ').trim();
      if (text === this.get()) return;
      if (text !== '') {
        at(true).setAttribute(name, text);
        return;
      }
      const element = at(false);
      element.removeAttribute(name);
      if (!element.dataRow) prune(element);
    },
  };
}

function textPlace(at) {
  return {
    holdsText: true,
    get: () => textOf(at(false)),
    set(value) {
      const text = cleanText(value).trim();
      if (text === this.get()) return;
      const element = at(text !== '');
      element.textContent = text;
      if (!element.dataRow) prune(element);
    },
  };
}

/* parent: such a function too. */
function childAt(parent, name, match) {
  return (create) => {
    const above = parent(create);
    if (!above) return null;
    return childOf(above, name, match) ?? (create ? addChild(above, name, match) : null);
  };
}

/* ---- responses ---- */

/* Opened returns are large: standards are looked up, not searched for. */
class Responses {
  constructor(doc) {
    this.doc = doc;
    this.found = new Map();
  }

  /* The responses of an agency ('' where there are none). */
  group(agency, create) {
    const root = this.doc.documentElement;
    const match = agency ? { agency } : {};
    return childOf(root, 'responses', match) ??
      (create ? addChild(root, 'responses', match) : null);
  }

  response(agency, standard, create) {
    const key = `${agency} ${standard}`;
    let element = this.found.get(key);
    if (!element?.isConnected) {
      element = childOf(this.group(agency, create), 'response', { standard }) ??
        (create ? addChild(this.group(agency, true), 'response', { standard }) : null);
      if (element) this.found.set(key, element);
    }
    return element;
  }
}

/* What a response says, for the rules; null for none. */
function givenOf(element) {
  if (!element || isEmpty(element)) return null;
  const day = (name) => dayOf(textOf(childOf(element, name)));
  return {
    status: element.getAttribute('status') ?? '',
    answer: element.getAttribute('answer') ?? '',
    date: dayOf(element.getAttribute('date')),
    start: day('start'),
    end: day('end'),
    occurred: childrenOf(element, 'occurred').map((e) => dayOf(textOf(e)))
      .filter((d) => d !== null),
    value: valueOf(textOf(childOf(element, 'value'))),
    text: textOf(childOf(element, 'text')),
    reason: textOf(childOf(element, 'reason')),
    evidence: childrenOf(element, 'evidence').filter((e) => textOf(e) !== '').length,
  };
}

/* ---- what is saved ---- */

/* Standards of an opened return, or agencies, that this template does not have. */
function notShown(form) {
  const root = form.doc.documentElement;
  const known = {
    attribute: new Set(form.t.attributes.map((a) => a.id)),
    agency: new Set(form.t.agencies.map((a) => a.id)),
  };
  const list = [];
  for (const e of childrenOf(childOf(root, 'attributes'), 'attribute'))
    if (!known.attribute.has(e.getAttribute('id'))) list.push(`attribute '${e.getAttribute('id')}'`);
  if (form.t.events.length === 0 && childOf(root, 'events')?.children.length > 0)
    list.push('events');
  for (const group of childrenOf(root, 'responses')) {
    const agency = group.getAttribute('agency');
    if (agency !== null && !known.agency.has(agency)) list.push(`agency '${agency}'`);
    for (const e of childrenOf(group, 'response'))
      if (!form.standards.has(e.getAttribute('standard')))
        list.push(`standard '${e.getAttribute('standard')}'`);
  }
  return list;
}

const BLANK_ROWS = ['attribute', 'event', 'start', 'occurred', 'end', 'value', 'text', 'evidence',
  'change', 'strength', 'improvement', 'action', 'response', 'not-applicable', 'judgement', 'moderation'];

/* Takes out of a copy of the document what may not stand in a return: answers to standards that
 * do not apply any more, and rows that were added and left blank. Gives both. */
function finish(form, doc) {
  const dropped = [];
  for (const group of childrenOf(doc.documentElement, 'responses')) {
    const agency = group.getAttribute('agency') ?? '';
    for (const element of childrenOf(group, 'response')) {
      const s = form.standards.get(element.getAttribute('standard'));
      if (!s || isEmpty(element)) continue;
      if (form.survey.applies.get(s.standard) !== false &&
          !form.survey.notApplicableSection(agency, s)) continue;
      dropped.push(nameOf(s));
      removeElement(element);
    }
  }
  const asked = (e) => form.survey.problems.some(
    (p) => p.field === `section-${e.getAttribute('section')}-reason`);
  const blank = [...doc.getElementsByTagNameNS(RETURN_NS, '*')]
    .filter((e) => BLANK_ROWS.includes(e.localName) && isBlank(e) && !asked(e));
  blank.forEach(removeElement);
  return { dropped, blank };
}

function finishedText(form) {
  const doc = form.doc.cloneNode(true);
  const { dropped, blank } = finish(form, doc);
  if (form.t.agencies.length === 0 && !childOf(doc.documentElement, 'responses'))
    addChild(doc.documentElement, 'responses');
  if (form.agency && !childOf(doc.documentElement, 'responses', { agency: form.agency }))
    addChild(doc.documentElement, 'responses', { agency: form.agency });
  /* Evidence without text counts as none, so it may stay in what nobody edited. */
  const good = dropped.length === 0 && blank.every((e) => e.localName === 'evidence');
  const untouched = form.original !== null && !form.edited && good &&
    !/^\ufeff?<\?xml[^>]*encoding=["'](?!utf-8["'])/i.test(form.original);
  return { text: untouched ? form.original : writeDocument(doc), dropped };
}

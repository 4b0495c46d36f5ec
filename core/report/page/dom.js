'use strict';

/* What scripts of pages make them with. */

/* Text that is shown, as reports show it: what steers a terminal that it is copied to, or the direction
 * of writing, is U+FFFD. */
const STEERS = /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
function shown(text) {
  return text.replace(STEERS, '\ufffd');
}

/* An element; attributes that are null or false are left out. All text stays text, and
 * what is there to be changed (a textarea's) stays as it is. */
function h(tag, attributes = {}, ...content) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false)
      element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...content.flat(Infinity).filter((x) => x !== null && x !== undefined)
    .map((x) => (typeof x === 'string' && tag !== 'textarea' ? shown(x) : x)));
  return element;
}

function byId(id) {
  return document.getElementById(id);
}

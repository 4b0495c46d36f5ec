'use strict';

/* What scripts of pages make them with. */

/* An element; attributes that are null or false are left out. All text stays text. */
function h(tag, attributes = {}, ...content) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false)
      element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...content.flat(Infinity).filter((x) => x !== null && x !== undefined));
  return element;
}

function byId(id) {
  return document.getElementById(id);
}

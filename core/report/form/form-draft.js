
/*
 * Drafts: kept in this browser, each under its case, offered for that case alone, and gone after
 * a while. A draft without a case's reference has a number in its place.
 */

const DRAFT_KEY = 'caseaudit-form ';
const DRAFT_DAYS = 28; /* since the last edit */
const SAVED_DAYS = 2; /* since the return was saved, which is a file from then on */
const DRAFT_WORDS = `A draft is kept in this browser, on this computer only, for ${DRAFT_DAYS} ` +
  'days or until you erase it. It is offered again when you enter the same case.';

/* ---- the browser's store, which may be closed to us ---- */

function storedKeys() {
  try {
    return Object.keys(localStorage);
  } catch {
    return [];
  }
}

function storedText(store, key) {
  try {
    return store()?.getItem(key) ?? null;
  } catch {
    return null;
  }
}

/* False if the browser does not let us. text null: removed. */
function storeText(store, key, text) {
  try {
    if (text === null) store().removeItem(key);
    else store().setItem(key, text);
    return true;
  } catch {
    return false;
  }
}

const kept = () => localStorage;
const ofThisTab = () => sessionStorage;

/* ---- drafts ---- */

/* text, part, when, and saved, the name of the file; null for none that can be understood. */
function readDraft(key) {
  try {
    const draft = JSON.parse(storedText(kept, key));
    return typeof draft?.text === 'string' ? draft : null;
  } catch {
    return null;
  }
}

function hasExpired(draft) {
  const days = (Date.now() - Date.parse(draft?.when)) / 86400000;
  return days > (draft?.saved ? SAVED_DAYS : DRAFT_DAYS);
}

class Drafts {
  constructor(t) {
    this.family = `${DRAFT_KEY}${t.id}@`; /* all versions of the template */
    this.base = `${this.family}${t.version}`;
    this.own = null; /* key of the draft that this page writes */
    for (const key of storedKeys().filter((k) => k.startsWith(DRAFT_KEY)))
      if (hasExpired(readDraft(key))) storeText(kept, key, null);
  }

  keyFor(ref) {
    return `${this.base} ${ref.toLowerCase()}`;
  }

  /* Where the case of that reference goes: to its own place, unless another draft is there. */
  placeFor(ref) {
    const free = (key) => key === this.own || storedText(kept, key) === null;
    if (ref !== '' && free(this.keyFor(ref))) return this.keyFor(ref);
    let n = 1;
    while (!free(`${this.base} ?${n}`)) n += 1;
    return `${this.base} ?${n}`;
  }

  /* What is in the form, under its case; what this page kept before goes. False: no drafts. */
  keep(ref, draft) {
    const key = this.placeFor(ref);
    if (!storeText(kept, key, JSON.stringify({ ...draft, when: new Date().toISOString() })))
      return false;
    if (this.own !== null && this.own !== key) storeText(kept, this.own, null);
    this.take(key);
    return true;
  }

  /* From now on this page writes there; loaded again in the same tab, it goes on there. */
  take(key) {
    this.own = key;
    storeText(ofThisTab, this.base, key);
  }

  /* The draft stays; the page has nothing to do with it any more. */
  leave() {
    this.own = null;
    storeText(ofThisTab, this.base, null);
  }

  erase(key) {
    storeText(kept, key, null);
    if (key === this.own) this.leave();
  }

  /* What this tab was at before it was loaded again, or null. */
  ofThisTab() {
    const key = storedText(ofThisTab, this.base);
    return key !== null && storedText(kept, key) !== null ? key : null;
  }

  /* Keys of drafts that this page does not write: of a case, or without one (ref ''). */
  others(ref) {
    const unnamed = (key) => key === this.base || key.startsWith(`${this.base} ?`);
    return storedKeys().filter((key) => key !== this.own &&
      (ref === '' ? unnamed(key) : key === this.keyFor(ref)));
  }

  /* Versions of the template, not this one, that have a draft of the case. */
  otherVersions(ref) {
    const end = ` ${ref.toLowerCase()}`;
    return storedKeys().filter((key) => ref !== '' && key.startsWith(this.family) &&
      key.endsWith(end) && key !== this.keyFor(ref))
      .map((key) => ({ key, version: key.slice(this.family.length, -end.length) }));
  }
}


/*
 * What looks like personal data, by the same rules as the engine's (core/model/privacy*.c),
 * function by function: what is found here is what recording would refuse. Like there, text is
 * looked at as bytes of UTF-8; a place is an index into them.
 */

const PERSONAL = ['an NHS number', 'a unique pupil number', 'a National Insurance number',
  'an email address', 'a telephone number', 'a postcode', 'a date of birth'];

const code = (c) => c.charCodeAt(0);
const isDigit = (c) => c >= 48 && c <= 57;
const isLower = (c) => c >= 97 && c <= 122;
const upper = (c) => (isLower(c) ? c - 32 : c);
const isLetter = (c) => upper(c) >= 65 && upper(c) <= 90;
const among = (letters, c) => letters.includes(String.fromCharCode(c));

class PersonalText {
  constructor(text) {
    this.bytes = new TextEncoder().encode(text);
  }

  at(p) {
    return this.bytes[p] ?? 0;
  }

  is(p, c) {
    return this.at(p) === code(c);
  }

  /* ---- words and numbers that stand by themselves ---- */

  isForeignLetter(p) {
    const [lead, next] = [this.at(p), this.at(p + 1)];
    if (lead === 0xc2) return next === 0xaa || next === 0xb5 || next === 0xba;
    if (lead === 0xc3) return next !== 0x97 && next !== 0xb7;
    if (lead === 0xe2) return next >= 0xb0;
    if (lead === 0xe3) return next !== 0x80;
    return lead !== 0xef;
  }

  isWordAt(p) {
    const c = this.at(p);
    return isDigit(c) || isLetter(c) || (c >= 0x80 && this.isForeignLetter(p));
  }

  /* The character before p; -1 at the beginning. */
  before(p) {
    let q = p - 1;
    while (q > 0 && (this.at(q) & 0xc0) === 0x80) q -= 1;
    return q;
  }

  startsAlone(p) {
    const last = this.before(p);
    if (last < 0) return true;
    return !this.isWordAt(last) && !(this.is(last, '.') && last > 0 && isDigit(this.at(last - 1)));
  }

  endsAlone(p) {
    return !this.isWordAt(p) && !(this.is(p, '.') && isDigit(this.at(p + 1)));
  }

  digitsAt(p) {
    let n = 0;
    while (isDigit(this.at(p + n))) n += 1;
    return n;
  }

  /* One separator within a grouped number: its length and kind; none has length 0. */
  separator(p) {
    const [a, b, c] = [this.at(p), this.at(p + 1), this.at(p + 2)];
    if (a === code(' ') || a === code('-')) return [1, String.fromCharCode(a)];
    if (a === 0xc2 && b === 0xa0) return [2, ' '];
    if (a === 0xe2 && b === 0x80 && (c === 0xaf || c === 0x89)) return [3, ' '];
    if (a === 0xe2 && b === 0x80 && c >= 0x90 && c <= 0x93) return [3, '-'];
    return [0, ''];
  }

  hyphenBefore(p) {
    return p >= 2 && this.is(p - 1, '-') && isDigit(this.at(p - 2));
  }

  hyphenBehind(p) {
    return this.is(p, '-') && isDigit(this.at(p + 1));
  }

  /* Behind a separator and a group of exactly n digits, with the separator's kind; or null. */
  nextGroup(p, n) {
    const [gap, kind] = this.separator(p);
    return gap > 0 && this.digitsAt(p + gap) === n ? [p + gap + n, kind] : null;
  }

  /* ---- numbers with check digits ---- */

  isNhsNumber(p, run) {
    if (!this.startsAlone(p)) return false;
    if (run === 10) return this.endsAlone(p + 10) && this.nhsCheck([p, p + 10]);
    if (run !== 3) return false;
    const second = this.nextGroup(p + 3, 3);
    const third = second && this.nextGroup(second[0], 4);
    if (!third) return false;
    const end = third[0];
    const hyphen = second[1] === '-' || third[1] === '-';
    if (hyphen && (this.hyphenBefore(p) || this.hyphenBehind(end))) return false;
    return this.endsAlone(end) && this.nhsCheck([p, p + 3], [second[0] - 3, second[0]], [end - 4, end]);
  }

  nhsCheck(...pieces) {
    const digits = pieces.flatMap(([from, to]) => [...this.bytes.subarray(from, to)])
      .map((c) => c - 48);
    const sum = digits.slice(0, 9).reduce((total, digit, i) => total + (10 - i) * digit, 0);
    return (11 - (sum % 11)) % 11 === digits[9];
  }

  isUpn(p, run) {
    const alphabet = 'ABCDEFGHJKLMNPQRTUVWXYZ';
    if ((run !== 11 && run !== 12) || p === 0 || !isLetter(this.at(p - 1)) ||
        !this.startsAlone(p - 1) || (run === 11 && !isLetter(this.at(p + 11))) ||
        !this.endsAlone(p + 12)) return false;
    let sum = 0;
    for (let i = 0; i < run; i += 1) sum += (i + 2) * (this.at(p + i) - 48);
    if (run === 11) {
      const last = alphabet.indexOf(String.fromCharCode(upper(this.at(p + 11))));
      if (last < 0) return false;
      sum += 13 * last;
    }
    return upper(this.at(p - 1)) === alphabet.charCodeAt(sum % 23);
  }

  /* ---- National Insurance number ---- */

  static isNiPrefix(a, b) {
    const pair = String.fromCharCode(a, b);
    return !among('DFIUV', a) && !among('DFIOUV', b) &&
      !['BG', 'GB', 'NK', 'KN', 'TN', 'NT', 'ZZ'].includes(pair);
  }

  isNiNumber(p, run) {
    if ((run !== 6 && run !== 2) || p < 2) return false;
    let letters = p;
    if (this.is(p - 1, ' ') || this.is(p - 1, '-')) letters -= 1;
    else if (this.at(p - 1) === 0xa0 && this.at(p - 2) === 0xc2) letters -= 2;
    let apart = letters < p;
    if (letters < 2 || !isLetter(this.at(letters - 1)) || !isLetter(this.at(letters - 2)))
      return false;
    letters -= 2;
    let end = p + run;
    if (run === 2) {
      const second = this.nextGroup(end, 2);
      const third = second && this.nextGroup(second[0], 2);
      if (!third) return false;
      [end] = third;
      apart = true;
    }
    const [gap] = this.separator(end);
    end += gap;
    const [a, b, last] = [this.at(letters), this.at(letters + 1), this.at(end)];
    if (upper(last) < 65 || upper(last) > 68 || !this.endsAlone(end + 1) ||
        !this.startsAlone(letters) || !PersonalText.isNiPrefix(upper(a), upper(b))) return false;
    if (apart || gap > 0) return !isLower(a) && !isLower(b) && !isLower(last);
    return isLower(a) === isLower(b) && isLower(last) === isLower(a);
  }

  /* ---- telephone number ---- */

  nineOrTenDigits(start, least) {
    let p = start;
    let first = least;
    for (let count = 0; ;) {
      const run = this.digitsAt(p);
      if (run < first || run > 10) return false;
      count += run;
      p += run;
      if (count > 10) return false;
      if (count >= 9 && this.endsAlone(p) && !this.hyphenBehind(p)) return true;
      let gap = this.is(p, ')') ? 1 : 0;
      gap += this.separator(p + gap)[0];
      if (gap === 0 && this.is(p, '.')) gap = 1;
      if (gap === 0) return false;
      p += gap;
      first = 2;
    }
  }

  isTelephone(start, run) {
    let p = start;
    if (p > 0 && this.is(p - 1, '+')) {
      if (!this.is(p, '4') || !this.is(p + 1, '4') || !this.startsAlone(p - 1)) return false;
      p += 2;
      if (this.is(p, ')')) p += 1;
      p += this.separator(p)[0];
      if (this.is(p, '(') && this.is(p + 1, '0') && this.is(p + 2, ')')) {
        p += 3;
        p += this.separator(p)[0];
      }
      return this.nineOrTenDigits(p, 2);
    }
    if (run < 3 || !this.is(p, '0') || this.is(p + 1, '0')) return false;
    return this.startsAlone(p) && !this.hyphenBefore(p) && this.nineOrTenDigits(p + 1, 2);
  }

  /* ---- email address, postcode ---- */

  isEmail(at) {
    const isLabel = (c) => isLetter(c) || isDigit(c) || c === code('-') || c >= 0x80;
    const before = this.at(at - 1);
    if (at === 0 || !(isLabel(before) || among("._%+'", before))) return false;
    let p = at;
    let labels = 0;
    let length;
    let letters;
    do {
      p += 1;
      length = 0;
      letters = 0;
      for (; isLabel(this.at(p)); p += 1) {
        length += 1;
        if (isLetter(this.at(p)) || this.at(p) >= 0x80) letters += 1;
      }
      if (length === 0) return false;
      labels += 1;
    } while (this.is(p, '.') && isLabel(this.at(p + 1)));
    return labels >= 2 && length >= 2 && letters === length;
  }

  areaLetters(p) {
    let n = 0;
    while (n < 3 && p - n > 0 && isLetter(this.at(p - 1 - n))) n += 1;
    return n >= 1 && n <= 2 && this.startsAlone(p - n) ? n : 0;
  }

  isInward(p) {
    const half = (c) => isLetter(c) && !among('CIKMOV', upper(c));
    return isDigit(this.at(p)) && half(this.at(p + 1)) && half(this.at(p + 2)) &&
      this.endsAlone(p + 3);
  }

  isOneCase(start, inward) {
    const letters = [...this.bytes.subarray(start, inward + 3)].filter(isLetter);
    const small = letters.some(isLower);
    const capital = letters.some((c) => !isLower(c));
    const ending = String.fromCharCode(this.at(inward + 1), this.at(inward + 2));
    return small !== capital && !(small && ['st', 'nd', 'rd', 'th'].includes(ending));
  }

  isPostcode(p, run) {
    const area = this.areaLetters(p);
    const start = p - area;
    let inward = p + run;
    if (area === 0 || run > 3 || among('QVX', upper(this.at(start))) ||
        (area === 2 && among('IJZ', upper(this.at(start + 1))))) return false;
    if (run === 1 && isLetter(this.at(inward))) {
      if (!among(area === 1 ? 'ABCDEFGHJKPSTUW' : 'ABEHMNPRVWXY', upper(this.at(inward))))
        return false;
      inward += 1;
    }
    const [gap, kind] = this.separator(inward);
    if (gap > 0 && kind === ' ' && run <= 2) inward += gap;
    else if (run >= 2) inward = p + run - 1;
    return this.isInward(inward) && this.isOneCase(start, inward);
  }

  /* ---- date of birth ---- */

  smallNumber(p, most) {
    const n = this.digitsAt(p);
    if (n === 0 || n > 2) return 0;
    const value = Number(String.fromCharCode(...this.bytes.subarray(p, p + n)));
    return value >= 1 && value <= most ? n : 0;
  }

  isYear(p) {
    const n = this.digitsAt(p);
    return (n === 4 || n === 2) && !this.isWordAt(p + n);
  }

  isFigureDate(start, run) {
    const mark = this.at(start + run);
    const yearFirst = run === 4;
    if (!among('-/.', mark) || (!yearFirst && this.smallNumber(start, 31) === 0)) return false;
    let p = start + run + 1;
    let n = this.smallNumber(p, 12);
    if (n === 0 || this.at(p + n) !== mark) return false;
    p += n + 1;
    n = yearFirst ? this.smallNumber(p, 31) : this.digitsAt(p);
    if (yearFirst ? n === 0 || this.isWordAt(p + n) : !this.isYear(p)) return false;
    return !(this.at(p + n) === mark && isDigit(this.at(p + n + 1)));
  }

  /* Length of a word of small letters at p, whatever its case; 0 if it does not stand there. */
  wordAt(p, word) {
    for (let i = 0; i < word.length; i += 1)
      if (upper(this.at(p + i)) !== upper(word.charCodeAt(i))) return 0;
    return word.length;
  }

  monthAt(p) {
    const months = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august',
      'september', 'october', 'november', 'december'];
    const i = months.findIndex((month) => this.wordAt(p, month.slice(0, 3)) > 0);
    if (i < 0) return 0;
    const n = this.wordAt(p, months[i]) || (i === 8 && this.wordAt(p, 'sept') ? 4 : 3);
    return this.isWordAt(p + n) && !isDigit(this.at(p + n)) ? 0 : n;
  }

  isWordedDate(start, run) {
    if (this.smallNumber(start, 31) === 0) return false;
    let p = start + run;
    if (['st', 'nd', 'rd', 'th'].some((ending) => this.wordAt(p, ending))) p += 2;
    p += this.separator(p)[0];
    p += this.wordAt(p, 'of ');
    const n = this.monthAt(p);
    if (n === 0) return false;
    p += n;
    if (this.is(p, '.') || this.is(p, ',')) p += 1;
    p += this.separator(p)[0];
    return this.isYear(p);
  }

  beforeWhite(start) {
    let p = start;
    for (;;) {
      if (p > 0 && among(' \n\t\r', this.at(p - 1))) p -= 1;
      else if (p >= 2 && this.at(p - 1) === 0xa0 && this.at(p - 2) === 0xc2) p -= 2;
      else return p;
    }
  }

  /* Does the word end right before p, as a word of its own? */
  wordEndsAt(end, word) {
    let p = end;
    for (let i = word.length - 1; i >= 0; i -= 1) {
      if (word[i] === ' ') {
        const last = this.beforeWhite(p);
        if (last === p) return false;
        p = last;
      } else if (p === 0 || upper(this.at(p - 1)) !== upper(word.charCodeAt(i))) {
        return false;
      } else {
        p -= 1;
      }
    }
    const last = this.before(p);
    return last < 0 || !this.isWordAt(last);
  }

  /* The word may run into a date ("DOB12/03/2010"), but nothing else may. */
  followsBirth(date) {
    const reach = 20;
    const alone = this.startsAlone(date);
    let p = date;
    for (let gap = 0; gap <= reach && p > 0; gap += 1) {
      if ((gap === 0 || (alone && (!this.isWordAt(p) || isDigit(this.at(p))))) &&
          ['dob', 'd.o.b.', 'd.o.b', 'date of birth', 'born'].some((w) => this.wordEndsAt(p, w)))
        return true;
      do p -= 1; while (p > 0 && (this.at(p) & 0xc0) === 0x80);
    }
    return false;
  }

  isBirthDate(p, run) {
    if (run !== 1 && run !== 2 && run !== 4) return false;
    return (this.isFigureDate(p, run) || (run <= 2 && this.isWordedDate(p, run))) &&
      this.followsBirth(p);
  }

  /* ---- all kinds ---- */

  /* Every kind but the email address begins at, or just before, a run of digits. */
  find() {
    const matchers = [this.isNhsNumber, this.isUpn, this.isNiNumber, null, this.isTelephone,
      this.isPostcode, this.isBirthDate];
    const found = new Set();
    for (let p = 0; p < this.bytes.length;) {
      const run = this.digitsAt(p);
      if (this.is(p, '@') && this.isEmail(p)) found.add(3);
      matchers.forEach((matches, kind) => {
        if (run > 0 && matches !== null && matches.call(this, p, run)) found.add(kind);
      });
      p += Math.max(run, 1);
    }
    return [...found].sort();
  }
}

/* The kinds of personal data that the text seems to hold, in words. */
function personalIn(text) {
  return new PersonalText(text).find().map((kind) => PERSONAL[kind]);
}

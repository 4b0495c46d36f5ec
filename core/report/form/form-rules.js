/*
 * The rules of scoring that an auditor needs to see while filling in: dates, what a
 * single response comes to, and whether a standard applies. As in the engine, dates are
 * days since 1970-01-01, scores hundredths of a mark, values thousandths, and nothing
 * is a fraction.
 */

/* ---- dates ---- */

function dayOf(text) {
  const m = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text ?? '');
  if (!m || m[1] < '1900' || m[1] > '2199') return null;
  const day = Date.UTC(m[1], m[2] - 1, m[3]) / 86400000;
  return isoOf(day) === text ? day : null;
}

function isoOf(day) {
  return new Date(day * 86400000).toISOString().slice(0, 10);
}

function longDate(day) {
  return new Date(day * 86400000).toLocaleDateString('en-GB',
    { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
}

function spokenDate(day) {
  const weekday = new Date(day * 86400000).toLocaleDateString('en-GB',
    { weekday: 'long', timeZone: 'UTC' });
  return `${weekday} ${longDate(day)}`;
}

/* Today where the form is filled in. */
function thisDay() {
  const now = new Date();
  return Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / 86400000;
}

function addMonths(day, n) {
  const d = new Date(day * 86400000);
  const month = d.getUTCMonth() + n;
  const last = new Date(Date.UTC(d.getUTCFullYear(), month + 1, 0)).getUTCDate();
  return Date.UTC(d.getUTCFullYear(), month, Math.min(d.getUTCDate(), last)) / 86400000;
}

/* The calendar of bank holidays covers 1978 to 2099. */
const CALENDAR = [dayOf('1978-01-01'), dayOf('2099-12-31')];

function addWorkingDays(day, n, holidays) {
  if (day < CALENDAR[0]) return null;
  while (n > 0 && day <= CALENDAR[1]) {
    day += 1;
    const weekday = (day + 4) % 7; /* 0 is Sunday; 1970-01-01 was a Thursday */
    if (weekday !== 0 && weekday !== 6 && !holidays.has(day)) n -= 1;
  }
  return day <= CALENDAR[1] ? day : null;
}

/* add(d, N, unit) of the scoring rules, section 2.2; null beyond the calendar. */
function addTime(day, n, unit, holidays) {
  switch (unit) {
    case 'days': return day + n;
    case 'weeks': return day + 7 * n;
    case 'months': return addMonths(day, n);
    case 'years': return addMonths(day, 12 * n);
    default: return addWorkingDays(day, n, holidays);
  }
}

/* ---- numbers ---- */

/* Thousandths, or null. */
function valueOf(text) {
  return /^-?\d{1,10}(\.\d{1,3})?$/.test(text ?? '') ? Math.round(Number(text) * 1000) : null;
}

function shortValue(thousandths) {
  return String(thousandths / 1000);
}

/* Half up, once; whole numbers of any size. */
function mean(sum, weight) {
  return Number((2n * BigInt(sum) + BigInt(weight)) / (2n * BigInt(weight)));
}

/* ---- what a response comes to ---- */

function timescaleOutcome(t, s, given, today) {
  const due = given.start === null ? null : addTime(given.start, s.span, s.unit, t.holidaySet);
  if (due === null) return { status: 'unclear' };
  if (given.end === null)
    return today > due ? { status: 'overdue', score: 0, due } : { status: 'not-yet-due', due };
  if (given.end <= due) return { status: 'answered', answer: 'met', score: t.fullMarks, due };
  const row = s.late.find(([upTo]) => given.end - due <= upTo);
  return { status: 'answered', answer: 'late', score: row ? row[1] : 0, due };
}

function frequencyOutcome(t, s, given, today) {
  if (given.start === null) return { status: 'unclear' };
  const points = [...new Set([given.start, ...given.occurred])].sort((a, b) => a - b);
  const limit = (day) => addTime(day, s.span, s.unit, t.holidaySet);
  let kept = 0;
  let gaps = points.length - 1;
  for (let i = 1; i < points.length; i++) kept += points[i] <= limit(points[i - 1]);
  const next = limit(points[points.length - 1]);
  if (next === null) return { status: 'unclear' };
  if ((given.end ?? today) > next) gaps += 1;
  if (gaps === 0) return { status: 'not-yet-due', due: next };
  return {
    status: 'answered', answer: `${kept}/${gaps}`, kept, gaps, due: next,
    score: mean(BigInt(kept) * BigInt(t.fullMarks), gaps),
  };
}

function valueOutcome(t, s, value) {
  if (value === null) return { status: 'unclear' };
  if (s.type === 'number') {
    const band = s.bands.filter(([from]) => from <= value).pop();
    return { status: 'answered', answer: shortValue(value), score: band ? band[1] : 0 };
  }
  const score = mean(BigInt(value) * BigInt(t.fullMarks), s.points);
  return {
    status: 'answered', answer: shortValue(value),
    score: s.faults ? t.fullMarks - score : score,
  };
}

/*
 * given: what the return holds for the standard, or null. The score is left out where
 * there is none; status `unclear` says that something in it is still to be put right.
 */
function outcomeOf(t, s, given, today) {
  if (!given) return { status: s.required ? 'missing' : 'not-applicable' };
  if (given.status === 'not-applicable')
    return { status: 'not-applicable', score: s.notApplicableScore };
  if (t.lookBackMonths > 0 && given.date !== null && today !== null &&
      given.date < addMonths(today, -t.lookBackMonths))
    return { status: 'out-of-scope' };
  if (given.status === 'not-evidenced')
    return { status: 'not-evidenced', score: s.type === 'text' ? undefined : 0 };
  if (s.type === 'answers') {
    const answer = t.lists[s.list].find((a) => a.id === given.answer);
    return answer ? { status: 'answered', answer: answer.id, score: answer.score }
      : { status: 'unclear' };
  }
  if (s.type === 'text') return { status: given.text ? 'answered' : 'unclear' };
  if (s.type === 'number' || s.type === 'points') return valueOutcome(t, s, given.value);
  if (today === null) return { status: 'unclear' };
  return s.type === 'timescale' ? timescaleOutcome(t, s, given, today)
    : frequencyOutcome(t, s, given, today);
}

/* ---- conditions of an applies rule: true, false, or null for what cannot be known ---- */

function all(values) {
  if (values.includes(false)) return false;
  return values.includes(null) ? null : true;
}

function any(values) {
  if (values.includes(true)) return true;
  return values.includes(null) ? null : false;
}

function wordsHold(def, value, words) {
  if (def.type !== 'integer') return words.includes(value);
  return /^-?\d+$/.test(value) && words.some((word) => Number(word) === Number(value));
}

function rangeHolds(def, value, row) {
  const n = def.type === 'date' ? dayOf(value) : /^-?\d+$/.test(value) ? Number(value) : null;
  return n !== null && n >= (row.from ?? -Infinity) && n <= (row.to ?? Infinity);
}

/* facts: attribute(id) gives its text or '', answered(standard, words) true, false, null. */
function rowHolds(t, row, facts) {
  if (row.any) return any(row.any.map((inner) => rowHolds(t, inner, facts)));
  if (row.standard) return facts.answered(row.standard, row.words);
  const def = t.attributes.find((a) => a.id === row.attribute);
  const value = facts.attribute(row.attribute);
  if (row.words) {
    const holds = value !== '' && wordsHold(def, value, row.words);
    return row.is ? holds : !holds;
  }
  return value !== '' && rangeHolds(def, value, row);
}

/* Does everything between the top and this standard apply? */
function appliesTo(t, s, facts) {
  const parts = [...s.above, s];
  return all(parts.flatMap((part) => part.applies.map((row) => rowHolds(t, row, facts))));
}


/* Files in and out: dropped, chosen, saved. */

/* Every file of what was dropped, folders walked through: [{ name, file }]. */
async function droppedFiles(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter((e) => e);
  if (entries.length === 0) return [...transfer.files].map((file) => ({ name: file.name, file }));
  const files = [];
  for (const entry of entries) await walk(entry, files);
  return files;
}

async function walk(entry, files) {
  if (entry.isFile) {
    const file = await new Promise((good, bad) => { entry.file(good, bad); }).catch(() => null);
    if (file !== null) files.push({ name: entry.fullPath.replace(/^\//, ''), file });
    return;
  }
  const reader = entry.createReader();
  for (;;) { /* so many at a time, and none at the end */
    const some = await new Promise((good, bad) => { reader.readEntries(good, bad); }).catch(() => []);
    if (some.length === 0) return;
    for (const inner of some) await walk(inner, files);
  }
}

function chosenFiles(input) {
  const files = [...input.files].map((file) => ({ name: file.webkitRelativePath || file.name, file }));
  input.value = '';
  return files;
}

function saveFile(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  h('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}

/* A cell of CSV; what a spreadsheet would take for a formula begins with an apostrophe. */
function csvCell(value) {
  const text = value === null || value === undefined ? '' : String(value);
  return `"${(/^[=+\-@\t\r]/.test(text) && typeof value !== 'number' ? `'${text}` : text)
    .replaceAll('"', '""')}"`;
}

const CSV = ['file', 'status', 'return', 'template', 'template_version', 'case', 'date', 'quarter',
  'score', 'out_of', 'computed', 'judged', 'cap', 'moderated', 'grade', 'complete'];

function csvOf(results) {
  const rows = results.map((r) => [...CSV.map((name) => r[name]),
    r.alerts.map((a) => a.id).join(' '), r.errors?.length ?? 0]);
  return [[...CSV, 'alerts', 'errors'], ...rows].map((row) => row.map(csvCell).join(',') + '\r\n').join('');
}

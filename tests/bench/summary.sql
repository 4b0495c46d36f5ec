-- The plainest SQL that counts what `caseaudit summary` counts, for eight quarters: one
-- GROUP BY for each kind of figure over the tables of the store, latest revisions only. Days
-- are counted from 1970-01-01: 19448 is 1 April 2023, 20178 is 31 March 2025.
.mode list
-- As the store's own reader has it.
PRAGMA cache_size = -65536;
PRAGMA temp_store = MEMORY;

CREATE TEMP TABLE day (day INTEGER PRIMARY KEY, quarter, month);
INSERT INTO day
  WITH RECURSIVE d(day) AS (SELECT 19448 UNION ALL SELECT day + 1 FROM d WHERE day < 20178)
  SELECT day, (strftime('%Y', day * 86400, 'unixepoch') - 2023) * 4
    + (strftime('%m', day * 86400, 'unixepoch') - 1) / 3 - 1 AS quarter,
    strftime('%Y-%m', day * 86400, 'unixepoch') AS month FROM d;
CREATE TEMP TABLE r (id INTEGER PRIMARY KEY, quarter, month, grade, judged, moderated);
INSERT INTO r
  SELECT result.id AS id, quarter, month, grade, result.judged, moderated
  FROM audit JOIN result ON result.id = audit.latest JOIN template ON template.id = template
  JOIN day ON day.day = audit_date WHERE template.name = 'permanency-file';

-- Figures are by positions of parts: what is at which.
SELECT 'part', kind, position, part.id FROM part JOIN template ON template.id = template
  WHERE template.name = 'permanency-file';

SELECT 'grade', quarter, grade, count(*) FROM r GROUP BY quarter, grade;
SELECT 'month', quarter, month, count(*), sum(grade < 2) FROM r GROUP BY quarter, month;
SELECT 'moderation', quarter, judged, moderated, count(*) FROM r
  WHERE moderated IS NOT NULL GROUP BY quarter, judged, moderated;
SELECT 'section', quarter, section, x.grade, count(*) FROM r
  JOIN result_section x ON x.result = r.id GROUP BY quarter, section, x.grade;
SELECT 'measure', quarter, part, sum(numerator), sum(denominator) FROM r
  JOIN result_measure x ON x.result = r.id GROUP BY quarter, part;
SELECT 'alert', quarter, part, count(DISTINCT x.result) FROM r
  JOIN result_alert x ON x.result = r.id GROUP BY quarter, part;
SELECT 'limit', quarter, part, count(DISTINCT x.result) FROM r
  JOIN result_limit x ON x.result = r.id GROUP BY quarter, part;
SELECT 'theme', quarter, theme, sum(strength), sum(NOT strength) FROM r
  JOIN result_finding x ON x.result = r.id GROUP BY quarter, theme;
SELECT 'action', quarter, count(*), count(completed), count(verified_by),
    sum(due < 20178 AND (completed IS NULL OR completed > 20178)) FROM r
  JOIN result_action x ON x.result = r.id GROUP BY quarter;

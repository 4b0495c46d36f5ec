-- The plainest SQL that counts what `caseaudit summary` counts, for eight quarters, as summary.sql
-- does it in SQLite: one GROUP BY for each kind of figure over the tables of the store, latest
-- revisions only.
SET search_path TO filled;
SET work_mem TO '64MB';

CREATE TEMP TABLE r AS
  SELECT result.id AS id,
    (extract(year FROM audit_date)::integer - 2023) * 4 + (extract(month FROM audit_date)::integer - 1) / 3 - 1
      AS quarter,
    to_char(audit_date, 'YYYY-MM') AS month, grade, result.judged AS judged, moderated
  FROM audit JOIN result ON result.id = audit.latest JOIN template ON template.id = template
  WHERE template.name = 'permanency-file' AND audit_date BETWEEN '2023-04-01' AND '2025-03-31';
ANALYZE r;

-- Figures are by positions of parts: what is at which.
SELECT 'part', kind, position, part.id FROM part JOIN template ON template.id = template
  WHERE template.name = 'permanency-file';

SELECT 'grade', quarter, grade, count(*) FROM r GROUP BY quarter, grade;
SELECT 'month', quarter, month, count(*), count(*) FILTER (WHERE grade < 2) FROM r GROUP BY quarter, month;
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
SELECT 'theme', quarter, theme, sum(strength), sum(1 - strength) FROM r
  JOIN result_finding x ON x.result = r.id GROUP BY quarter, theme;
SELECT 'action', quarter, count(*), count(completed), count(verified_by),
    count(*) FILTER (WHERE due < '2025-03-31' AND (completed IS NULL OR completed > '2025-03-31')) FROM r
  JOIN result_action x ON x.result = r.id GROUP BY quarter;

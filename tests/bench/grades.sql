-- For comparison: what one figure of summary.sql takes alone, the grades of eight quarters.
PRAGMA cache_size = -65536;
SELECT (strftime('%Y', audit_date * 86400, 'unixepoch') - 2023) * 4
    + (strftime('%m', audit_date * 86400, 'unixepoch') - 1) / 3 - 1 AS quarter,
  grade, count(*) FROM audit JOIN result ON result.id = audit.latest GROUP BY quarter, grade;

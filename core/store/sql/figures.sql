-- name: find_setting
SELECT value FROM setting WHERE name = ? ORDER BY change DESC LIMIT 1

-- name: add_setting
INSERT INTO setting(change, name, value) VALUES(?, ?, ?)

-- name: settings
SELECT name, value
    FROM setting WHERE change IN (SELECT max(change) FROM setting GROUP BY name) ORDER BY name

-- name: add_population
INSERT INTO population(change, of_framework, name, period, first, last, count)
    VALUES(?, ?, ?, ?, ?, ?, ?)

-- name: populations
-- As said last, by itself or by a draw for the period.
SELECT of_framework, name, period, first, last, count
    FROM (SELECT *, max(change) OVER (PARTITION BY of_framework, name, first, last) AS newest
        FROM (SELECT change, of_framework, name, period, first, last, count FROM population
            UNION ALL SELECT change, 0, template, period, first, last, population
            FROM draw WHERE period IS NOT NULL) x) y
    WHERE change = newest
    ORDER BY of_framework, name, first, last DESC

-- name: add_benchmark
INSERT INTO benchmark(change, name, template, period, first, last) VALUES(?, ?, ?, ?, ?, ?)

-- name: benchmarks
SELECT name, template, period, first, last
    FROM benchmark WHERE change IN (SELECT max(change) FROM benchmark GROUP BY name)
    ORDER BY name

-- name: rows_of_history
SELECT position, template, grade, period, first, last, count
    FROM history WHERE change = ? ORDER BY position

-- name: rows_of_indicators
SELECT position, id, label, period, first, last, numerator, denominator, value, polarity,
        footnote
    FROM indicator WHERE change = ? ORDER BY position

-- name: templates_of_indicators
SELECT position, template
    FROM indicator WHERE change = ? AND template IS NOT NULL ORDER BY position

-- name: add_import
INSERT INTO import(change, document, rows, content) VALUES(?, ?, ?, ?)

-- name: add_history
INSERT INTO history(change, position, template, grade, period, first, last, count)
    VALUES(?, ?, ?, ?, ?, ?, ?, ?)

-- name: histories
SELECT template, grade, period, first, last, count
    FROM (SELECT *, max(change) OVER (PARTITION BY template, grade, first, last) AS newest
        FROM history) x
    WHERE change = newest
    ORDER BY template, first, last, change, position

-- name: add_indicator
INSERT INTO indicator(change, position, id, label, period, first, last, polarity, footnote,
        template)
    VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)

-- name: set_value
UPDATE indicator SET value = ? WHERE change = ? AND position = ?

-- name: set_ratio
UPDATE indicator SET numerator = ?, denominator = ? WHERE change = ? AND position = ?

-- name: indicators
-- What is of the indicator and not of one period is as it was said last.
SELECT id, said_label, period, first, last, numerator, denominator, value, said_polarity,
        footnote, said_template
    FROM (SELECT *, max(change) OVER (PARTITION BY id, first, last) AS newest,
            min(change * 1000000 + position) OVER (PARTITION BY id) AS beginning,
            first_value(label) OVER said AS said_label,
            first_value(polarity) OVER said AS said_polarity,
            first_value(template) OVER said AS said_template
        FROM indicator
        WINDOW said AS (PARTITION BY id ORDER BY change DESC, position DESC)) x
    WHERE change = newest
    ORDER BY beginning, first, last

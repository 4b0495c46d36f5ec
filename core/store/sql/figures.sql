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
SELECT of_framework, name, period, first, last, count
    FROM population
    WHERE change IN (SELECT max(change) FROM population GROUP BY of_framework, name, first,
        last)
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
SELECT h.template, h.grade, h.period, h.first, h.last, h.count
    FROM history h
    WHERE h.change = (SELECT max(o.change) FROM history o WHERE o.template = h.template AND
        o.grade = h.grade AND o.first = h.first AND o.last = h.last)
    ORDER BY h.template, h.first, h.last, h.change, h.position

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
SELECT i.id, n.label, i.period, i.first, i.last, i.numerator, i.denominator, i.value,
        n.polarity, i.footnote, n.template
    FROM indicator i JOIN indicator n ON (n.change, n.position) = (SELECT o.change, o.position
        FROM indicator o WHERE o.id = i.id ORDER BY o.change DESC, o.position DESC LIMIT 1)
    WHERE i.change = (SELECT max(o.change) FROM indicator o WHERE o.id = i.id AND o.first =
        i.first AND o.last = i.last)
    ORDER BY (SELECT min(o.change * 1000000 + o.position) FROM indicator o WHERE o.id = i.id),
        i.first, i.last

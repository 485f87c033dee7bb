-- SYNTHETIC statements: every number is a hash of (row, what it is for, seed), so that any part can be made alone.

CREATE MACRO chance(i, purpose) AS (hash(i, purpose, getvariable('seed')) >> 11) / 9007199254740992.0;
-- 1 … n, the k-th about 1/k as often as the first
CREATE MACRO zipf(i, purpose, n) AS floor(pow(n + 1, chance(i, purpose)))::INTEGER;
CREATE MACRO one_of(i, purpose, n) AS floor(n * chance(i, purpose))::INTEGER;
-- xaa … xhh: three letters that ISO 3166-1 leaves to users and never gives to a state, in lower case as ids of declared actors are
CREATE MACRO actor_code(a) AS 'x' || chr((97 + (a - 1) // 26)::INTEGER) || chr((97 + (a - 1) % 26)::INTEGER);
CREATE MACRO issue_code(j) AS format('issue-{:03d}', j);

CREATE TABLE actors AS
SELECT actor_code(a) AS actor_id, 'Synthetic State ' || a AS name, 'state' AS kind, '' AS country
FROM range(1, getvariable('n_actors') + 1) t(a);

CREATE TABLE organisations AS
SELECT format('ministry-{}-{}', a, o) AS organisation_id, format('Synthetic Ministry {}-{}', a, o) AS name, name AS label,
  actor_code(a) AS actor_id, NOT (o = getvariable('n_organisations') AND a % 10 = 0) AS speaks_for_actor
FROM range(1, getvariable('n_actors') + 1) t(a), range(1, getvariable('n_organisations') + 1) u(o);

CREATE TABLE spokespersons AS
SELECT format('person-{}-{}', a, p) AS spokesperson_id, format('Synthetic Person {}-{}', a, p) AS name,
  'Synthetic spokesperson' AS role, actor_code(a) AS actor_id
FROM range(1, getvariable('n_actors') + 1) t(a), range(1, getvariable('n_spokespersons') + 1) u(p);

CREATE TABLE issues AS
SELECT issue_code(j) AS issue_id, 'Synthetic issue ' || j AS title, 'Synthetic proposition ' || j AS proposition, j::INTEGER AS position
FROM range(1, getvariable('n_issues') + 1) t(j);

CREATE MACRO drawn(since, before) AS TABLE
SELECT i,
  zipf(i, 'actor', getvariable('n_actors')) AS a,
  zipf(i, 'organisation', getvariable('n_organisations')) AS o,
  CASE WHEN chance(i, 'no spokesperson') < 0.03 THEN 0 ELSE zipf(i, 'spokesperson', getvariable('n_spokespersons')) END AS p,
  CASE WHEN chance(i, 'no issue') < 0.01 THEN 0 ELSE zipf(i, 'issue', getvariable('n_issues')) END AS j,
  CASE WHEN chance(i, 'target') < 0.6 THEN 0 ELSE zipf(i, 'target of', getvariable('n_actors')) END AS t,
  CASE WHEN chance(i, 'act') < 0.05 THEN 0 ELSE zipf(i, 'act of', len(getvariable('acts'))) END AS act,
  CASE WHEN chance(i, 'channel') < 0.1 THEN 0 ELSE zipf(i, 'channel of', len(getvariable('channels'))) END AS channel,
  CASE WHEN chance(i, 'home') < 0.4 THEN 'en'
    ELSE getvariable('tongues')[1 + one_of(a, 'tongue', len(getvariable('tongues')))] END AS language,
  -- an actor leans one way on an issue, and keeps to it three times in four
  CASE WHEN chance(i, 'stance') < 0.05 THEN 2.0 WHEN chance(i, 'leans') < 0.75 THEN chance(a * 1000 + j, 'lean') ELSE chance(i, 'strays') END AS lean,
  -- one statement in three belongs to a burst; the rest grow in number with the years
  CASE WHEN chance(i, 'burst') < 0.33
    THEN least(one_of(zipf(i, 'which burst', getvariable('n_bursts')), 'centre', getvariable('n_days')) + (-30 * ln(1 - chance(i, 'after')))::INTEGER, getvariable('n_days') - 1)
    ELSE floor(getvariable('n_days') * pow(chance(i, 'day'), 0.7)) END::INTEGER AS day_number,
  CASE WHEN chance(i, 'precision') < 0.006 THEN 'year' WHEN chance(i, 'precision') < 0.02 THEN 'month' ELSE 'day' END AS date_precision
FROM range(since, before) r(i);

CREATE MACRO said(since, before) AS TABLE
SELECT d.*,
  concat_ws(CASE d.language WHEN 'zh' THEN '。' ELSE '. ' END, f1.text, f2.text, f3.text, f4.text) || '.' AS quote,
  concat_ws(' ', f1.folded, f2.folded, f3.folded, f4.folded) AS quote_folded,
  CASE d.language WHEN 'en' THEN '' ELSE concat_ws('. ', e1.text, e2.text, e3.text) || '.' END AS quote_en,
  CASE d.language WHEN 'en' THEN NULL ELSE concat_ws(' ', e1.folded, e2.folded, e3.folded) END AS quote_en_folded
FROM drawn(since, before) d
JOIN fragments f1 ON f1.language = d.language AND f1.fragment = one_of(d.i, 'first', getvariable('n_fragments'))
JOIN fragments f2 ON f2.language = d.language AND f2.fragment = one_of(d.i, 'second', getvariable('n_fragments'))
JOIN fragments f3 ON f3.language = d.language AND f3.fragment = one_of(d.i, 'third', getvariable('n_fragments'))
JOIN fragments f4 ON f4.language = d.language AND f4.fragment = one_of(d.i, 'fourth', getvariable('n_fragments'))
JOIN fragments e1 ON e1.language = 'en' AND e1.fragment = one_of(d.i, 'translated first', getvariable('n_fragments'))
JOIN fragments e2 ON e2.language = 'en' AND e2.fragment = one_of(d.i, 'translated second', getvariable('n_fragments'))
JOIN fragments e3 ON e3.language = 'en' AND e3.fragment = one_of(d.i, 'translated third', getvariable('n_fragments'));

CREATE MACRO dated(since, before) AS TABLE
SELECT *, getvariable('first_day')::DATE + day_number AS day,
  CASE date_precision WHEN 'day' THEN day WHEN 'month' THEN date_trunc('month', day)::DATE ELSE date_trunc('year', day)::DATE END AS stated_from,
  CASE date_precision WHEN 'day' THEN day WHEN 'month' THEN last_day(day) ELSE make_date(year(day), 12, 31) END AS stated_to,
  CASE WHEN lean > 1 THEN getvariable('not_coded') WHEN lean < 0.4 THEN 'support' WHEN lean < 0.75 THEN 'oppose'
    WHEN lean < 0.85 THEN 'mixed' ELSE 'neutral' END AS stance_code,
  CASE act WHEN 0 THEN getvariable('not_coded') ELSE getvariable('acts')[act] END AS act_code,
  CASE channel WHEN 0 THEN getvariable('not_given') ELSE getvariable('channels')[channel] END AS channel_code
FROM said(since, before);

CREATE MACRO made(since, before) AS TABLE
SELECT
  format('synthetic-{:08d}', i + 1) AS statement_id,
  (i + 1)::INTEGER AS row_number,
  left(stated_from::VARCHAR, CASE date_precision WHEN 'day' THEN 10 WHEN 'month' THEN 7 ELSE 4 END) AS stated_on,
  stated_from, stated_to, date_precision,
  'Synthetic State ' || a AS country,
  format('Synthetic Ministry {}-{}', a, o) AS organisation,
  CASE p WHEN 0 THEN '' ELSE format('Synthetic Person {}-{}', a, p) END AS spokesperson,
  CASE p WHEN 0 THEN '' ELSE 'Synthetic spokesperson' END AS role,
  CASE j WHEN 0 THEN '' ELSE issue_code(j) END AS issue,
  CASE stance_code WHEN getvariable('not_coded') THEN '' ELSE stance_code END AS stance,
  CASE act WHEN 0 THEN '' ELSE act_code END AS act,
  CASE t WHEN 0 THEN '' ELSE 'Synthetic State ' || t END AS target,
  format('Synthetic position {} of state {}', j, a) AS position,
  quote, '' AS quote_kind, language AS quote_language, quote_en,
  CASE quote_en WHEN '' THEN '' ELSE 'Synthetic translator' END AS translation_by,
  CASE channel WHEN 0 THEN '' ELSE channel_code END AS channel,
  'Synthetic venue' AS venue,
  'Synthetic document ' || (i // 3) AS document_title,
  'Synthetic Press ' || (i % 40) AS publisher,
  'https://example.org/synthetic/' || (i // 3) AS document_url,
  'SYNTHETIC: made for measuring, nobody said this' AS note,
  '' AS country_code,
  actor_code(a) AS actor_id,
  format('ministry-{}-{}', a, o) AS organisation_id,
  CASE p WHEN 0 THEN getvariable('not_given') ELSE format('person-{}-{}', a, p) END AS spokesperson_id,
  CASE j WHEN 0 THEN getvariable('not_given') ELSE issue_code(j) END AS issue_id,
  CASE t WHEN 0 THEN getvariable('not_given') ELSE actor_code(t) END AS target_id,
  stance_code, act_code, language AS language_code, channel_code,
  NOT (o = getvariable('n_organisations') AND a % 10 = 0) AS speaks_for_actor,
  ' ' || concat_ws(getvariable('field_break'), quote_folded, quote_en_folded, format('{} synthetic position {} of state {}', getvariable('part_break'), j, a),
    getvariable('part_break') || CASE p WHEN 0 THEN '' ELSE format(' synthetic person {} {}', a, p) || rtrim(getvariable('field_break')) END || ' synthetic state ' || a,
    format('synthetic ministry {} {}', a, o)) || ' ' AS search_text
FROM dated(since, before)
ORDER BY i;

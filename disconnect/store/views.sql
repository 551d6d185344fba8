-- What `disconnect sql` is for: rows as recorded, in words. Made anew with each step of the schema.

CREATE VIEW IF NOT EXISTS activities AS
SELECT
  strftime('%Y-%m-%dT%H:%M:%fZ', a.start / 1000.0, 'unixepoch') AS start,
  strftime('%Y-%m-%dT%H:%M:%fZ', (a.start + a.length) / 1000.0, 'unixepoch') AS "end",
  a.length / 3600000.0 AS hours,
  device.name AS device, source.name AS source, app.name AS app, title.name AS title,
  site.name AS site, page.name AS page, zone.name AS zone
FROM activity a
JOIN source ON source.id = a.source
JOIN device ON device.id = source.device
JOIN context ON context.id = a.context
JOIN app ON app.id = context.app
LEFT JOIN title ON title.id = context.title
LEFT JOIN site ON site.id = context.site
LEFT JOIN page ON page.id = context.page
JOIN zone ON zone.id = a.zone;

CREATE VIEW IF NOT EXISTS presences AS
SELECT
  strftime('%Y-%m-%dT%H:%M:%fZ', p.start / 1000.0, 'unixepoch') AS start,
  strftime('%Y-%m-%dT%H:%M:%fZ', (p.start + p.length) / 1000.0, 'unixepoch') AS "end",
  p.length / 3600000.0 AS hours,
  device.name AS device, source.name AS source,
  CASE p.state WHEN 0 THEN 'active' WHEN 1 THEN 'idle' WHEN 2 THEN 'locked' ELSE 'asleep' END
    AS state,
  zone.name AS zone
FROM presence p
JOIN source ON source.id = p.source
JOIN device ON device.id = source.device
JOIN zone ON zone.id = p.zone;

CREATE VIEW IF NOT EXISTS encounters AS
SELECT
  e.id AS id,
  strftime('%Y-%m-%dT%H:%M:%fZ', e.start / 1000.0, 'unixepoch') AS start,
  strftime('%Y-%m-%dT%H:%M:%fZ', (e.start + e.length) / 1000.0, 'unixepoch') AS "end",
  e.length / 3600000.0 AS hours,
  (SELECT group_concat(person.name, ', ') FROM encounter_person
    JOIN person ON person.id = encounter_person.person
    WHERE encounter_person.encounter = e.id) AS people,
  e.channel AS channel, e.place AS place, e.chance AS chance, e.initiator AS initiator,
  e.meaning AS meaning, e.disclosure AS disclosure, e.energy AS energy, e.support AS support,
  e.note AS note, e.words AS words,
  (SELECT strftime('%Y-%m-%dT%H:%M:%fZ', entry.logged / 1000.0, 'unixepoch') FROM entry
    WHERE entry.encounter = e.id) AS logged,
  zone.name AS zone
FROM encounter e JOIN zone ON zone.id = e.zone;

-- Time that two entries with a person share counts once; whom one only called was not met.
CREATE VIEW IF NOT EXISTS people AS
WITH together AS (
  SELECT person, id, channel, start, start + length AS until,
    max(start + length) OVER (
      PARTITION BY person, channel ORDER BY start, id
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS before
  FROM encounter_person JOIN encounter ON encounter.id = encounter_person.encounter
)
SELECT
  person.id AS id, person.name AS name, met, how, since, closeness, person.note AS note,
  count(t.id) AS encounters,
  coalesce(sum(max(0, t.until - max(t.start, coalesce(t.before, t.start)))), 0) / 3600000.0
    AS hours,
  strftime('%Y-%m-%dT%H:%M:%fZ', max(t.until) FILTER (WHERE t.channel = 'in_person') / 1000.0,
    'unixepoch') AS last_met
FROM person LEFT JOIN together t ON t.person = person.id
GROUP BY person.id;

CREATE VIEW IF NOT EXISTS opportunities AS
SELECT opportunity.id AS id, day, person.name AS person, what, kind, via, value,
  (SELECT strftime('%Y-%m-%dT%H:%M:%fZ', entry.logged / 1000.0, 'unixepoch') FROM entry
    WHERE entry.opportunity = opportunity.id) AS logged
FROM opportunity JOIN person ON person.id = opportunity.person;

CREATE VIEW IF NOT EXISTS checkins AS
SELECT
  strftime('%Y-%m-%dT%H:%M:%fZ', checkin.at / 1000.0, 'unixepoch') AS at,
  day, instrument, answers, score, zone.name AS zone
FROM checkin JOIN zone ON zone.id = checkin.zone;

CREATE VIEW IF NOT EXISTS reaches AS
SELECT day, platform, people FROM reach;

CREATE VIEW IF NOT EXISTS experiments AS
SELECT
  id, strftime('%Y-%m-%dT%H:%M:%fZ', drawn / 1000.0, 'unixepoch') AS drawn, what, rule, outcome,
  first, days, shortest, cuts, stopped
FROM experiment;

-- The whole schema as of user_version 2. Times are whole milliseconds since 1970, UTC;
-- spans are half-open [start, start + length). 0 in a context stands for "none".

CREATE TABLE device (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE zone (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE source (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  device INTEGER NOT NULL REFERENCES device (id),
  longest INTEGER NOT NULL DEFAULT 0, -- its longest row [ms], so a range is found by start
  UNIQUE (name, device)
);
CREATE TABLE app (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE site (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
-- Long texts are found by a hash of theirs: an index over the text would store it twice.
CREATE TABLE title (id INTEGER PRIMARY KEY, hash INTEGER NOT NULL, name TEXT NOT NULL);
CREATE INDEX title_hash ON title (hash);
CREATE TABLE page (id INTEGER PRIMARY KEY, hash INTEGER NOT NULL, name TEXT NOT NULL);
CREATE INDEX page_hash ON page (hash);
CREATE TABLE context (
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- never given out anew: what is kept by it stays true
  app INTEGER NOT NULL,
  title INTEGER NOT NULL DEFAULT 0,
  site INTEGER NOT NULL DEFAULT 0,
  page INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX context_parts ON context (title, page, app, site);

CREATE TABLE activity (
  source INTEGER NOT NULL REFERENCES source (id),
  start INTEGER NOT NULL,
  length INTEGER NOT NULL CHECK (length >= 0),
  context INTEGER NOT NULL REFERENCES context (id),
  zone INTEGER NOT NULL REFERENCES zone (id),
  PRIMARY KEY (source, start)
) WITHOUT ROWID;
CREATE TABLE presence (
  source INTEGER NOT NULL REFERENCES source (id),
  start INTEGER NOT NULL,
  length INTEGER NOT NULL CHECK (length >= 0),
  state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 3), -- active, idle, locked, asleep
  zone INTEGER NOT NULL REFERENCES zone (id),
  PRIMARY KEY (source, start)
) WITHOUT ROWID;

CREATE TABLE person (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  met TEXT CHECK (met IN ('in_person', 'online')),
  how TEXT,
  since TEXT, -- local date, ISO 8601
  closeness INTEGER CHECK (closeness BETWEEN 1 AND 7),
  note TEXT
);
CREATE TABLE encounter (
  id INTEGER PRIMARY KEY,
  start INTEGER NOT NULL,
  length INTEGER NOT NULL CHECK (length >= 0),
  zone INTEGER NOT NULL REFERENCES zone (id),
  channel TEXT NOT NULL,
  place TEXT,
  chance INTEGER NOT NULL DEFAULT 0,
  initiator TEXT,
  meaning INTEGER,
  disclosure INTEGER,
  energy INTEGER,
  support TEXT,
  note TEXT,
  words TEXT -- what the person typed
);
CREATE INDEX encounter_start ON encounter (start);
CREATE TABLE encounter_person (
  encounter INTEGER NOT NULL REFERENCES encounter (id) ON DELETE CASCADE,
  person INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  PRIMARY KEY (encounter, person)
) WITHOUT ROWID;
CREATE INDEX encounter_person_person ON encounter_person (person);
CREATE TABLE opportunity (
  id INTEGER PRIMARY KEY,
  day TEXT NOT NULL, -- local date, ISO 8601
  person INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  what TEXT NOT NULL,
  kind TEXT NOT NULL,
  via TEXT,
  value INTEGER
);
-- One answered check-in; a second one of the same instrument on the same day replaces the first.
CREATE TABLE checkin (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  zone INTEGER NOT NULL REFERENCES zone (id),
  day TEXT NOT NULL, -- local date, ISO 8601
  instrument TEXT NOT NULL,
  answers TEXT NOT NULL, -- JSON: one number an item, null where it was skipped
  score REAL, -- NULL: too few answers
  UNIQUE (instrument, day)
);
-- An experiment on oneself as it was drawn; nothing of its design can be changed afterwards.
CREATE TABLE experiment (
  id INTEGER PRIMARY KEY,
  drawn INTEGER NOT NULL,
  what TEXT NOT NULL,
  rule TEXT, -- what adherence is counted by; NULL: the person says
  outcome TEXT NOT NULL,
  first TEXT NOT NULL, -- local date, ISO 8601
  days INTEGER NOT NULL CHECK (days > 0),
  shortest INTEGER NOT NULL CHECK (shortest > 0), -- days in a phase at least
  cuts TEXT NOT NULL, -- JSON: the days on which B, A, B begin, counted from 0
  stopped TEXT -- local date on which it was given up
);
CREATE TRIGGER experiment_stands BEFORE UPDATE OF drawn, what, rule, outcome, first, days, shortest, cuts
ON experiment BEGIN
  SELECT RAISE(ABORT, 'the design of an experiment cannot be changed');
END;
-- How many could be reached: followers, connections, members; by hand or imported.
CREATE TABLE reach (
  day TEXT NOT NULL, -- local date, ISO 8601
  platform TEXT NOT NULL COLLATE NOCASE,
  people INTEGER NOT NULL CHECK (people >= 0),
  PRIMARY KEY (day, platform)
) WITHOUT ROWID;
-- What was logged, in the order it was: `undo` takes back the newest.
CREATE TABLE entry (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  logged INTEGER NOT NULL,
  encounter INTEGER REFERENCES encounter (id) ON DELETE CASCADE,
  opportunity INTEGER REFERENCES opportunity (id) ON DELETE CASCADE,
  checkin INTEGER REFERENCES checkin (id) ON DELETE CASCADE,
  people_added TEXT NOT NULL DEFAULT '[]' -- JSON: ids of people this entry brought in
);
-- The running timer of `meet`; one row at most, so it survives a restart.
CREATE TABLE meeting (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  start INTEGER NOT NULL,
  zone TEXT NOT NULL,
  words TEXT NOT NULL
);

-- Finished UTC days, summed by local hour and context; derived, rebuilt when rows change.
CREATE TABLE hour_sums (
  utc_day INTEGER PRIMARY KEY, -- days since 1970
  rules TEXT NOT NULL, -- '' when the day does not depend on the sorting rules
  data BLOB NOT NULL,
  rhythm_rules TEXT, -- the rules under which the stretches below were made
  rhythm BLOB -- stretches of the day: covered, in use, online without a break
);
-- The category of each context under one set of rules; derived, one row per stretch of ids.
CREATE TABLE sorted (
  rules TEXT NOT NULL,
  first_context INTEGER NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (rules, first_context)
);
CREATE TABLE job (name TEXT PRIMARY KEY, last_run INTEGER NOT NULL, detail TEXT NOT NULL);
CREATE TABLE fact_of_home (name TEXT PRIMARY KEY, value TEXT NOT NULL); -- device id and the like

-- A changed row makes the sums of the UTC days it touches stale.
-- (An activity the day after, too: by its title a visit tells what a window shows for a day.)
CREATE TRIGGER activity_added AFTER INSERT ON activity BEGIN
  DELETE FROM hour_sums WHERE utc_day BETWEEN new.start / 86400000 AND (new.start + new.length) / 86400000 + 1;
END;
CREATE TRIGGER activity_changed AFTER UPDATE ON activity BEGIN
  DELETE FROM hour_sums WHERE utc_day BETWEEN min(old.start, new.start) / 86400000
    AND max(old.start + old.length, new.start + new.length) / 86400000 + 1;
END;
CREATE TRIGGER activity_gone AFTER DELETE ON activity BEGIN
  DELETE FROM hour_sums WHERE utc_day BETWEEN old.start / 86400000 AND (old.start + old.length) / 86400000 + 1;
END;
-- (Presence two hours and ten minutes on, too: a call that goes on is bounded by how long nobody typed.)
CREATE TRIGGER presence_added AFTER INSERT ON presence BEGIN
  DELETE FROM hour_sums WHERE utc_day BETWEEN new.start / 86400000 AND (new.start + new.length + 7800000) / 86400000;
END;
CREATE TRIGGER presence_changed AFTER UPDATE ON presence BEGIN
  DELETE FROM hour_sums WHERE utc_day BETWEEN min(old.start, new.start) / 86400000
    AND (max(old.start + old.length, new.start + new.length) + 7800000) / 86400000;
END;
CREATE TRIGGER presence_gone AFTER DELETE ON presence BEGIN
  DELETE FROM hour_sums WHERE utc_day BETWEEN old.start / 86400000 AND (old.start + old.length + 7800000) / 86400000;
END;
CREATE TRIGGER encounter_added AFTER INSERT ON encounter BEGIN
  DELETE FROM hour_sums WHERE utc_day BETWEEN new.start / 86400000 AND (new.start + new.length) / 86400000;
END;
CREATE TRIGGER encounter_changed AFTER UPDATE ON encounter BEGIN
  DELETE FROM hour_sums WHERE utc_day BETWEEN min(old.start, new.start) / 86400000
    AND max(old.start + old.length, new.start + new.length) / 86400000;
END;
CREATE TRIGGER encounter_gone AFTER DELETE ON encounter BEGIN
  DELETE FROM hour_sums WHERE utc_day BETWEEN old.start / 86400000 AND (old.start + old.length) / 86400000;
END;

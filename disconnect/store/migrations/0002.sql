-- From 1 to 2: sums hang on presence up to two hours and ten minutes before them.
DROP TRIGGER presence_added;
DROP TRIGGER presence_changed;
DROP TRIGGER presence_gone;
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

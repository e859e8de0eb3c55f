-- tries: to leave tables, settings and functions for the next program
-- expect: ok
-- repeat: 3
-- limits: cpu=3 wall=8 memory=256
SELECT 'ESCAPED: ' || name FROM sqlite_master;
SELECT 'held';
CREATE TABLE mark(x);
INSERT INTO mark VALUES (1);
PRAGMA user_version = 7;

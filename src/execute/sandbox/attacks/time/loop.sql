-- tries: to count for ever
-- expect: time-limit
-- limits: cpu=0.5 wall=4 memory=256
WITH RECURSIVE n(x) AS (VALUES(1) UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n;

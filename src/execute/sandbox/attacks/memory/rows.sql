-- tries: to collect more than fits into one value
-- expect: memory-limit, runtime-error, time-limit
-- limits: cpu=4 wall=10 memory=64
WITH RECURSIVE n(x) AS (VALUES(1) UNION ALL SELECT x + 1 FROM n WHERE x < 100000000)
SELECT length(group_concat(hex(zeroblob(1000000)))) FROM n;

-- tries: to print rows without end
-- expect: output-limit
-- limits: cpu=3 wall=8 output=65536 memory=256
WITH RECURSIVE n(x) AS (VALUES(1) UNION ALL SELECT x + 1 FROM n) SELECT x, hex(zeroblob(100)) FROM n;

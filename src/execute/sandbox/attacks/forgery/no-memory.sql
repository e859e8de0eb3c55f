-- tries: to be reported as out of memory by the name of a table
-- expect: runtime-error
-- limits: cpu=3 wall=8 memory=256
SELECT * FROM "out of memory: the memory limit was reached";

-- tries: to read a file of the host as a table, as a database and as a blob
-- expect: runtime-error, ok
-- limits: cpu=3 wall=8 memory=256
ATTACH DATABASE 'CANARY_FILE' AS host;
SELECT 'held';
SELECT * FROM host.sqlite_master;
SELECT 'ESCAPED: ' || readfile('CANARY_FILE');

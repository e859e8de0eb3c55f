-- tries: to load a library of the host and to write a file there
-- expect: runtime-error, ok
-- limits: cpu=3 wall=8 memory=256
ATTACH DATABASE 'CANARY_FOLDER/ESCAPED' AS host;
CREATE TABLE host.t(x);
SELECT 'held';
SELECT load_extension('/usr/lib/x86_64-linux-gnu/libc.so.6');

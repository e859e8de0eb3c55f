# tries: an empty program: passes only where an earlier definition survived
# item: 18
# expect: runtime-error, wrong, compile-error, no-code

pass

// tries: to compile a file without an end
// expect: compile-error
#include "/dev/zero"

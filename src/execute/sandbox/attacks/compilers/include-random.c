// tries: to compile the output of a random number generator
// expect: compile-error
#include "/dev/urandom"

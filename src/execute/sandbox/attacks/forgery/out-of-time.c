// tries: to be reported as out of time without having used any
// expect: runtime-error
#define _GNU_SOURCE
#include <signal.h>

int main(void) { raise(SIGXCPU); }

// tries: to be reported as a failure of the filter by the signal that the filter sends
// expect: runtime-error
#define _GNU_SOURCE
#include <signal.h>

int main(void) { raise(SIGSYS); }

// tries: to become a program larger than the disk it may use
// expect: ok, compile-error, output-limit
// limits: cpu=1 wall=4 disk=8
#define _GNU_SOURCE
#include <stdio.h>
char first[20 << 20] = {1};
int main(void) { puts(first[5] ? "ESCAPED" : "held"); }

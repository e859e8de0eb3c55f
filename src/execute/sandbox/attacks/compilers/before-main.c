// tries: to run before the program begins, when nothing might be watched yet
// expect: ok
#define _GNU_SOURCE
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

static void *resolve(void) {
  if (open("CANARY_FILE", O_RDONLY) >= 0) write(1, "ESCAPED: resolver\n", 18);
  return resolve;
}
void early(void) __attribute__((ifunc("resolve")));

__attribute__((constructor(101))) static void first(void) {
  if (unshare(CLONE_NEWUSER) == 0 || socket(AF_INET, SOCK_STREAM, 0) >= 0 || open("CANARY_FILE", O_RDONLY) >= 0) puts("ESCAPED: constructor");
}
__attribute__((destructor)) static void last(void) {
  if (unshare(CLONE_NEWUSER) == 0) puts("ESCAPED: destructor");
}

int main(void) { puts("held"); }

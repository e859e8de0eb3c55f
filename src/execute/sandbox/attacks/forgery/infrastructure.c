// tries: to be reported as a failure of the machine, which would not count
// expect: runtime-error
#define _GNU_SOURCE
#include <stdio.h>
#include <unistd.h>

int main(void) {
  fputs("warden: unshare user: Operation not permitted\nthe sandbox server is gone\ncannot start ./out: No such file or directory\n", stderr);
  _exit(72);
}

// tries: to enter new namespaces, where it would be root
// expect: ok
#define _GNU_SOURCE
#include <sched.h>
#include <stdio.h>

int main(void) {
  int kinds[] = {CLONE_NEWUSER, CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWNET, CLONE_NEWIPC, CLONE_NEWUTS, CLONE_NEWCGROUP, 0x80 /* time */, CLONE_FS, CLONE_FILES, CLONE_SYSVSEM};
  for (unsigned i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    if (unshare(kinds[i]) == 0) printf("ESCAPED: unshare %x\n", kinds[i]);
    if (unshare(kinds[i] | CLONE_NEWUSER) == 0) printf("ESCAPED: unshare %x with a user namespace\n", kinds[i]);
  }
  puts("held");
}

// tries: to loosen the filter with one of its own, and to answer calls in the kernel's place
// expect: ok
#define _GNU_SOURCE
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
  struct sock_filter allow[] = {BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)}, ask[] = {BPF_STMT(BPF_RET | BPF_K, 0x7fc00000u)};
  struct sock_fprog all = {1, allow}, notify = {1, ask};
  prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &all);
  if (unshare(CLONE_NEWUSER) == 0) puts("ESCAPED: a second filter loosened the first");
  if (syscall(SYS_seccomp, 1, 8 /* NEW_LISTENER */, &notify) >= 0) puts("ESCAPED: a listener");
  if (prctl(PR_SET_NO_NEW_PRIVS, 0, 0, 0, 0) == 0) puts("ESCAPED: may gain privileges again");
  if (prctl(PR_GET_SECCOMP) != 2) puts("ESCAPED: no filter");
  puts("held");
}

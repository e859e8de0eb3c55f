// tries: to change its user, its groups and its capabilities
// expect: ok
#define _GNU_SOURCE
#include <grp.h>
#include <linux/capability.h>
#include <stdio.h>
#include <sys/fsuid.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
  uid_t before = getuid();
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct all[2] = {{~0u, ~0u, ~0u}, {~0u, ~0u, ~0u}};
  if (syscall(SYS_capset, &header, all) == 0) puts("ESCAPED: capabilities");
  if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_SYS_ADMIN, 0, 0) == 0) puts("ESCAPED: ambient capability");
  if (prctl(PR_SET_KEEPCAPS, 1) == 0 && prctl(PR_SET_SECUREBITS, 0) == 0) puts("ESCAPED: secure bits");
  if (setgroups(0, NULL) == 0) puts("ESCAPED: setgroups");
  for (uid_t uid = 0; uid < 70000; uid += uid < 10 ? 1 : 997) {
    if (uid == before) continue;
    if (setuid(uid) == 0 || setreuid(uid, uid) == 0 || setresuid(uid, uid, uid) == 0) printf("ESCAPED: user %u\n", uid);
    if (chown(".", uid, -1) == 0) printf("ESCAPED: gave a folder to %u\n", uid);
  }
  puts("held");
}

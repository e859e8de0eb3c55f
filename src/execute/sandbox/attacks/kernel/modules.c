// tries: to load modules and another kernel, to reboot, and to switch swap and accounting
// expect: ok
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
  if (syscall(SYS_init_module, "", 0, "") == 0) puts("ESCAPED: init_module");
  if (syscall(SYS_finit_module, 0, "", 0) == 0) puts("ESCAPED: finit_module");
  if (syscall(SYS_delete_module, "loop", 0) == 0) puts("ESCAPED: delete_module");
  if (syscall(SYS_kexec_load, 0, 0, 0, 0) == 0) puts("ESCAPED: kexec_load");
  if (syscall(SYS_swapon, "/tmp", 0) == 0 || syscall(SYS_swapoff, "/tmp") == 0) puts("ESCAPED: swap");
  if (syscall(SYS_acct, "/tmp/acct") == 0) puts("ESCAPED: acct");
  if (syscall(SYS_syslog, 3, "", 0) >= 0) puts("ESCAPED: syslog");
  if (syscall(SYS_quotactl, 0x800002, "/dev/sda", 0, 0) == 0) puts("ESCAPED: quotactl");
  if (syscall(SYS_vhangup) == 0) puts("ESCAPED: vhangup");
  if (syscall(SYS_reboot, 0xfee1dead, 672274793, 0, NULL) == 0) puts("ESCAPED: reboot");
  puts("held");
}

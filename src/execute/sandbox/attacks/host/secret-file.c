// tries: to read a file of the host by every call that opens files
// expect: ok
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
  struct { uint64_t flags, mode, resolve; } how = {0, 0, 0};
  struct stat s;
  if (open("CANARY_FILE", O_RDONLY) >= 0) puts("ESCAPED: open");
  if (open("CANARY_FILE", O_PATH) >= 0) puts("ESCAPED: O_PATH");
  if (syscall(437 /* openat2 */, AT_FDCWD, "CANARY_FILE", &how, sizeof how) >= 0) puts("ESCAPED: openat2");
  if (stat("CANARY_FILE", &s) == 0) puts("ESCAPED: stat");
  if (syscall(428 /* open_tree */, AT_FDCWD, "CANARY_FOLDER", 1) >= 0) puts("ESCAPED: open_tree");
  char handle[128] = {8, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0};
  for (int fd = 0; fd < 3; fd++)
    if (syscall(SYS_open_by_handle_at, fd, handle, O_RDONLY) >= 0) puts("ESCAPED: open_by_handle_at");
  int mount;
  if (syscall(SYS_name_to_handle_at, AT_FDCWD, "/usr", handle, &mount, 0) == 0) puts("ESCAPED: name_to_handle_at");
  puts("held");
}

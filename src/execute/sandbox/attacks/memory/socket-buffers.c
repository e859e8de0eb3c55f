// tries: to keep memory in the buffers of sockets, where no process is charged for it
// expect: ok, memory-limit, runtime-error
// limits: cpu=2 wall=6 memory=64 processes=16
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void) {
  static char part[32768];
  volatile long *kb = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  for (int child = 0; child < 8; child++)
    if (fork() == 0) {
      int s[2], size = 4 << 20;
      for (long mine = 0; mine < 40 << 10 && socketpair(AF_UNIX, SOCK_STREAM, 0, s) == 0;)
        for (int side = 0; side < 2; side++) {
          setsockopt(s[side], SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
          for (ssize_t n; mine < 40 << 10 && (n = send(s[side], part, sizeof part, MSG_DONTWAIT)) > 0;) {
            mine += n >> 10;
            __sync_fetch_and_add(kb, n >> 10);
          }
        }
      sleep(3);
      _exit(0);
    }
  sleep(1);
  if (*kb <= 200 << 10) puts("held");
  else printf("ESCAPED: %ld MB\n", *kb >> 10);
}

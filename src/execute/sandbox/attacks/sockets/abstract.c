// tries: to reach an abstract socket of the host, which is in no folder
// expect: ok
#define _GNU_SOURCE
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

int main(void) {
  const char *names[] = {"CANARY_SOCKET", "/tmp/.X11-unix/X0", "/tmp/.ICE-unix/1", "/tmp/dbus-", "/org/kernel/linux/storage/multipathd"};
  for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
    for (int kind = 1; kind < 6; kind++) {
      struct sockaddr_un to = {.sun_family = AF_UNIX};
      memcpy(to.sun_path + 1, names[i], strlen(names[i]));
      int fd = socket(AF_UNIX, kind, 0);
      if (fd >= 0 && connect(fd, (void *)&to, offsetof(struct sockaddr_un, sun_path) + 1 + strlen(names[i])) == 0)
        printf("ESCAPED: connected to %s\n", names[i]);
    }
  puts("held");
}

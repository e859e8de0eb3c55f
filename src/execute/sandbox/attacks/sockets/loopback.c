// tries: to reach a server on the loopback of the host
// expect: ok
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(CANARY_PORT)};
  inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
  for (int fd = 0; fd < 3; fd++)
    if (connect(fd, (void *)&to, sizeof to) == 0) puts("ESCAPED: connected a standard stream");
  int made = socket(AF_INET, SOCK_STREAM, 0);
  if (made >= 0 && connect(made, (void *)&to, sizeof to) == 0) puts("ESCAPED: connected");
  puts("held");
}

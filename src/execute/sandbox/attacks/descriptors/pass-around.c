// tries: to hold more descriptors than its limit by keeping them on the way between sockets
// expect: ok
// limits: cpu=2 wall=6 memory=64
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int send_fds(int to, int *fds, int count) {
  char byte = 0, room[CMSG_SPACE(sizeof(int) * 250)];
  memset(room, 0, sizeof room);
  struct iovec io = {&byte, 1};
  struct msghdr m = {.msg_iov = &io, .msg_iovlen = 1, .msg_control = room, .msg_controllen = CMSG_SPACE(sizeof(int) * count)};
  struct cmsghdr *c = CMSG_FIRSTHDR(&m);
  c->cmsg_level = SOL_SOCKET, c->cmsg_type = SCM_RIGHTS, c->cmsg_len = CMSG_LEN(sizeof(int) * count);
  memcpy(CMSG_DATA(c), fds, sizeof(int) * count);
  return sendmsg(to, &m, MSG_DONTWAIT) == 1;
}

int main(void) {
  int flying = 0;
  for (int i = 0; i < 100; i++) {
    int s[2], fds[200];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, s)) break;
    for (int j = 0; j < 200; j++) fds[j] = s[0];
    if (send_fds(s[1], fds, 200)) flying += 200;
    close(s[1]);
  }
  if (flying <= 1000) puts("held");
  else printf("ESCAPED: %d descriptors\n", flying);
}

/*
 * The one way out of a sandbox whose programs may use the network: the loopback of its own network namespace, port 3128.
 * What connects there is passed, byte for byte, to the unix socket of Cupel's proxy (proxy.ts), which alone decides where
 * it may go. There is no other interface, so a program that does not ask the proxy reaches nothing.
 */
#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/un.h>

#define RELAY_PORT 3128
#define RELAY_CONNECTIONS 64

struct way { int from, to, over; size_t have, sent; char *data; };
struct connection { struct way there, back; };

static int connect_proxy(int path) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  snprintf(address.sun_path, sizeof address.sun_path, "/proc/self/fd/%d", path);
  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address)) { close(fd); return -1; }
  return fd;
}

static int listen_on_loopback(void) {
  struct ifreq up = {.ifr_name = "lo", .ifr_flags = IFF_UP | IFF_RUNNING};
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(RELAY_PORT), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0 || ioctl(fd, SIOCSIFFLAGS, &up) || bind(fd, (struct sockaddr *)&address, sizeof address) || listen(fd, 64)) return -1;
  return fd;
}

/* Moves what it can; returns -1 when the connection is broken. The end of one way is passed on, the other goes on. */
static int move(struct way *w) {
  if (w->have == w->sent && !w->over) {
    ssize_t n = recv(w->from, w->data, 65536, MSG_DONTWAIT);
    if (n < 0 && errno != EAGAIN && errno != EINTR) return -1;
    if (n == 0) w->over = 1, shutdown(w->to, SHUT_WR);
    w->have = n > 0 ? n : 0, w->sent = 0;
  }
  if (w->sent < w->have) {
    ssize_t n = send(w->to, w->data + w->sent, w->have - w->sent, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (n < 0 && errno != EAGAIN && errno != EINTR) return -1;
    if (n > 0) w->sent += n;
  }
  return 0;
}

static void hang_up(struct connection *c) {
  close(c->there.from), close(c->there.to);
  free(c->there.data), free(c->back.data);
  c->there.from = -1;
}

static void relay(int listener, int path) {
  static struct connection c[RELAY_CONNECTIONS];
  for (int i = 0; i < RELAY_CONNECTIONS; i++) c[i].there.from = -1;
  for (;;) {
    struct pollfd p[1 + 2 * RELAY_CONNECTIONS];
    int free_place = -1;
    for (int i = 0; i < RELAY_CONNECTIONS; i++) {
      struct way *there = &c[i].there, *back = &c[i].back;
      if (there->from < 0) free_place = i;
      short to_read = there->have == there->sent && !there->over ? POLLIN : 0, to_write = back->have > back->sent ? POLLOUT : 0;
      p[1 + 2 * i] = (struct pollfd){there->from, to_read | to_write, 0};
      to_read = back->have == back->sent && !back->over ? POLLIN : 0, to_write = there->have > there->sent ? POLLOUT : 0;
      p[2 + 2 * i] = (struct pollfd){there->from < 0 ? -1 : there->to, to_read | to_write, 0};
    }
    p[0] = (struct pollfd){free_place < 0 ? -1 : listener, POLLIN, 0};
    if (poll(p, 1 + 2 * RELAY_CONNECTIONS, -1) < 0) continue;
    for (int i = 0; i < RELAY_CONNECTIONS; i++)
      if (c[i].there.from >= 0 && (p[1 + 2 * i].revents || p[2 + 2 * i].revents) && (move(&c[i].there) || move(&c[i].back) || (c[i].there.over && c[i].back.over)))
        hang_up(&c[i]);
    if (p[0].revents) {
      int from = accept4(listener, NULL, NULL, SOCK_CLOEXEC), to = from < 0 ? -1 : connect_proxy(path);
      char *room[2] = {malloc(65536), malloc(65536)};
      if (to < 0 || !room[0] || !room[1]) {
        if (from >= 0) close(from);
        if (to >= 0) close(to);
        free(room[0]), free(room[1]);
        continue;
      }
      c[free_place] = (struct connection){{from, to, 0, 0, 0, room[0]}, {to, from, 0, 0, 0, room[1]}};
    }
  }
}

struct relay { int meeting; };

/* Started before the namespaces are entered, so that it is in nobody's view. */
static struct relay start_relay(const char *socket_path) {
  int meeting[2], path = open(socket_path, O_PATH | O_CLOEXEC);
  if (path < 0) fail(socket_path);
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, meeting)) fail("socketpair");
  pid_t pid = fork();
  if (pid < 0) fail("fork");
  if (!pid) {
    int spaces[2], listener;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    close(meeting[0]), close(server_fd);
    if (receive_fds(meeting[1], spaces, 2)) _exit(1);
    if (setns(spaces[0], CLONE_NEWUSER) || setns(spaces[1], CLONE_NEWNET)) fail("enter the network of the sandbox");
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* entering namespaces may have cleared it */
    if ((listener = listen_on_loopback()) < 0) fail("listen on the loopback of the sandbox");
    if (write(meeting[1], "r", 1) != 1) _exit(1);
    close(meeting[1]);
    relay(listener, path);
  }
  close(path), close(meeting[1]);
  return (struct relay){meeting[0]};
}

/* In the new namespaces: waits until the relay listens there. */
static void finish_relay(struct relay r) {
  char byte;
  int spaces[2] = {open("/proc/self/ns/user", O_RDONLY | O_CLOEXEC), open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC)};
  if (send_fds(r.meeting, spaces, 2) || read(r.meeting, &byte, 1) != 1) { errno = ECHILD; fail("the relay did not start"); }
  close(spaces[0]), close(spaces[1]), close(r.meeting);
}

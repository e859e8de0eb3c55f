/* Bytes in and out, growing buffers, the clock. */

static uint64_t now_us(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void (*before_failing)(void);

static void refuse(const char *why) {
  fprintf(stderr, "warden: %s\n", why);
  if (before_failing) before_failing();
  _exit(71);
}

static void fail(const char *what) {
  char why[512];
  snprintf(why, sizeof why, "%s: %s", what, strerror(errno));
  refuse(why);
}

static int read_full(int fd, void *to, size_t size) {
  for (size_t have = 0; have < size;) {
    ssize_t n = read(fd, (char *)to + have, size - have);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return -1;
    have += n;
  }
  return 0;
}

static int write_full(int fd, const void *from, size_t size) {
  for (size_t done = 0; done < size;) {
    ssize_t n = write(fd, (const char *)from + done, size - done);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return -1;
    done += n;
  }
  return 0;
}

static int send_with_fds(int to, const void *data, size_t size, const int *fds, int count) {
  struct iovec io = {(void *)data, size};
  union { char room[CMSG_SPACE(16 * sizeof(int))]; struct cmsghdr align; } control;
  struct msghdr m = {.msg_iov = &io, .msg_iovlen = 1, .msg_control = control.room, .msg_controllen = CMSG_SPACE(count * sizeof(int))};
  struct cmsghdr *c = CMSG_FIRSTHDR(&m);
  c->cmsg_level = SOL_SOCKET, c->cmsg_type = SCM_RIGHTS, c->cmsg_len = CMSG_LEN(count * sizeof(int));
  memcpy(CMSG_DATA(c), fds, count * sizeof(int));
  return sendmsg(to, &m, MSG_NOSIGNAL) == (ssize_t)size ? 0 : -1;
}

struct buffer { char *data; size_t size, room; };

static void append(struct buffer *b, const void *data, size_t size) {
  if (b->size + size > b->room) {
    b->room = (b->size + size) * 2 + 1024;
    b->data = realloc(b->data, b->room);
    if (!b->data) fail("out of memory");
  }
  memcpy(b->data + b->size, data, size);
  b->size += size;
}

static void release(struct buffer *b) { /* keep small buffers, give big ones back */
  b->size = 0;
  if (b->room > 1 << 20) { free(b->data); b->data = NULL; b->room = 0; }
}

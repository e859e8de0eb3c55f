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

/*
 * Children are forks of the server, so they would inherit what earlier jobs sent and said, and the tests of a suite. The
 * memory of a buffer is therefore not passed on, unless it is shown for one fork.
 */
struct buffer { char *data; size_t size, room; };

static void show(const struct buffer *b, int shown) {
  if (b->data && madvise(b->data, b->room, shown ? MADV_DOFORK : MADV_DONTFORK)) fail("madvise");
}

static void make_room(struct buffer *b, size_t size) {
  if (size <= b->room) return;
  size_t room = (size + 65535) & ~(size_t)4095;
  void *data = b->data ? mremap(b->data, b->room, room, MREMAP_MAYMOVE) : mmap(NULL, room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (data == MAP_FAILED) fail("out of memory");
  b->data = data, b->room = room;
  show(b, 0);
}

static void append(struct buffer *b, const void *data, size_t size) {
  if (b->size + size > b->room) make_room(b, (b->size + size) * 2);
  if (size) memcpy(b->data + b->size, data, size);
  b->size += size;
}

static void drop(struct buffer *b) {
  if (b->data) munmap(b->data, b->room);
  *b = (struct buffer){0};
}

static void release(struct buffer *b) { /* keep small buffers, give big ones back */
  b->size = 0;
  if (b->room > 1 << 20) drop(b);
}

/* Where the server reads to from jobs: not on its stack, which children inherit too. */
#define SCRATCH (1u << 20)
static char *scratch(void) {
  static struct buffer room;
  make_room(&room, SCRATCH);
  return room.data;
}

/* The next frame. What the last one left is wiped, because this buffer is the one that children are shown. */
static void receive(int fd, struct buffer *frame) {
  uint32_t size;
  if (frame->data) memset(frame->data, 0, frame->size);
  release(frame);
  if (read_full(fd, &size, 4)) _exit(0);
  if (size > MAX_FRAME) _exit(72);
  make_room(frame, size);
  show(frame, 1);
  if (read_full(fd, frame->data, size)) _exit(0);
  frame->size = size;
}

static int parse(struct buffer *frame, struct request *q, struct job *j) {
  if (frame->size < sizeof *q) return -1;
  memcpy(q, frame->data, sizeof *q);
  if (q->blobs > MAX_BLOBS) return -1;
  size_t at = sizeof *q;
  for (uint32_t i = 0; i < q->blobs; i++) {
    uint32_t size;
    if (frame->size - at < 4) return -1;
    memcpy(&size, frame->data + at, 4);
    at += 4;
    if (frame->size - at < size) return -1;
    j->blob[i] = (struct blob){frame->data + at, size};
    at += size;
  }
  j->blobs = q->blobs;
  return 0;
}

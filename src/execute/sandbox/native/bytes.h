/* Bytes in and out, growing buffers, the clock. */

static uint64_t now_us(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void fail(const char *what) {
  fprintf(stderr, "warden: %s: %s\n", what, strerror(errno));
  _exit(71);
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

/*
 * The descriptors of a warm interpreter beyond its standard streams, made anew in each child under the same numbers.
 * Two processes that share an epoll or a pipe wake and starve each other; and a number that was merely closed would
 * next be a file of the program, into which the interpreter's event loop writes.
 *
 * Knows what event loops hold: epoll, eventfd, timers, pipes of which both ends are here, and files that can be opened again.
 * An interpreter that holds anything else is not kept warm.
 */

#define MAX_DESCRIPTORS 64
#define MAX_WATCHED 16
#define MAX_IN_PIPE 4096

enum kind { EVENT_COUNTER, EVENT_POLL, TIMER, PIPE_OUT_OF, PIPE_INTO, OPENED };

struct descriptor {
  int fd, flags;
  enum kind kind;
  unsigned long pipe;       /* its inode: the same at both ends */
  uint64_t count;           /* of a counter, or the position in a file */
  int clock;
  struct itimerspec time;   /* of a timer: what is left of it */
  char *path, *content;
  ssize_t size;
  int watched_count;
  struct { int fd; struct epoll_event event; } watched[MAX_WATCHED];
};

static struct descriptor descriptors[MAX_DESCRIPTORS];
static int descriptor_count;

static int read_details(struct descriptor *d) {
  char path[64], line[512];
  snprintf(path, sizeof path, "/proc/self/fdinfo/%d", d->fd);
  FILE *in = fopen(path, "r");
  if (!in) return -1;
  while (fgets(line, sizeof line, in)) {
    unsigned flags, events;
    unsigned long long number;
    int fd;
    if (sscanf(line, "flags: %o", &flags) == 1) d->flags = flags;
    if (sscanf(line, "pos: %llu", &number) == 1) d->count = number;
    if (sscanf(line, "eventfd-count: %llx", &number) == 1) d->count = number;
    sscanf(line, "clockid: %d", &d->clock);
    sscanf(line, "it_value: (%ld, %ld)", &d->time.it_value.tv_sec, &d->time.it_value.tv_nsec);
    sscanf(line, "it_interval: (%ld, %ld)", &d->time.it_interval.tv_sec, &d->time.it_interval.tv_nsec);
    if (sscanf(line, "tfd: %d events: %x data: %llx", &fd, &events, &number) != 3) continue;
    if (d->watched_count == MAX_WATCHED) { fclose(in); return -1; }
    d->watched[d->watched_count].fd = fd;
    d->watched[d->watched_count++].event = (struct epoll_event){.events = events, .data.u64 = number};
  }
  fclose(in);
  return 0;
}

/* What waits in a pipe stays there: it is copied through another pipe. */
static int read_content(struct descriptor *d) {
  int waiting = 0, aside[2];
  if (ioctl(d->fd, FIONREAD, &waiting) || waiting > MAX_IN_PIPE) return -1;
  if (!waiting) return 0;
  if (pipe2(aside, O_CLOEXEC)) return -1;
  d->content = malloc(waiting);
  d->size = waiting;
  int whole = d->content && tee(d->fd, aside[1], waiting, SPLICE_F_NONBLOCK) == waiting && !read_full(aside[0], d->content, waiting);
  close(aside[0]), close(aside[1]);
  return whole ? 0 : -1;
}

static int note_descriptor(struct descriptor *d) {
  char path[64], target[KEEP_SMALL];
  struct stat s;
  snprintf(path, sizeof path, "/proc/self/fd/%d", d->fd);
  ssize_t n = readlink(path, target, sizeof target - 1);
  if (n < 0 || fstat(d->fd, &s) || read_details(d)) return -1;
  target[n] = 0;
  if (!strcmp(target, "anon_inode:[eventfd]")) d->kind = EVENT_COUNTER;
  else if (!strcmp(target, "anon_inode:[eventpoll]")) d->kind = EVENT_POLL;
  else if (!strcmp(target, "anon_inode:[timerfd]")) d->kind = TIMER;
  else if (sscanf(target, "pipe:[%lu]", &d->pipe) == 1) {
    d->kind = (d->flags & O_ACCMODE) == O_WRONLY ? PIPE_INTO : PIPE_OUT_OF;
    if (d->kind == PIPE_OUT_OF) return read_content(d);
  } else if (*target == '/' && (S_ISREG(s.st_mode) || S_ISCHR(s.st_mode))) {
    d->kind = OPENED;
    d->path = strdup(target);
    if (!d->path) return -1;
    if (!strncmp(target, "/tmp/work/", 10)) d->count = 0; /* the program, of which nothing was read yet */
  } else {
    fprintf(stderr, "warden: descriptor %d of the interpreter cannot be made again: %s\n", d->fd, target);
    return -1;
  }
  return 0;
}

static struct descriptor *other_end(const struct descriptor *d) {
  struct descriptor *found = NULL;
  for (int i = 0; i < descriptor_count; i++) {
    struct descriptor *e = &descriptors[i];
    if (e == d || e->pipe != d->pipe || (e->kind != PIPE_INTO && e->kind != PIPE_OUT_OF)) continue;
    if (found || e->kind == d->kind) return NULL; /* an end held twice */
    found = e;
  }
  return found;
}

static int by_descriptor(const void *a, const void *b) { return ((const struct descriptor *)a)->fd - ((const struct descriptor *)b)->fd; }

static int note_descriptors(void) {
  DIR *folder = opendir("/proc/self/fd");
  if (!folder) return -1;
  int result = 0;
  for (struct dirent *e; !result && (e = readdir(folder));) {
    int fd = atoi(e->d_name);
    if (fd < 3 || fd == dirfd(folder) || fd >= server_fd) continue; /* from there on they are the warden's (setup.h) */
    if (descriptor_count == MAX_DESCRIPTORS) result = -1;
    else {
      descriptors[descriptor_count].fd = fd;
      result = note_descriptor(&descriptors[descriptor_count++]);
    }
  }
  closedir(folder);
  qsort(descriptors, descriptor_count, sizeof *descriptors, by_descriptor);
  for (int i = 0; i < descriptor_count; i++)
    if ((descriptors[i].kind == PIPE_INTO || descriptors[i].kind == PIPE_OUT_OF) && !other_end(&descriptors[i])) result = -1;
  return result;
}

static void put(int made, const struct descriptor *d) {
  if (made < 0) fail("make a descriptor of the interpreter");
  if (made == d->fd) return;
  if (dup3(made, d->fd, d->flags & O_CLOEXEC) < 0) fail("number a descriptor of the interpreter");
  close(made);
}

static void make_pipe_again(const struct descriptor *out) {
  const struct descriptor *into = other_end(out);
  int ends[2], away;
  if (pipe2(ends, out->flags & (O_CLOEXEC | O_NONBLOCK))) fail("make a pipe of the interpreter");
  if (ends[1] == out->fd) { /* the first end must not land on it */
    if ((away = fcntl(ends[1], F_DUPFD_CLOEXEC, out->fd + 1)) < 0) fail("make a pipe of the interpreter");
    ends[1] = away;
  }
  put(ends[0], out);
  put(ends[1], into);
  if (out->size && write_full(into->fd, out->content, out->size)) fail("fill a pipe of the interpreter");
}

/* In a child that has nothing but its standard streams. */
static void make_descriptors(void) {
  for (int i = 0; i < descriptor_count; i++) {
    const struct descriptor *d = &descriptors[i];
    if (d->kind == EVENT_COUNTER) put(eventfd(d->count, d->flags & (O_CLOEXEC | O_NONBLOCK)), d);
    if (d->kind == EVENT_POLL) put(epoll_create1(d->flags & O_CLOEXEC), d);
    if (d->kind == TIMER) {
      put(timerfd_create(d->clock, d->flags & (O_CLOEXEC | O_NONBLOCK)), d);
      if (timerfd_settime(d->fd, 0, &d->time, NULL)) fail("set a timer of the interpreter");
    }
    if (d->kind == PIPE_OUT_OF) make_pipe_again(d);
    if (d->kind == OPENED) {
      put(open(d->path, d->flags & ~(O_CREAT | O_EXCL | O_TRUNC)), d);
      if (d->count && lseek(d->fd, d->count, SEEK_SET) < 0) fail("open a file of the interpreter");
    }
  }
  for (int i = 0; i < descriptor_count; i++)
    for (int j = 0; j < descriptors[i].watched_count; j++) {
      struct epoll_event event = descriptors[i].watched[j].event;
      if (epoll_ctl(descriptors[i].fd, EPOLL_CTL_ADD, descriptors[i].watched[j].fd, &event)) fail("watch a descriptor of the interpreter");
    }
}

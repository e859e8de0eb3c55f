/* The server: watches one job at a time, bounds it, and reports. */

struct usage { uint64_t cpu_us, bytes; };

/* Memory in the buffers of sockets belongs to no process: what the sockets of our network namespace can hold at most. */
static uint64_t socket_bytes(void) {
  const uint64_t few = 32, most = 320 << 10; /* SO_SNDBUF is refused (filter.h), so a buffer stays at about 208 KiB */
  char line[64];
  int fd = open("/proc/self/net/sockstat", O_RDONLY | O_CLOEXEC);
  if (fd < 0) return 0;
  ssize_t n = read(fd, line, sizeof line - 1);
  close(fd);
  line[n > 0 ? n : 0] = 0;
  unsigned long used = 0;
  if (sscanf(line, "sockets: used %lu", &used) != 1 || used <= few) return 0;
  return (used - few) * most;
}

/* Page tables of a process, which its resident memory does not show. */
static uint64_t table_bytes(int pid) {
  char path[64], text[2048];
  snprintf(path, sizeof path, "/proc/%d/status", pid);
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return 0;
  ssize_t n = read(fd, text, sizeof text - 1);
  close(fd);
  text[n > 0 ? n : 0] = 0;
  char *line = strstr(text, "VmPTE:");
  return line ? strtoull(line + 6, NULL, 10) << 10 : 0;
}

/* CPU and memory of everything here but the server and the examiner. Only for jobs that take a while. */
static struct usage watch(pid_t init) {
  struct usage total = {0, socket_bytes()};
  DIR *d = opendir("/proc");
  if (!d) return total;
  static long page, tick;
  if (!page) page = sysconf(_SC_PAGESIZE), tick = sysconf(_SC_CLK_TCK);
  for (struct dirent *e; (e = readdir(d));) {
    int pid = atoi(e->d_name);
    if (pid <= 0 || pid == getpid() || pid == examiner.pid || pid == examiner.init) continue;
    char path[64], line[1024];
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) continue;
    ssize_t n = read(fd, line, sizeof line - 1);
    close(fd);
    if (n <= 0) continue;
    line[n] = 0;
    char *p = strrchr(line, ')');
    if (!p) continue;
    unsigned long utime, stime, size;
    long cutime, cstime, rss;
    if (sscanf(p + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu %ld %ld %*d %*d %*d %*d %*u %lu %ld", &utime, &stime, &cutime, &cstime, &size, &rss) != 6) continue;
    total.cpu_us += (utime + stime + cutime + cstime) * (1000000 / tick);
    if (pid != init) total.bytes += (uint64_t)rss * page; /* its memory is ours */
    if (size > 16ul << 30) total.bytes += table_bytes(pid); /* only those without a limit of their address space */
  }
  closedir(d);
  return total;
}

/*
 * What a job uses now; `most` keeps the highest that was ever seen. The time of children that ended while their parent
 * ignored SIGCHLD is in nobody's account: it is not seen here.
 */
static struct usage observe(struct usage *most, const struct child *c) {
  struct usage u = watch(c->init);
  uint64_t own = cpu_of(c->pid) / 1000;
  if (own > u.cpu_us) u.cpu_us = own;
  if (u.cpu_us > most->cpu_us) most->cpu_us = u.cpu_us;
  if (u.bytes > most->bytes) most->bytes = u.bytes;
  return u;
}

static struct buffer out, err, report;

/* Reads what is there; returns 0 at the end of the stream. */
static int drain(int fd, struct buffer *to, size_t *budget, int *over) {
  char part[65536];
  for (;;) {
    ssize_t n = read(fd, part, sizeof part);
    if (n > 0) {
      size_t keep = (size_t)n < *budget ? (size_t)n : *budget;
      append(to, part, keep);
      *budget -= keep;
      if (keep < (size_t)n) { *over = 1; return 1; }
      if ((size_t)n < sizeof part) return 1;
      continue;
    }
    if (n < 0 && errno == EINTR) continue;
    return n < 0 && errno == EAGAIN;
  }
}

static void send_reply(const struct request *q, int reason, int status, const struct rusage *usage, uint64_t wall, struct buffer **blobs, uint32_t n) {
  static struct buffer frame;
  struct reply r = {.id = q->id, .reason = reason, .exit_code = -1, .blobs = n, .wall_us = wall};
  if (WIFEXITED(status)) r.exit_code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) r.signal = WTERMSIG(status);
  r.cpu_us = (uint64_t)(usage->ru_utime.tv_sec + usage->ru_stime.tv_sec) * 1000000 + usage->ru_utime.tv_usec + usage->ru_stime.tv_usec;
  r.peak_bytes = (uint64_t)usage->ru_maxrss * 1024;
  append(&frame, &r, sizeof r);
  for (uint32_t i = 0; i < n; i++) {
    uint32_t size = blobs[i]->size;
    append(&frame, &size, 4);
    append(&frame, blobs[i]->data, size);
  }
  ((struct reply *)frame.data)->size = frame.size - 4;
  if (write_full(server_fd, frame.data, frame.size)) _exit(0);
  release(&frame);
}

static void make_pipe(int p[2], int end_kept) {
  if (pipe2(p, O_CLOEXEC)) fail("pipe");
  fchmod(p[0], 0666); /* or a job under another uid could not open /dev/stdout */
  fcntl(p[end_kept], F_SETFL, O_NONBLOCK);
}

/* Runs one job to its end. Returns 1 when done, 0 in a child that is to be the job. */
static int serve_job(const struct request *q) {
  int judging = q->type == JOB_JUDGE, collecting = q->flags & FLAG_COLLECT;
  static struct rusage none;
  struct buffer *blobs[3] = {&out, &err, &report};
  release(&out), release(&err), release(&report);
  uint64_t began = now_us();

  if (judging && !examiner.init) {
    if (!suite.size) { send_reply(q, NOT_STARTED, 0, &none, 0, blobs, 3); return 1; }
    struct job candidate = current;
    int side = start_examiner();
    if (!side) return 0;
    current = candidate;
    if (side < 0) { send_reply(q, NOT_STARTED, 0, &none, 0, blobs, 3); return 1; }
  }

  int status = 0, reason = BY_ITSELF, respawn = 0, over = 0;
  struct rusage usage, total = none;
  struct usage most = {0, 0};
  size_t budget = q->output_bytes;
  uint64_t wall_end = began + q->wall_ms * 1000ull;
  int first = 1;

again:;
  int pin[2] = {-1, -1}, pout[2], perr[2], channel[2] = {-1, -1};
  const struct blob *in = q->type == JOB_RUN ? &current.blob[2] : NULL;
  uint32_t sent = 0;
  if (in && in->size) make_pipe(pin, 1);
  else pin[0] = open("/dev/null", O_RDONLY | O_CLOEXEC);
  make_pipe(pout, 0), make_pipe(perr, 0);
  if (judging || collecting) {
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, channel)) fail("socketpair");
  }
  static struct child c;
  current.role = judging ? ROLE_CANDIDATE : ROLE_RUN;
  int side = start(&c, q, (streams){pin[0], pout[1], perr[1], channel[1], -1});
  if (!side) {
    if (q->type == JOB_PROBE) probe_job();
    if (collecting) collect_job(&current);
    if (!(q->flags & FLAG_WARM)) exec_job(&current);
    if (!judging) write_files(&current, 4);
    return 0;
  }
  close(pin[0]), close(pout[1]), close(perr[1]);
  if (channel[1] >= 0) close(channel[1]);
  if (side < 0) {
    close(pout[0]), close(perr[0]);
    if (pin[1] >= 0) close(pin[1]);
    if (channel[0] >= 0) close(channel[0]);
    send_reply(q, NOT_STARTED, 0, &none, now_us() - began, blobs, 3);
    return 1;
  }
  if (judging) {
    if (send_with_fd(examiner_fd, first ? "J" : "R", 1, channel[0])) reason = EXAMINER_DIED;
    close(channel[0]);
    channel[0] = -1;
  } else if (collecting) fcntl(channel[0], F_SETFL, O_NONBLOCK);
  first = 0;

  uint64_t next_watch = now_us() + 20000;
  size_t report_budget = MAX_FRAME / 2;
  for (int done = reason != BY_ITSELF; !done;) {
    uint64_t now = now_us();
    if (now >= wall_end) { reason = BY_WALL; break; }
    if (now >= next_watch) {
      struct usage u = observe(&most, &c);
      if (!judging && u.cpu_us > q->cpu_ms * 1000ull) { reason = BY_CPU; break; }
      if (judging && u.cpu_us + (uint64_t)total.ru_utime.tv_sec * 1000000 > q->cpu_ms * 1000ull) { reason = BY_CPU; break; }
      if (u.bytes > ((uint64_t)q->memory_mb + 64) << 20) { reason = BY_MEMORY; break; }
      next_watch = now + 30000;
    }
    uint64_t until = next_watch < wall_end ? next_watch : wall_end;
    struct timespec wait = {(until - now) / 1000000, (until - now) % 1000000 * 1000};
    struct pollfd p[6] = {{c.pidfd, POLLIN, 0}, {pout[0], POLLIN, 0}, {perr[0], POLLIN, 0}, {pin[1], POLLOUT, 0},
                          {judging ? examiner_fd : -1, POLLIN, 0}, {collecting ? channel[0] : -1, POLLIN, 0}};
    if (ppoll(p, 6, &wait, NULL) < 0 && errno != EINTR) fail("poll");
    if (p[1].revents && !drain(pout[0], &out, &budget, &over)) { close(pout[0]); pout[0] = -1; }
    if (p[2].revents && !drain(perr[0], &err, &budget, &over)) { close(perr[0]); perr[0] = -1; }
    if (p[5].revents && !drain(channel[0], &report, &report_budget, &over)) { close(channel[0]); channel[0] = -1; }
    if (over) { reason = BY_OUTPUT; break; }
    if (p[3].revents) {
      ssize_t n = write(pin[1], in->data + sent, in->size - sent);
      if (n > 0) sent += n;
      if (sent == in->size || (n < 0 && errno != EAGAIN && errno != EINTR)) { close(pin[1]); pin[1] = -1; }
    }
    if (p[4].revents) {
      static char message[1 << 20];
      ssize_t n = recv(examiner_fd, message, sizeof message, 0);
      if (n <= 0) { reason = EXAMINER_DIED; break; }
      if (message[0] == 'V') { append(&report, message + 1, n - 1); reason = BY_REPORT; break; }
      if (message[0] == 'P') { append(&report, message + 1, n - 1); continue; } /* part of a long report */
      if (message[0] == 'c') { /* the examiner is waiting: how much CPU has the candidate used? */
        uint64_t cpu = cpu_of(c.pid);
        if (send(examiner_fd, &cpu, sizeof cpu, MSG_NOSIGNAL) < 0) { reason = EXAMINER_DIED; break; }
        continue;
      }
      if (message[0] == 'r') { respawn = 1; break; } /* a fresh process of the same candidate, please */
    }
    /* A candidate's own end is the examiner's to report: it sees the channel close. */
    if (p[0].revents && !judging) done = 1;
    if (p[0].revents && judging) { /* stop polling the dead; give the examiner time to speak, within the wall limit */
      close(c.pidfd);
      c.pidfd = -1;
    }
  }
  if (c.pidfd < 0) c.pidfd = open("/dev/null", O_RDONLY | O_CLOEXEC);
  int killed = reason != BY_ITSELF || respawn;
  if (!judging && now_us() - began > 20000) observe(&most, &c);
  finish(&c, &status, &usage);
  timeradd(&total.ru_utime, &usage.ru_utime, &total.ru_utime);
  timeradd(&total.ru_stime, &usage.ru_stime, &total.ru_stime);
  if (usage.ru_maxrss > total.ru_maxrss) total.ru_maxrss = usage.ru_maxrss;
  if (reason == BY_MEMORY && most.bytes / 1024 > (uint64_t)total.ru_maxrss) total.ru_maxrss = most.bytes / 1024;
  if (pout[0] >= 0) { drain(pout[0], &out, &budget, &over); close(pout[0]); }
  if (perr[0] >= 0) { drain(perr[0], &err, &budget, &over); close(perr[0]); }
  if (collecting && channel[0] >= 0) { drain(channel[0], &report, &report_budget, &over); close(channel[0]); }
  if (pin[1] >= 0) close(pin[1]);
  if (over && !killed) reason = BY_OUTPUT;
  if (!*inside) reason = NOT_STARTED;
  if (respawn) { respawn = 0; goto again; }
  /* Whatever interrupted the examiner in the middle of a candidate: the next one gets a fresh examiner. */
  if (judging && reason != BY_REPORT) end_examiner();
  /* Children nobody waited for are seen only while they live. */
  struct timeval seen = {most.cpu_us / 1000000, most.cpu_us % 1000000}, measured;
  timeradd(&total.ru_utime, &total.ru_stime, &measured);
  if (!judging && timercmp(&seen, &measured, >)) total.ru_utime = seen, timerclear(&total.ru_stime);
  send_reply(q, reason, status, &total, now_us() - began, blobs, 3);
  return 1;
}

static int serve_sessions(struct request *first);

/*
 * The server: reads jobs from fd 3 until it closes. Returns only in children of a warm interpreter; the role and the
 * blobs are in *job then. `serving`: 1 if a range of uids is mapped, 2 if jobs may reach the relay.
 */
int cupel_serve(int serving, struct job **job) {
  static struct buffer frame;
  has_uid_range = serving & 1;
  networked |= serving >> 1 & 1;
  signal(SIGPIPE, SIG_IGN);
  own_pidns = open("/proc/self/ns/pid", O_RDONLY | O_CLOEXEC);
  if (own_pidns < 0) fail("open pid namespace");
  inside = mmap(NULL, sizeof *inside, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (inside == MAP_FAILED) fail("mmap");
  prctl(PR_SET_DUMPABLE, 0);
  build_filter(0);
  /* children get an empty bounding set from us: nothing here ever executes another program */
  for (int cap = 0; cap < 64; cap++)
    if (prctl(PR_CAPBSET_DROP, cap, 0, 0, 0) && errno == EINVAL) break;
  mapped_before = address_space();
  *job = &current;
  for (;;) {
    uint32_t size;
    struct request q;
    if (read_full(server_fd, &size, 4)) _exit(0);
    if (size > MAX_FRAME) _exit(72);
    frame.size = 0;
    if (frame.room < size) {
      free(frame.data);
      frame.data = malloc(frame.room = size + 4096);
      if (!frame.data) fail("out of memory");
    }
    if (read_full(server_fd, frame.data, size)) _exit(0);
    frame.size = size;
    if (parse(&frame, &q, &current)) _exit(72);
    if (q.type == JOB_SUITE) {
      end_examiner();
      suite.size = 0;
      append(&suite, frame.data, frame.size);
      continue;
    }
    if (!(q.type == JOB_OPEN ? serve_sessions(&q) : serve_job(&q))) {
      signal(SIGPIPE, SIG_DFL);
      return current.role;
    }
    if (frame.room > 16 << 20) release(&frame);
  }
}

/* The server: watches one job at a time, bounds it, and reports. */

static struct buffer out, err, report;
static int child_ends = -1; /* tier B': tells when there may be an orphan to take in */

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

static void send_reply(const struct request *q, int reason, int status, const struct measured *used, uint64_t wall, struct buffer **blobs, uint32_t n) {
  static struct buffer frame;
  struct reply r = {.id = q->id, .reason = reason, .exit_code = -1, .blobs = n, .wall_us = wall};
  if (WIFEXITED(status)) r.exit_code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) r.signal = WTERMSIG(status);
  r.cpu_us = used->cpu_us;
  r.peak_bytes = used->peak_bytes;
  r.over_memory = used->over_memory;
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
  fcntl(p[end_kept], F_SETFL, O_NONBLOCK);
}

/* Runs one job to its end. Returns 1 when done, 0 in a child that is to be the job. */
static int serve_job(const struct request *q) {
  int judging = q->type == JOB_JUDGE, collecting = q->flags & FLAG_COLLECT;
  static const struct measured none;
  struct buffer *blobs[3] = {&out, &err, &report};
  release(&out), release(&err), release(&report);
  uint64_t began = now_us();

  if (judging && !examiner.pid) {
    if (!suite.size) { send_reply(q, NOT_STARTED, 0, &none, 0, blobs, 3); return 1; }
    struct job candidate = current;
    int side = start_examiner();
    if (!side) return 0;
    current = candidate;
    if (side < 0) { send_reply(q, NOT_STARTED, 0, &none, 0, blobs, 3); return 1; }
  }

  int status = 0, reason = BY_ITSELF, respawn = 0, over = 0;
  struct measured total = none;
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
  current.role = judging ? ROLE_CANDIDATE : ROLE_RUN;
  start_meter(&running.meter, q, examiner.pid);
  int side = start(&running, q, pin[0], pout[1], perr[1], channel[1]);
  if (!side) {
    if (q->type == JOB_PROBE) probe_job(q);
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
    if (send_with_fds(examiner_fd, first ? "J" : "R", 1, &channel[0], 1)) reason = EXAMINER_DIED;
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
      if ((reason = over_a_limit(q, total.cpu_us, judging)) != BY_ITSELF) break;
      next_watch = now + 30000;
    }
    uint64_t until = next_watch < wall_end ? next_watch : wall_end;
    struct timespec wait = {(until - now) / 1000000, (until - now) % 1000000 * 1000};
    struct pollfd p[7] = {{running.pidfd, POLLIN, 0}, {pout[0], POLLIN, 0}, {perr[0], POLLIN, 0}, {pin[1], POLLOUT, 0},
                          {judging ? examiner_fd : -1, POLLIN, 0}, {collecting ? channel[0] : -1, POLLIN, 0}, {child_ends, POLLIN, 0}};
    if (ppoll(p, 7, &wait, NULL) < 0 && errno != EINTR) fail("poll");
    if (p[6].revents) {
      struct signalfd_siginfo info;
      if (read(child_ends, &info, sizeof info) < 0) {}
      reap_orphans(&running);
    }
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
        uint64_t cpu = used_cpu_ns();
        if (send(examiner_fd, &cpu, sizeof cpu, MSG_NOSIGNAL) < 0) { reason = EXAMINER_DIED; break; }
        continue;
      }
      if (message[0] == 'r') { respawn = 1; break; } /* a fresh process of the same candidate, please */
    }
    /* A candidate's own end is the examiner's to report: it sees the channel close. */
    if (p[0].revents && !judging) done = 1;
    if (p[0].revents && judging) { /* stop polling the dead; give the examiner time to speak, within the wall limit */
      close(running.pidfd);
      running.pidfd = -1;
    }
  }
  int killed = reason != BY_ITSELF || respawn;
  struct measured used = end_running(q, &status, now_us() - began > 20000);
  total.cpu_us += used.cpu_us;
  if (used.peak_bytes > total.peak_bytes) total.peak_bytes = used.peak_bytes;
  total.over_memory |= used.over_memory;
  if (pout[0] >= 0) { drain(pout[0], &out, &budget, &over); close(pout[0]); }
  if (perr[0] >= 0) { drain(perr[0], &err, &budget, &over); close(perr[0]); }
  if (collecting && channel[0] >= 0) { drain(channel[0], &report, &report_budget, &over); close(channel[0]); }
  if (pin[1] >= 0) close(pin[1]);
  if (over && !killed) reason = BY_OUTPUT;
  if (used.machine_out_of_memory) reason = MACHINE_OUT_OF_MEMORY;
  if (!*inside) reason = NOT_STARTED;
  if (respawn) { respawn = 0; goto again; }
  /* Whatever interrupted the examiner in the middle of a candidate: the next one gets a fresh examiner. */
  if (judging && reason != BY_REPORT) end_examiner();
  send_reply(q, reason, status, &total, now_us() - began, blobs, 3);
  return 1;
}

/*
 * The server: reads jobs from fd 3 until it closes. Returns only in children of a warm interpreter; the role and the
 * blobs are in *job then.
 */
int cupel_serve(struct job **job) {
  static struct buffer frame;
  if (pread(SETUP_FD, &setup, sizeof setup, 0) != sizeof setup) fail("setup");
  signal(SIGPIPE, SIG_IGN);
  signal(SIGCHLD, SIG_DFL); /* ignored, it would take the accounts of the children with it */
  own_pidns = open("/proc/self/ns/pid", O_RDONLY | O_CLOEXEC);
  if (own_pidns < 0) fail("open pid namespace");
  inside = mmap(NULL, sizeof *inside, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (inside == MAP_FAILED) fail("mmap");
  prctl(PR_SET_DUMPABLE, 0);
  build_filter();
  /* children get an empty bounding set from us: nothing here ever executes another program */
  for (int cap = 0; cap < 64; cap++)
    if (prctl(PR_CAPBSET_DROP, cap, 0, 0, 0) && errno == EINVAL) break;
  if (setup.tier == TIER_CONFINED) {
    sigset_t ended;
    sigemptyset(&ended);
    sigaddset(&ended, SIGCHLD);
    sigprocmask(SIG_BLOCK, &ended, NULL);
    child_ends = signalfd(-1, &ended, SFD_CLOEXEC | SFD_NONBLOCK);
    if (child_ends < 0 || prctl(PR_SET_CHILD_SUBREAPER, 1)) fail("orphans");
  }
  if (setup.resident) join(JOIN_MEMORY);
  open_cpu_counter();
  mapped_before = address_space();
  own_pages = anonymous_pages(getpid());
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
    if (!serve_job(&q)) {
      signal(SIGPIPE, SIG_DFL);
      return current.role;
    }
    if (frame.room > 16 << 20) release(&frame);
  }
}

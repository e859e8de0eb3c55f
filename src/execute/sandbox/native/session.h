/*
 * The session server: one stateful interpreter and its branches, each in its own sandbox, all watched by one loop.
 *
 *   turn       a message for the driver in the session, which answers when it is done; limited in CPU, wall clock and
 *              output. Whoever goes over is interrupted, and ended if that does not help within two seconds.
 *   files      done by a process that steps into the session's mount namespace and gives up its rights before it touches
 *              a path, so no driver has to be trusted with it and a busy or broken session can still be read.
 *   branch     branch.h
 *
 * What a driver answers is only ever data for the user; what ended a turn is seen from here.
 */

struct session {
  struct session *next, *parent;
  uint32_t id;
  int children;                 /* branches that live */
  int closing;                  /* ended, but its pid namespace holds branches that live */
  struct child child;           /* of a branch, only `init`, `pid` and `pidfd` */
  ino_t pids;                   /* its pid namespace */
  int mounts, user;             /* its mount and user namespace */
  uid_t uid;
  uint32_t memory_mb, disk_mb;
  int out, err, request, answer, control;
  struct buffer stdout, stderr, answered, pending;
  size_t budget, sent;
  int over;
  /* the turn */
  int active;
  struct request turn;
  int reason;                   /* why it was interrupted */
  uint64_t began, interrupted, asked; /* asked to stop, at first and again */
  uint64_t cpu, cpu_before, bytes, peak; /* as last seen; before the turn; now; most in the turn */
};

static struct session *sessions;
static uint64_t last_look;

/* Sessions that ended while nobody waited: the next turn learns it. */
static struct ended { struct ended *next; uint32_t id; int reason, status; } *ended;

#define IDLE_OUTPUT (1u << 20) /* what a session may print between turns */
#define GRACE_US 2000000
#define MAX_ANSWER (32u << 20)

static void shut(int *fd) { if (*fd >= 0) close(*fd); *fd = -1; }

/* ── what the sessions use ── */

static struct session *session_of_namespace(pid_t pid) {
  struct stat s;
  int fd = open_proc(pid, "ns/pid", O_RDONLY);
  struct session *found = NULL;
  while (fd >= 0 && !fstat(fd, &s)) { /* a namespace that hostile code made belongs to the session it is in */
    for (found = sessions; found && found->pids != s.st_ino; found = found->next) {}
    if (found) break;
    int up = ioctl(fd, 0xb702 /* NS_GET_PARENT */);
    close(fd);
    fd = up;
  }
  if (fd >= 0) close(fd);
  return found;
}

/* Adds up CPU and resident memory of all processes by session; `kill_for` also ends the processes of that one. */
static int look(struct session *kill_for) {
  int killed = 0;
  uint64_t now = now_us();
  if (!kill_for) {
    last_look = now;
    for (struct session *s = sessions; s; s = s->next) s->bytes = 0;
  }
  static uint64_t cpu[4096];
  struct session *order[4096];
  int count = 0;
  for (struct session *s = sessions; s && count < 4096; s = s->next) order[count] = s, cpu[count++] = 0;
  DIR *d = opendir("/proc");
  long page = sysconf(_SC_PAGESIZE), tick = sysconf(_SC_CLK_TCK);
  for (struct dirent *e; d && (e = readdir(d));) {
    int pid = atoi(e->d_name);
    if (pid <= 0 || pid == getpid()) continue;
    struct session *s = session_of_namespace(pid);
    if (!s || (kill_for && pid == s->child.init)) continue;
    if (kill_for) {
      if (s == kill_for && !kill(pid, SIGKILL)) killed++;
      continue;
    }
    char line[1024];
    int fd = open_proc(pid, "stat", O_RDONLY);
    ssize_t n = fd < 0 ? -1 : read(fd, line, sizeof line - 1);
    if (fd >= 0) close(fd);
    char *p = n > 0 ? (line[n] = 0, strrchr(line, ')')) : NULL;
    unsigned long utime, stime;
    long cutime, cstime, rss;
    if (!p || sscanf(p + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu %ld %ld %*d %*d %*d %*d %*u %*u %ld", &utime, &stime, &cutime, &cstime, &rss) != 5) continue;
    int init = pid == s->child.init; /* our memory, but the time of orphans that have ended */
    uint64_t used = (uint64_t)((init ? 0 : utime + stime) + cutime + cstime) * (1000000 / tick);
    if (pid == s->child.pid) { /* the clock of a process is finer than its ticks */
      uint64_t exact = clock_of(pid) / 1000 + (uint64_t)(cutime + cstime) * (1000000 / tick);
      if (exact) used = exact;
    }
    if (!init) s->bytes += (uint64_t)rss * page;
    for (int i = 0; i < count; i++)
      if (order[i] == s) cpu[i] += used;
  }
  if (d) closedir(d);
  if (!kill_for)
    for (int i = 0; i < count; i++) {
      if (cpu[i] > order[i]->cpu) order[i]->cpu = cpu[i]; /* children that went unseen do not give time back */
      if (count == 1 && counts_cpu()) { /* then all that is counted is its own */
        uint64_t counted = job_cpu_ns(&running.meter, 0) / 1000;
        if (counted > order[i]->cpu) order[i]->cpu = counted;
      }
      if (order[i]->bytes > order[i]->peak) order[i]->peak = order[i]->bytes;
    }
  return killed;
}

/*
 * One leaf holds a session and all its branches, so its limit is what all of them may have together. Which of them went
 * over its own is looked for every few milliseconds; the leaf is for what is faster.
 */
static void bound_tree(void) {
  uint64_t all = 0;
  if (!setup.cgroup) return;
  for (struct session *s = sessions; s; s = s->next)
    if (!s->closing) all += ((uint64_t)s->memory_mb + s->disk_mb + 64) << 20;
  if (all) set_memory(running.meter.base + all);
}

/* Whether the kernel has had to end processes since this was asked last. */
static int was_short_of_memory(void) {
  static uint64_t told;
  if (!setup.cgroup) return 0;
  uint64_t now = leaf_kills(), before = told > running.meter.kills ? told : running.meter.kills;
  told = now;
  return now > before;
}

/* ── the end of a session, and the end of a turn ── */

static void answer_frame(const struct request *q, int reason, int status, uint64_t cpu, uint64_t wall, uint64_t peak,
                         struct buffer *out, struct buffer *err, struct buffer *report) {
  struct measured used = {.cpu_us = cpu, .peak_bytes = peak};
  static struct buffer none;
  struct buffer *blobs[3] = {out ? out : &none, err ? err : &none, report ? report : &none};
  send_reply(q, reason, status, &used, wall, 0, blobs, 3);
}

static void answer_text(const struct request *q, int reason, const char *text) {
  struct buffer report = {0};
  append(&report, text, strlen(text));
  answer_frame(q, reason, 0, 0, 0, 0, NULL, NULL, &report);
  drop(&report);
}

static void end_turn(struct session *s, int reason, int status, struct buffer *report) {
  look(NULL);
  drain(s->out, &s->stdout, &s->budget, &s->over);
  drain(s->err, &s->stderr, &s->budget, &s->over);
  if (s->over && reason == BY_ITSELF) reason = BY_OUTPUT;
  answer_frame(&s->turn, reason, status, s->cpu - s->cpu_before, now_us() - s->began, s->peak, &s->stdout, &s->stderr, report);
  release(&s->stdout), release(&s->stderr);
  s->active = 0;
  s->reason = BY_ITSELF;
  s->budget = IDLE_OUTPUT;
  s->over = 0;
  s->cpu_before = s->cpu;
}

static void forget(struct session *s) { /* its namespace has no process of ours any more */
  for (struct session **at = &sessions; *at; at = &(*at)->next)
    if (*at == s) { *at = s->next; break; }
  free(s);
}

static void end_session(struct session *s, int reason) {
  if (s->closing) return;
  s->closing = 1;
  if (was_short_of_memory() && reason == BY_ITSELF) reason = BY_MEMORY;
  int status = -1; /* unknown */
  struct pollfd gone = {s->child.pidfd, POLLIN, 0};
  if (reason == BY_ITSELF && s->parent && poll(&gone, 1, 0) == 1) { /* a branch is not our child: its first process tells */
    char kind = 0;
    int detail = 0;
    if (hear(s->control, 50, &kind, &detail) && (kind == 'x' || kind == 's')) status = kind == 'x' ? detail << 8 : detail & 0x7f;
  } else if (reason == BY_ITSELF && s->child.init) {
    waitpid(s->child.pid, &status, WNOHANG);
  }
  if (s->active) end_turn(s, reason, status, NULL);
  else {
    struct ended *e = malloc(sizeof *e);
    if (!e) fail("out of memory");
    *e = (struct ended){ended, s->id, reason, status};
    ended = e;
  }
  for (int i = 0; s->children && i < 100 && look(s); i++) usleep(i < 10 ? 200 : 2000); /* forks may race with us */
  shut(&s->out), shut(&s->err), shut(&s->request), shut(&s->answer), shut(&s->control), shut(&s->mounts), shut(&s->user);
  shut(&s->child.pidfd);
  drop(&s->stdout), drop(&s->stderr), drop(&s->answered), drop(&s->pending);
  while (s && s->closing && !s->children) { /* and the ended ones that were kept for their branches */
    struct session *parent = s->parent;
    if (s->child.init) {
      kill(s->child.init, SIGKILL);
      while (waitpid(s->child.pid, NULL, 0) < 0 && errno == EINTR) {}
      while (waitpid(s->child.init, NULL, 0) < 0 && errno == EINTR) {}
    }
    if (parent) parent->children--;
    forget(s);
    s = parent;
  }
}

static void interrupt(struct session *s, int reason) {
  if (!s->active) return;
  if (!s->interrupted) s->interrupted = now_us(), s->reason = reason;
  s->asked = now_us();
  if (kill(-s->child.pid, SIGINT)) kill(s->child.pid, SIGINT);
}

/* ── requests ── */

static void begin_turn(struct session *s, const struct request *q, const char *message, size_t size) {
  char head[32];
  look(NULL);
  s->turn = *q;
  s->memory_mb = q->memory_mb;
  bound_tree();
  s->active = 1;
  s->interrupted = 0;
  s->reason = BY_ITSELF;
  s->began = now_us();
  s->cpu_before = s->cpu;
  s->peak = s->bytes;
  s->budget = q->output_bytes;
  release(&s->pending), release(&s->answered);
  s->sent = 0;
  append(&s->pending, head, snprintf(head, sizeof head, "%zu\n", size));
  append(&s->pending, message, size);
}

static int identify(struct session *s) { /* its namespaces, while its process lives */
  struct stat st;
  int pids = open_proc(s->child.pid, "ns/pid", O_RDONLY);
  s->mounts = open_proc(s->child.pid, "ns/mnt", O_RDONLY);
  s->user = open_proc(s->child.pid, "ns/user", O_RDONLY);
  int bad = pids < 0 || s->mounts < 0 || s->user < 0 || fstat(pids, &st);
  s->pids = bad ? 0 : st.st_ino;
  if (pids >= 0) close(pids);
  return bad ? -1 : 0;
}

/* Pipes and the meeting place of a session; `given` is what its process gets. */
static void make_streams(struct session *s, streams given) {
  int out[2], err[2], request[2], answer[2], meeting[2], yes = 1;
  make_pipe(out, 0), make_pipe(err, 0), make_pipe(request, 1), make_pipe(answer, 0);
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, meeting)) fail("socketpair");
  setsockopt(meeting[0], SOL_SOCKET, SO_PASSCRED, &yes, sizeof yes);
  s->out = out[0], s->err = err[0], s->request = request[1], s->answer = answer[0], s->control = meeting[0];
  s->budget = IDLE_OUTPUT;
  const int mine[STREAMS] = {-1, out[1], err[1], request[0], answer[1], meeting[1]};
  memcpy(given, mine, sizeof mine);
}

static struct session *make_session(uint32_t id, uid_t uid, uint32_t memory_mb, uint32_t disk_mb) {
  struct session *s = calloc(1, sizeof *s);
  if (!s) fail("out of memory");
  *s = (struct session){.next = sessions, .id = id, .uid = uid, .memory_mb = memory_mb, .disk_mb = disk_mb, .mounts = -1, .user = -1};
  s->child.pidfd = s->child.mounts = s->child.disk = -1;
  return sessions = s;
}

/* 0 in the child, which is to be the session. */
static int open_session(const struct request *q, uint32_t id) {
  streams given;
  build_filter(q->flags & FLAG_BRANCHING);
  struct session *s = make_session(id, 0, q->memory_mb, q->disk_mb);
  make_streams(s, given);
  given[0] = open("/dev/null", O_RDONLY | O_CLOEXEC);
  current.role = ROLE_SESSION;
  bound_tree();
  int side = start(&s->child, q, TO_RUN, given, (struct lot){0});
  s->uid = s->child.uid;
  if (!side) {
    if (!(q->flags & FLAG_WARM)) exec_job(&current);
    write_files(&current, 4);
    begin();
    return 0;
  }
  for (int i = 0; i < STREAMS; i++) close(given[i]);
  s->turn = *q; /* the first answer says that the driver is ready */
  s->active = 1;
  s->began = now_us();
  s->interrupted = 0;
  if (side < 0) end_session(s, NOT_STARTED);
  return 1;
}

static const char *branch(struct session *s, uint32_t id) {
  static char why[128];
  streams given;
  struct session *b = make_session(id, s->uid, s->memory_mb, s->disk_mb);
  bound_tree();
  make_streams(b, given);
  const char *problem = NULL;
  char kind = 0;
  int error = 0;
  if (send_fds(s->control, given + 1, STREAMS - 1) || write_full(s->request, "6\nbranch", 8)) problem = "the session does not listen";
  for (int i = 1; i < STREAMS; i++) close(given[i]);
  pid_t first = problem ? 0 : hear(b->control, PATIENCE_MS, &kind, &error);
  if (!problem && kind != 'i') {
    first = 0; /* it was the session that spoke */
    snprintf(why, sizeof why, "no process could be made for it: %s", error == EUSERS || error == ENOSPC ? "branches are nested too deep" : error ? strerror(error) : "no answer");
    problem = why;
  }
  if (!problem) {
    struct branching work = {first, s->user, s->uid, s->disk_mb};
    if (in_child(map_ids, &work)) problem = "its user could not be mapped";
    else if (in_child(furnish, &work)) problem = "its files could not be copied";
    else if (write(b->control, "g", 1) != 1) problem = "it ended at once";
    else if (!(b->child.pid = hear(b->control, PATIENCE_MS, &kind, &error)) || kind != 'm') problem = "it did not start";
    else if ((b->child.pidfd = syscall(__NR_pidfd_open, b->child.pid, 0)) < 0 || identify(b)) problem = "it ended at once";
  }
  if (problem) {
    if (first) kill(first, SIGKILL), waitpid(first, NULL, 0);
    shut(&b->out), shut(&b->err), shut(&b->request), shut(&b->answer), shut(&b->control), shut(&b->mounts), shut(&b->user), shut(&b->child.pidfd);
    forget(b);
    return problem;
  }
  b->child.init = first;
  b->parent = s;
  s->children++;
  return NULL;
}

/* ── files: list, read, write, remove, in the session's own view ── */

struct file_work { const struct session *s; const struct blob *what, *path, *content; int to; };

static void list_files(int folder, const char *prefix, int to, int *left) {
  DIR *d = folder < 0 ? NULL : fdopendir(folder);
  for (struct dirent *e; d && *left > 0 && (e = readdir(d));) {
    struct stat s;
    char path[KEEP_SMALL];
    if (!strcmp(e->d_name, ".") || !strcmp(e->d_name, "..") || fstatat(dirfd(d), e->d_name, &s, AT_SYMLINK_NOFOLLOW)) continue;
    if (snprintf(path, sizeof path, "%s%s", prefix, e->d_name) >= (int)sizeof path - 2) continue;
    if (S_ISREG(s.st_mode)) {
      char line[KEEP_SMALL + 32];
      int n = snprintf(line, sizeof line, "%lld %s", (long long)s.st_size, path) + 1;
      write_full(to, line, n);
      --*left;
    } else if (S_ISDIR(s.st_mode) && strlen(path) < KEEP_SMALL - 260) {
      strcat(path, "/");
      list_files(openat(dirfd(d), e->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC), path, to, left);
    }
  }
  if (d) closedir(d);
}

static int do_file(const void *data) {
  const struct file_work *w = data;
  char path[KEEP_SMALL];
  memcpy(path, w->path->data, w->path->size);
  path[w->path->size] = 0;
  if (setns(w->s->mounts, CLONE_NEWNS)) return -1;
  give_up_all(w->s->uid, w->s->disk_mb);
  umask(022);
  if (chdir("/tmp/work")) { write_full(w->to, "!the working directory is gone", 30); return 0; }
  const char what = *w->what->data;
  int fd = -1, left = 10000;
  struct stat s;
  if (what == 'l') {
    write_full(w->to, "=", 1);
    list_files(open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC), "", w->to, &left);
    return 0;
  }
  if (what == 'r' && (fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)) >= 0 && !fstat(fd, &s)) {
    if (!S_ISREG(s.st_mode)) errno = EISDIR;
    else if (s.st_size > (64 << 20)) errno = EFBIG;
    else {
      char part[65536];
      write_full(w->to, "=", 1);
      for (ssize_t n, total = 0; total <= (64 << 20) && (n = read(fd, part, sizeof part)) > 0; total += n) write_full(w->to, part, n);
      return 0;
    }
  }
  if (what == 'w') {
    make_parents(path);
    fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NONBLOCK | O_CLOEXEC, 0644);
    if (fd >= 0 && !fstat(fd, &s) && S_ISREG(s.st_mode) && !write_full(fd, w->content->data, w->content->size)) { write_full(w->to, "=", 1); return 0; }
  }
  if (what == 'd' && !unlink(path)) { write_full(w->to, "=", 1); return 0; }
  dprintf(w->to, "!%s", strerror(errno));
  return 0;
}

static void serve_files(struct session *s, const struct request *q) {
  static const struct blob nothing = {"", 0};
  int p[2];
  struct buffer result = {0};
  if (current.blobs < 3 || current.blob[1].size != 1 || current.blob[2].size >= KEEP_SMALL) return answer_text(q, NOT_STARTED, "a malformed request");
  make_pipe(p, 0);
  struct file_work work = {s, &current.blob[1], &current.blob[2], current.blobs > 3 ? &current.blob[3] : &nothing, p[1]};
  pid_t pid = fork();
  if (!pid) {
    signal(SIGPIPE, SIG_IGN);
    _exit(do_file(&work) ? 1 : 0);
  }
  close(p[1]);
  uint64_t until = now_us() + PATIENCE_MS * 1000ull;
  size_t budget = 65u << 20;
  int over = 0;
  for (uint64_t now; pid > 0 && (now = now_us()) < until;) {
    struct pollfd f = {p[0], POLLIN, 0};
    if (poll(&f, 1, (until - now) / 1000 + 1) > 0 && (!drain(p[0], &result, &budget, &over) || over)) break;
  }
  if (pid > 0) kill(pid, SIGKILL), waitpid(pid, NULL, 0);
  close(p[0]);
  if (!result.size) append(&result, "!no answer", 10);
  answer_frame(q, BY_ITSELF, 0, 0, 0, 0, NULL, NULL, &result);
  drop(&result);
}

/* ── the loop ── */

/* One request from Cupel. Returns 0 in a child that is to be a session. */
static int serve_request(const struct request *q) {
  uint32_t id = 0;
  struct session *s = sessions;
  if (current.blobs > 0 && q->type != JOB_OPEN && current.blob[0].size == 4) memcpy(&id, current.blob[0].data, 4);
  while (s && s->id != id) s = s->next;
  if (q->type == JOB_OPEN && setup.tier == TIER_CONFINED) {
    answer_text(q, NOT_STARTED, "a session takes user namespaces");
    return 1;
  }
  if (q->type == JOB_OPEN) return open_session(q, q->id);
  if (!s || s->closing) {
    struct ended *e = ended;
    while (e && e->id != id) e = e->next;
    if (e) answer_frame(q, e->reason, e->status, 0, 0, 0, NULL, NULL, NULL);
    else answer_text(q, NOT_STARTED, "the session has ended");
    return 1;
  }
  if (q->type == JOB_INTERRUPT) {
    interrupt(s, BY_ITSELF);
    answer_text(q, BY_ITSELF, "");
  } else if (q->type == JOB_CLOSE) {
    end_session(s, BY_ITSELF);
    answer_text(q, BY_ITSELF, "");
  } else if (q->type == JOB_FILES) {
    serve_files(s, q);
  } else if (s->active) {
    answer_text(q, NOT_STARTED, "the session is busy");
  } else if (q->type == JOB_TURN && current.blobs > 1) {
    begin_turn(s, q, current.blob[1].data, current.blob[1].size);
  } else if (q->type == JOB_BRANCH) {
    const char *problem = branch(s, q->id);
    if (problem) answer_text(q, NOT_STARTED, problem);
    else { /* its first answer says that it is ready */
      struct session *b = sessions;
      b->turn = *q, b->active = 1, b->began = now_us();
    }
  } else answer_text(q, NOT_STARTED, "a malformed request");
  return 1;
}

/* Takes what the driver wrote; a complete answer ends the turn. Returns -1 if it is no answer at all. */
static int hear_driver(struct session *s) {
  size_t budget = MAX_ANSWER;
  int over = 0;
  if (s->answered.size >= MAX_ANSWER) return -1;
  if (!drain(s->answer, &s->answered, &budget, &over) || over) return -1;
  char *line = memchr(s->answered.data, '\n', s->answered.size < 20 ? s->answered.size : 20);
  if (!line) return s->answered.size >= 20 ? -1 : 0;
  char *digits;
  size_t size = strtoul(s->answered.data, &digits, 10), head = line + 1 - s->answered.data;
  if (digits != line || size > MAX_ANSWER) return -1;
  if (s->answered.size < head + size) return 0;
  if (!s->active) return -1; /* nobody asked */
  struct buffer report = {0};
  append(&report, s->answered.data + head, size);
  release(&s->answered);
  if (!s->pids && identify(s)) { drop(&report); return -1; }
  end_turn(s, s->reason, 0, &report);
  drop(&report);
  return 0;
}

static void check_limits(struct session *s) {
  uint64_t now = now_us();
  if (!s->active) { /* what goes on between turns has the limits of the last one */
    if (s->cpu - s->cpu_before > s->turn.cpu_ms * 1000ull) end_session(s, BY_CPU);
    else if (s->bytes > ((uint64_t)s->turn.memory_mb + 64) << 20) end_session(s, BY_MEMORY);
    return;
  }
  if (s->bytes > ((uint64_t)s->turn.memory_mb + 64) << 20) return end_session(s, BY_MEMORY);
  if (s->interrupted) {
    if (now > s->interrupted + GRACE_US) end_session(s, s->reason);
    else if (now > s->asked + GRACE_US / 4) interrupt(s, s->reason); /* it may have come before the cell began */
  } else if (s->cpu - s->cpu_before > s->turn.cpu_ms * 1000ull) interrupt(s, BY_CPU);
  else if (now > s->began + s->turn.wall_ms * 1000ull) interrupt(s, BY_WALL);
  else if (s->over) interrupt(s, BY_OUTPUT);
}

static void discard(int fd) {
  char part[65536];
  while (read(fd, part, sizeof part) == sizeof part) {}
}

static int serve_sessions(struct request *first) {
  static struct buffer frame;
  struct request q = *first;
  start_meter(&running.meter, &q, 0);
  if (!serve_request(&q)) return 0;
  for (;;) {
    int count = 0, busy = 0;
    for (struct session *s = sessions; s; s = s->next) count++, busy |= s->active;
    struct pollfd *p = calloc(1 + 5 * count, sizeof *p);
    struct session **at = calloc(count, sizeof *at);
    if (!p || !at) fail("out of memory");
    p[0] = (struct pollfd){server_fd, POLLIN, 0};
    int n = 1, i = 0;
    for (struct session *s = sessions; s; s = s->next) {
      at[i++] = s;
      int idle = s->closing;
      p[n++] = (struct pollfd){idle ? -1 : s->out, POLLIN, 0};
      p[n++] = (struct pollfd){idle ? -1 : s->err, POLLIN, 0};
      p[n++] = (struct pollfd){idle ? -1 : s->answer, POLLIN, 0};
      p[n++] = (struct pollfd){!idle && s->sent < s->pending.size ? s->request : -1, POLLOUT, 0};
      p[n++] = (struct pollfd){idle ? -1 : s->child.pidfd, POLLIN, 0};
    }
    int period = busy ? 30 : 500;
    if (poll(p, n, period) < 0 && errno != EINTR) fail("poll");
    for (i = 0; i < count; i++) {
      struct session *s = at[i];
      struct pollfd *f = p + 1 + 5 * i;
      if (s->closing) continue;
      if (f[0].revents) { if (s->over) discard(s->out); else drain(s->out, &s->stdout, &s->budget, &s->over); }
      if (f[1].revents) { if (s->over) discard(s->err); else drain(s->err, &s->stderr, &s->budget, &s->over); }
      if (f[3].revents) {
        ssize_t w = write(s->request, s->pending.data + s->sent, s->pending.size - s->sent);
        if (w > 0) s->sent += w;
      }
      if (f[2].revents && hear_driver(s)) {
        struct pollfd ended = {s->child.pidfd, POLLIN, 0};
        poll(&ended, 1, 20); /* a process that ends closes its end a moment before */
        end_session(s, ended.revents ? BY_ITSELF : BY_PROTOCOL);
        goto next;
      }
      if (f[4].revents) { end_session(s, s->reason); goto next; }
    }
    if (now_us() >= last_look + period * 1000ull) {
      look(NULL);
      if (was_short_of_memory()) { /* a process of one of them: most likely of the largest */
        struct session *largest = NULL;
        for (struct session *s = sessions; s; s = s->next)
          if (!s->closing && (!largest || s->peak > largest->peak)) largest = s;
        if (largest) end_session(largest, BY_MEMORY);
      }
      for (i = 0; i < count; i++) {
        struct session *s = sessions; /* a check may end it, and others with it */
        while (s && s != at[i]) s = s->next;
        if (s && !s->closing) check_limits(s);
      }
    }
    if (p[0].revents) {
      receive(server_fd, &frame);
      if (parse(&frame, &q, &current)) _exit(72);
      if (!serve_request(&q)) return 0;
    }
  next:
    free(p), free(at);
  }
}

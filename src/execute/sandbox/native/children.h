/*
 * Children in sandboxes of their own: the job, and the examiner that judges it. In tiers A and B each has a pid
 * namespace; in tier B' a session and process group that the system-call filter does not let it leave.
 */

struct child {
  pid_t init, pid;
  int pidfd;
  int files; /* tiers A and B: its disk, which lives as long as this is open */
  uid_t uid;
  struct rusage orphans; /* tier B': of processes that have become ours and have ended */
  struct meter meter;
  char init_stack[8192] __attribute__((aligned(16)));
};

static struct child running, examiner;

/* Without errno, which would be the server's: they share their memory. */
static long bare_syscall(long number, long a, long b, long c, long d) {
#ifdef __x86_64__
  register long r10 __asm__("r10") = d;
  __asm__ volatile("syscall" : "+a"(number) : "D"(a), "S"(b), "d"(c), "r"(r10) : "rcx", "r11", "memory");
  return number;
#else
  register long x8 __asm__("x8") = number, x0 __asm__("x0") = a, x1 __asm__("x1") = b, x2 __asm__("x2") = c, x3 __asm__("x3") = d;
  __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3) : "memory");
  return x0;
#endif
}

/*
 * The first process of a pid namespace is special (signals it does not handle are lost on it), so a job must not be
 * it. This one shares our memory, costs no copy, does nothing but take in orphans, and with it everything dies. It
 * waits for the orphans, rather than ignore them, because that is what makes the kernel keep account of their time.
 */
static int namespace_init(void *unused) {
  (void)unused;
  uint64_t all = ~0ull, ended = 1ull << (SIGCHLD - 1);
  bare_syscall(SYS_rt_sigprocmask, SIG_SETMASK, (long)&all, 0, 8);
  bare_syscall(SYS_prctl, PR_SET_PDEATHSIG, SIGKILL, 0, 0);
  bare_syscall(__NR_close_range, 0, ~0u, 0, 0); /* or a pipe would never end */
  for (;;) {
    while (bare_syscall(SYS_wait4, -1, 0, WNOHANG | __WALL, 0) > 0) {}
    bare_syscall(SYS_rt_sigtimedwait, (long)&ended, 0, 0, 8);
  }
  return 0;
}

/* Returns 0 in the child, which is then inside its sandbox, and 1 in the server; -1 if it could not be started. */
static int start(struct child *c, const struct request *q, int in, int out, int err, int channel) {
  runs++;
  *inside = 0;
  c->init = 0, c->files = -1;
  memset(&c->orphans, 0, sizeof c->orphans);
  c->uid = setup.first_uid ? setup.first_uid + runs % setup.uids : setup.tier == TIER_CONFINED ? geteuid() : 0;
  if (setup.tier == TIER_CONFINED) {
    if (c == &running && make_work_folder(c->uid)) return -1;
    c->pid = fork();
  } else {
    c->files = make_disk(q, c->uid);
    if (unshare(CLONE_NEWPID)) { close(c->files); return -1; }
    c->init = clone(namespace_init, c->init_stack + sizeof c->init_stack, CLONE_VM | SIGCHLD, NULL);
    if (c->init < 0) { setns(own_pidns, CLONE_NEWPID); close(c->files); c->init = 0; return -1; }
    c->pid = fork();
  }
  if (!c->pid) {
    enter(q, c == &examiner, c->uid, c->files, in, out, err, channel);
    return 0;
  }
  if (c->init && setns(own_pidns, CLONE_NEWPID)) fail("setns");
  if (c->pid < 0) {
    if (c->init) { kill(c->init, SIGKILL); waitpid(c->init, NULL, 0); close(c->files); }
    c->init = c->pid = 0;
    return -1;
  }
  c->pidfd = syscall(__NR_pidfd_open, c->pid, 0);
  if (c->pidfd < 0) fail("pidfd_open");
  return 1;
}

static void add_usage(struct rusage *sum, const struct rusage *more) {
  timeradd(&sum->ru_utime, &more->ru_utime, &sum->ru_utime);
  timeradd(&sum->ru_stime, &more->ru_stime, &sum->ru_stime);
  if (more->ru_maxrss > sum->ru_maxrss) sum->ru_maxrss = more->ru_maxrss;
}

/*
 * Tier B': takes in the orphans, as the init of a pid namespace would: unreaped they count as processes of the job.
 * Not the first process, whose end the caller waits for.
 */
static void reap_orphans(struct child *c) {
  struct rusage usage;
  siginfo_t info;
  for (;;) {
    info.si_pid = 0;
    if (waitid(P_PGID, c->pid, &info, WEXITED | WNOHANG | WNOWAIT | __WALL) || !info.si_pid || info.si_pid == c->pid) return;
    if (wait4(info.si_pid, NULL, __WALL, &usage) > 0) add_usage(&c->orphans, &usage);
  }
}

/* Ends every process of the child; afterwards only its disk exists. `usage` is of all that were waited for. */
static void finish(struct child *c, int *status, struct rusage *usage) {
  struct rusage more;
  if (c->init) kill(c->init, SIGKILL);
  else kill(-c->pid, SIGKILL), kill(c->pid, SIGKILL); /* a group is killed at once: nothing can fork its way out */
  while (wait4(c->pid, status, 0, usage) < 0 && errno == EINTR) {}
  if (c->init) {
    long own = usage->ru_maxrss;
    while (wait4(c->init, NULL, 0, &more) < 0 && errno == EINTR) {}
    add_usage(usage, &more);
    usage->ru_maxrss = own; /* that one's memory is the server's */
  } else {
    for (pid_t one; (one = wait4(-c->pid, NULL, __WALL, &more)) > 0 || errno == EINTR;)
      if (one > 0) add_usage(usage, &more);
    add_usage(usage, &c->orphans);
  }
  close(c->pidfd);
  c->init = c->pid = 0;
}

/* ── the examiner: the trusted side of a judgement, kept for all candidates of one suite ── */

static int examiner_fd = -1;
static struct buffer suite;      /* the frame it was made from, to make it again if it dies */

static void end_examiner(void) {
  int status;
  struct rusage usage;
  if (!examiner.pid) return;
  finish(&examiner, &status, &usage);
  if (examiner.files >= 0) close(examiner.files);
  examiners_cpu_ns += cpu_us_of(&usage) * 1000;
  close(examiner_fd);
  examiner_fd = -1;
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

/* Like `start`: 0 in the examiner itself. */
static int start_examiner(void) {
  struct request q;
  if (parse(&suite, &q, &current)) return -1;
  int pair[2], null = open("/dev/null", O_RDWR | O_CLOEXEC);
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair)) return -1;
  int size = 1 << 20;
  setsockopt(pair[0], SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
  setsockopt(pair[1], SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
  current.role = ROLE_EXAMINER;
  int side = start(&examiner, &q, null, null, null, pair[1]);
  if (!side) return 0;
  close(null);
  close(pair[1]);
  if (side < 0) { close(pair[0]); return -1; }
  examiner_fd = pair[0];
  return 1;
}

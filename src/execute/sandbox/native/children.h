/* Children in pid namespaces of their own: the job, and the examiner that judges it. */

/* A call without libc: namespace_init shares our memory, and with it errno. */
static long call_kernel(long number, long a, long b, long c, long d) {
  long result;
#ifdef __x86_64__
  register long fourth __asm__("r10") = d;
  __asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c), "r"(fourth) : "rcx", "r11", "memory");
#else
  register long x8 __asm__("x8") = number, x0 __asm__("x0") = a, x1 __asm__("x1") = b, x2 __asm__("x2") = c, x3 __asm__("x3") = d;
  __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3) : "memory");
  result = x0;
#endif
  return result;
}

/*
 * The first process of a pid namespace is special (signals it does not handle are lost on it), so a job must not be
 * it. This one shares our memory, costs no copy, does nothing but take in orphans, and with it everything dies. It waits
 * for them instead of ignoring them, so that what they used is in its own account (serve.h).
 */
static int namespace_init(void *unused) {
  (void)unused;
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_SETMASK, &all, NULL);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  syscall(__NR_close_range, 0u, ~0u, 0); /* or a pipe would never end */
  const uint64_t ended = 1ull << (SIGCHLD - 1);
  for (;;) {
    while (call_kernel(SYS_wait4, -1, 0, WNOHANG | __WALL, 0) > 0) {}
    call_kernel(SYS_rt_sigtimedwait, (long)&ended, 0, 0, sizeof ended);
  }
  return 0;
}

/* An interpreter may need more of a fork (whole.h). */
static pid_t (*fork_job)(void) = fork;

struct child {
  pid_t init, pid;
  int pidfd;
  char init_stack[8192] __attribute__((aligned(16)));
};

/*
 * Returns 0 in the child, which is then inside its sandbox, and 1 in the server; -1 if it could not be started. A job
 * gets mounts of its own, which `*mounts` keeps for a collector if that is asked for; a collector gets those of its job.
 */
static int start(struct child *c, const struct request *q, const streams given, int *mounts, int others) {
  if (others < 0) runs++; /* a collector is the same user as its job */
  if (unshare(CLONE_NEWPID)) return -1;
  *inside = 0;
  c->init = clone(namespace_init, c->init_stack + sizeof c->init_stack, CLONE_VM | SIGCHLD, NULL);
  if (c->init < 0) { setns(own_pidns, CLONE_NEWPID); return -1; }
  if (others < 0 && unshare(CLONE_NEWNS)) fail("unshare mount");
  if (mounts && (*mounts = open("/proc/self/ns/mnt", O_RDONLY | O_CLOEXEC)) < 0) fail("open mount namespace");
  c->pid = fork_job();
  if (!c->pid) {
    enter(q, others, given);
    return 0;
  }
  if (setns(own_pidns, CLONE_NEWPID)) fail("setns");
  if (others < 0 && setns(own_mounts, CLONE_NEWNS)) fail("setns mount");
  if (c->pid < 0) { kill(c->init, SIGKILL); waitpid(c->init, NULL, 0); c->init = 0; return -1; }
  c->pidfd = syscall(__NR_pidfd_open, c->pid, 0);
  if (c->pidfd < 0) fail("pidfd_open");
  return 1;
}

/* Ends everything in the child's pid namespace; afterwards nothing of it exists. */
static void finish(struct child *c, int *status, struct rusage *usage) {
  if (!c->init) return;
  kill(c->init, SIGKILL);
  while (wait4(c->pid, status, 0, usage) < 0 && errno == EINTR) {}
  while (waitpid(c->init, NULL, 0) < 0 && errno == EINTR) {}
  close(c->pidfd);
  c->init = c->pid = 0;
}

static uint64_t cpu_of(pid_t pid) { /* ns; any process may read another's clock */
  struct timespec t;
  clockid_t id = ((~(clockid_t)pid) << 3) | 2;
  if (clock_gettime(id, &t)) return 0;
  return (uint64_t)t.tv_sec * 1000000000ull + t.tv_nsec;
}

/* ── the examiner: the trusted side of a judgement, kept for all candidates of one suite ── */

static struct child examiner;
static int examiner_fd = -1;
static struct buffer suite;      /* the frame it was made from, to make it again if it dies */

static void end_examiner(void) {
  int status;
  struct rusage usage;
  if (!examiner.init) return;
  finish(&examiner, &status, &usage);
  close(examiner_fd);
  examiner_fd = -1;
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
  show(&suite, 1);
  int side = start(&examiner, &q, (streams){null, null, null, pair[1], -1}, NULL, -1);
  if (!side) {
    begin();
    return 0;
  }
  show(&suite, 0);
  close(null);
  close(pair[1]);
  if (side < 0) { close(pair[0]); return -1; }
  examiner_fd = pair[0];
  return 1;
}

static int send_with_fd(int to, const void *data, size_t size, int fd) {
  struct iovec io = {(void *)data, size};
  union { char room[CMSG_SPACE(sizeof(int))]; struct cmsghdr align; } control;
  struct msghdr m = {.msg_iov = &io, .msg_iovlen = 1, .msg_control = control.room, .msg_controllen = sizeof control.room};
  struct cmsghdr *c = CMSG_FIRSTHDR(&m);
  c->cmsg_level = SOL_SOCKET, c->cmsg_type = SCM_RIGHTS, c->cmsg_len = CMSG_LEN(sizeof(int));
  memcpy(CMSG_DATA(c), &fd, sizeof fd);
  return sendmsg(to, &m, MSG_NOSIGNAL) == (ssize_t)size ? 0 : -1;
}

/*
 * The threads of a warm interpreter, taken along into its children. A fork copies the memory of a thread, its stack
 * included, but not the thread. So before the first fork each thread is stopped in a signal handler, what the kernel
 * knows of it is written down, and it ends; a child starts them again at that very place, on those very stacks. To the
 * interpreter nothing has happened: every lock, queue and library is as it was.
 *
 * Only where all of them sleep in a system call, so that none has half done something. x86-64 with glibc; elsewhere an
 * interpreter with threads is not kept warm.
 */

#if defined(__x86_64__) && defined(__GLIBC__)

#define MAX_THREADS 64
#define LIBRARY_SIGNAL 33 /* glibc's own for setuid: the only one that no thread of any library blocks */

struct place { uint64_t rbx, rbp, r12, r13, r14, r15, rsp, rip; };

struct thread {
  struct place place;
  pid_t tid;
  char *self; /* its descriptor in glibc, which is also its thread pointer */
  void *robust;
  size_t robust_size;
  char name[16];
  volatile int idle;
};

static struct thread threads[MAX_THREADS];
static int thread_count;
static ptrdiff_t tid_offset;
static volatile int stopped, attempt, decision; /* the decision names the attempt it is about */
enum { GO_ON = 1, LEAVE = 2, WHAT = 3 };

/* Like setjmp: 0 at first, 1 when `take_up` starts a thread there. */
__attribute__((returns_twice, visibility("hidden"))) int note_place(struct place *);
/* clone(2) of a thread that goes on at that place. */
__attribute__((visibility("hidden"))) long take_up(unsigned long flags, struct place *, pid_t *tid, pid_t *clear, void *pointer);
__attribute__((visibility("hidden"))) void return_from_signal(void);
__asm__(
  ".text\n"
  "note_place:\n"
  "  mov %rbx, 0(%rdi)\n  mov %rbp, 8(%rdi)\n  mov %r12, 16(%rdi)\n  mov %r13, 24(%rdi)\n  mov %r14, 32(%rdi)\n  mov %r15, 40(%rdi)\n"
  "  lea 8(%rsp), %rdx\n  mov %rdx, 48(%rdi)\n  mov (%rsp), %rdx\n  mov %rdx, 56(%rdi)\n  xor %eax, %eax\n  ret\n"
  "take_up:\n"
  "  mov %rsi, %r9\n  mov 48(%r9), %rsi\n  mov %rcx, %r10\n  mov $56, %eax\n  syscall\n  test %rax, %rax\n  jz 1f\n  ret\n"
  "1:\n"
  "  mov 0(%r9), %rbx\n  mov 8(%r9), %rbp\n  mov 16(%r9), %r12\n  mov 24(%r9), %r13\n  mov 32(%r9), %r14\n  mov 40(%r9), %r15\n"
  "  mov 48(%r9), %rsp\n  mov $1, %eax\n  jmp *56(%r9)\n"
  "return_from_signal:\n"
  "  mov $15, %eax\n  syscall\n");

static int asleep_in_kernel(const ucontext_t *at) { /* the instruction before, or again, is `syscall` */
  const unsigned char *next = (const unsigned char *)at->uc_mcontext.gregs[REG_RIP];
  return (next[-2] == 0x0f && next[-1] == 0x05) || (next[0] == 0x0f && next[1] == 0x05);
}

static void stop_here(int number, siginfo_t *info, void *at) {
  (void)number, (void)info;
  struct thread *volatile t = NULL;
  const int mine = attempt;
  pid_t tid = syscall(SYS_gettid);
  for (int i = 0; i < thread_count; i++)
    if (threads[i].tid == tid) t = &threads[i];
  if (!t) return;
  t->self = (char *)pthread_self();
  t->idle = asleep_in_kernel(at);
  syscall(SYS_get_robust_list, 0, &t->robust, &t->robust_size);
  prctl(PR_GET_NAME, t->name);
  if (!note_place(&t->place)) {
    __atomic_add_fetch(&stopped, 1, __ATOMIC_SEQ_CST);
    syscall(SYS_futex, &stopped, FUTEX_WAKE, 1, NULL, NULL, 0);
    int seen;
    while ((seen = decision) / 4 != mine) syscall(SYS_futex, &decision, FUTEX_WAIT, seen, NULL, NULL, 0);
    if ((seen & WHAT) == GO_ON) return;
    /* the first thread of a process would remain as a zombie; this one is not in the way */
    while (tid == (pid_t)syscall(SYS_getpid)) pause();
    syscall(SYS_set_tid_address, NULL); /* or the kernel would clear it */
    for (;;) syscall(SYS_exit, 0);
  }
  prctl(PR_SET_NAME, t->name);
  syscall(SYS_set_robust_list, t->robust, t->robust_size);
  register_area(t->self);
}

/* All but this one; -1 if they are too many to note. */
static int other_threads(struct thread *list) {
  int count = 0;
  DIR *d = opendir("/proc/self/task");
  if (!d) return -1;
  for (struct dirent *e; count >= 0 && (e = readdir(d));) {
    pid_t tid = atoi(e->d_name);
    if (tid <= 0 || tid == (pid_t)syscall(SYS_gettid)) continue;
    if (count == MAX_THREADS) count = -1;
    else list[count++] = (struct thread){.tid = tid};
  }
  closedir(d);
  return count;
}

/* Where the numbers of all threads are found at one distance from their descriptors, and nowhere else. */
static int find_numbers(void) {
  int found = 0;
  for (ptrdiff_t at = 0; at < 2048; at += 4) {
    int all = *(pid_t *)((char *)pthread_self() + at) == (pid_t)syscall(SYS_gettid);
    for (int i = 0; all && i < thread_count; i++) all = *(pid_t *)(threads[i].self + at) == threads[i].tid;
    if (all) found++, tid_offset = at;
  }
  own_thread.tid_at = (pid_t *)((char *)pthread_self() + tid_offset);
  return found == 1 ? 0 : -1;
}

struct kernel_action { void (*handler)(int, siginfo_t *, void *); unsigned long flags; void (*restorer)(void); uint64_t mask; };

static void decide(int what) {
  decision = attempt * 4 + what;
  syscall(SYS_futex, &decision, FUTEX_WAKE, MAX_THREADS, NULL, NULL, 0);
}

/* 1: they are stopped and gone; 0: not now, one was at work; -1: this cannot be done here. */
static int try_to_stop(void) {
  static struct thread left[MAX_THREADS];
  thread_count = other_threads(threads);
  if (thread_count <= 0) return thread_count ? -1 : 1;
  struct kernel_action action = {stop_here, SA_SIGINFO | SA_RESTART | 0x04000000 /* SA_RESTORER */, return_from_signal, ~0ull}, before;
  if (syscall(SYS_rt_sigaction, LIBRARY_SIGNAL, &action, &before, 8)) return -1;
  stopped = 0, attempt++;
  int sent = 0, idle = 1;
  for (int i = 0; i < thread_count; i++)
    if (syscall(SYS_tgkill, getpid(), threads[i].tid, LIBRARY_SIGNAL)) threads[i].idle = idle = 0; /* it just ended */
    else sent++;
  for (int seen; (seen = stopped) < sent;) syscall(SYS_futex, &stopped, FUTEX_WAIT, seen, NULL, NULL, 0);
  syscall(SYS_rt_sigaction, LIBRARY_SIGNAL, &before, NULL, 8);
  for (int i = 0; i < thread_count; i++) idle &= threads[i].idle;
  int known = idle ? find_numbers() : -1;
  decide(idle && !known ? LEAVE : GO_ON);
  if (!idle) return 0;
  if (known) return -1;
  int stays = syscall(SYS_gettid) != getpid();
  while (other_threads(left) > stays) usleep(200); /* until the kernel has let go of them */
  return 1;
}

static int stop_threads(void) {
  for (int tries = 0; tries < 1000; tries++) {
    int done = try_to_stop();
    if (done) return done > 0 ? 0 : -1;
    usleep(2000);
  }
  return -1;
}

/* Not fork: glibc would take the stacks of its threads for free memory in the child. */
static pid_t fork_with_memory_of_threads(void) { return thread_count ? fork_bare() : fork_plain(); }

static void start_threads(void) {
  const unsigned long flags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM | CLONE_SETTLS |
                              CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID;
  for (int i = 0; i < thread_count; i++) {
    pid_t *tid_at = (pid_t *)(threads[i].self + tid_offset);
    long error = -take_up(flags, &threads[i].place, tid_at, tid_at, threads[i].self);
    if (error > 0) errno = error, fail("start a thread of the interpreter");
  }
}

#else

static int stop_threads(void) { /* nothing to do where there are none */
  int count = 0;
  DIR *d = opendir("/proc/self/task");
  for (struct dirent *e; d && (e = readdir(d));) count += *e->d_name != '.';
  if (d) closedir(d);
  return count == 1 ? 0 : -1;
}
static pid_t fork_with_memory_of_threads(void) { return fork_plain(); }
static void start_threads(void) {}

#endif

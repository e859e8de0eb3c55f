/*
 * What a job uses, measured from outside: by the leaf of control groups where there is one, else by the kernel's own
 * accounts of the processes (and an inherited counter of CPU time, where perf_event_open is allowed).
 *
 * Memory. A control group counts what processes hold and what they wrote to their disk (a tmpfs) as one sum, and so the
 * kernel's limit is memory + disk: there it ends a job, and never one that stayed within both. What lies between is
 * told apart afterwards: the processes' part of the peak is the peak minus what is still there when they have died
 * but their files have not (files, and page cache of programs that were read). It is the figure that is reported and
 * the one that `memoryMb` limits.
 *
 * A job of a few milliseconds has no such look at its disk, which costs more than the job. Its files count into the figure
 * that is reported, and of the limit it is held to what its largest process has, and all of it to memory + disk.
 *
 * Does not cover: files that were deleted again before the end and between two looks count as memory, unless the job
 * was one process, whose own peak is known; and of that one process, what is in no map of it (full pipes) is
 * held only to memory + disk. Without a leaf: a peak between two looks, and the CPU time of processes
 * whose parent ignores their end, if there is no counter either.
 */

struct meter {
  int64_t cpu;                 /* these four as they stood when the job began */
  uint64_t kills, fails, base;
  uint64_t files;             /* most bytes seen in its files */
  uint64_t seen;              /* most bytes seen in its processes, where the peak cannot be read */
  uint64_t watched;           /* most CPU time seen in its processes (us), where nothing counts it */
  uint64_t peak_before;
};

struct measured { uint64_t cpu_us, peak_bytes; int over_memory, machine_out_of_memory; };

static int cpu_counter = -1; /* of the server and everything that comes from it */
static uint64_t examiners_cpu_ns; /* of those that have ended */
static uint64_t limit_set, pids_set;

static uint64_t cpu_us_of(const struct rusage *u) {
  return (uint64_t)(u->ru_utime.tv_sec + u->ru_stime.tv_sec) * 1000000 + u->ru_utime.tv_usec + u->ru_stime.tv_usec;
}

static size_t read_leaf(int file, char *to, size_t size) {
  ssize_t n = pread(LEAF_FD + file, to, size - 1, 0);
  if (n < 0) fail("control group"); /* the next server gets a new one */
  to[n] = 0;
  return n;
}

/* The number after `key`, or the first one. */
static uint64_t read_count(int file, const char *key) {
  char text[4096], *p = text;
  read_leaf(file, text, sizeof text);
  if (!key) return strtoull(text, NULL, 10);
  size_t length = strlen(key);
  for (; p; p = strchr(p, '\n'), p = p ? p + 1 : NULL)
    if (!strncmp(p, key, length) && p[length] == ' ') return strtoull(p + length, NULL, 10);
  return 0;
}

static int write_leaf(int file, uint64_t value) {
  char text[32];
  int n = snprintf(text, sizeof text, "%llu", (unsigned long long)value);
  return pwrite(LEAF_FD + file, text, n, 0) == n ? 0 : -1;
}

static uint64_t leaf_cpu_ns(void) {
  return setup.cgroup == 1 ? read_count(CPU_TIME, NULL) : read_count(CPU_TIME, "usage_usec") * 1000;
}

static uint64_t leaf_kills(void) { return read_count(MEMORY_EVENTS, "oom_kill"); }

/* How often it was this limit that was met, and not one further up; version 1 has only the peak to tell by. */
static uint64_t leaf_fails(void) {
  return setup.cgroup == 2 ? read_count(MEMORY_EVENTS, "oom") : read_count(MEMORY_PEAK, NULL) + (1 << 20) > limit_set;
}

/* Counts the CPU time of everything that will come from this process, also of what nobody waits for. */
static void open_cpu_counter(void) {
  struct perf_event_attr counter = {.type = PERF_TYPE_SOFTWARE, .size = sizeof counter, .config = PERF_COUNT_SW_TASK_CLOCK, .inherit = 1,
                                    .exclude_kernel = 1, .exclude_hv = 1};
  if (!setup.cgroup) cpu_counter = syscall(SYS_perf_event_open, &counter, 0, -1, -1, PERF_FLAG_FD_CLOEXEC);
}

static uint64_t clock_of(pid_t pid) { /* ns; any process may read another's clock, also one that has ended but is not yet reaped */
  struct timespec t;
  clockid_t id = ((~(clockid_t)pid) << 3) | 2;
  if (clock_gettime(id, &t)) return 0;
  return (uint64_t)t.tv_sec * 1000000000ull + t.tv_nsec;
}

static int counts_cpu(void) { return setup.cgroup || cpu_counter >= 0; }

/* ns of CPU time of all but the server and the examiner. What it counts from does not matter, and may make it negative. */
static int64_t counted_cpu_ns(pid_t examiner) {
  uint64_t all = 0, own = clock_of(getpid());
  if (setup.cgroup) return leaf_cpu_ns() - (forker.pid ? clock_of(forker.pid) : 0);
  if (cpu_counter < 0 || read(cpu_counter, &all, sizeof all) != sizeof all) return 0;
  return all - own - examiners_cpu_ns - (examiner ? clock_of(examiner) : 0);
}

static uint64_t job_cpu_ns(const struct meter *m, pid_t examiner) {
  int64_t used = counted_cpu_ns(examiner) - m->cpu;
  return used > 0 ? used : 0;
}

static void set_memory(uint64_t bytes) {
  if (bytes == limit_set) return;
  /* v1 wants memory ≤ memory + swap at every moment, whichever way it goes */
  for (int i = 0; i < 2; i++) {
    int failed = write_leaf(MEMORY_LIMIT, bytes);
    if (setup.cgroup == 1 && has_leaf_file(SWAP_LIMIT)) failed = write_leaf(SWAP_LIMIT, bytes) || failed;
    if (!failed) { limit_set = bytes; return; }
  }
  fail("memory limit");
}

/* Moves to a leaf without a past. */
static void renew_leaf(void) {
  const char wanted = LEAF_WANTED, left = LEAF_LEFT;
  uint32_t leaf;
  struct iovec io = {&leaf, sizeof leaf};
  union { char room[CMSG_SPACE(LEAF_FILES * sizeof(int))]; struct cmsghdr align; } control;
  struct msghdr m = {.msg_iov = &io, .msg_iovlen = 1, .msg_control = control.room, .msg_controllen = sizeof control.room};
  if (send(KEEPER_FD, &wanted, 1, MSG_NOSIGNAL) != 1 || recvmsg(KEEPER_FD, &m, 0) != sizeof leaf || leaf != setup.leaf) fail("a fresh control group");
  int *fd = (int *)CMSG_DATA(CMSG_FIRSTHDR(&m));
  for (int i = 0; i < LEAF_FILES; i++) {
    if (!has_leaf_file(i)) continue;
    if (dup2(*fd, LEAF_FD + i) < 0) fail("dup2");
    close(*fd++);
  }
  limit_set = pids_set = 0;
  if (forker.pid) ask_forker(MOVE_ASKED);
  if (send(KEEPER_FD, &left, 1, MSG_NOSIGNAL) != 1) fail("leave the control group");
}

static void set_processes(uint64_t most) {
  if (most == pids_set) return;
  if (write_leaf(PIDS_LIMIT, most)) fail("process limit");
  pids_set = most;
}

static void start_meter(struct meter *m, const struct request *q, pid_t examiner) {
  *m = (struct meter){0};
  if (setup.cgroup) {
    /* a peak that cannot be started anew is worth something only until it has been high */
    if (has_leaf_file(MEMORY_PEAK) && !setup.peak_resets && read_count(MEMORY_PEAK, NULL) > read_count(MEMORY_NOW, NULL) + (16 << 20)) renew_leaf();
    m->base = read_count(MEMORY_NOW, NULL);
    set_memory((((uint64_t)q->memory_mb + q->disk_mb) << 20) + (m->base >> 21 << 21));
    if (has_leaf_file(PIDS_LIMIT)) set_processes(read_count(PIDS_NOW, NULL) + q->processes * (q->type == JOB_OPEN ? 8ull : 1ull));
    if (setup.peak_resets && write_leaf(MEMORY_PEAK, 0)) fail("memory peak");
    m->kills = leaf_kills();
    if (setup.cgroup == 2 || !setup.peak_resets) m->fails = leaf_fails();
    if (has_leaf_file(MEMORY_PEAK) && !setup.peak_resets) m->peak_before = read_count(MEMORY_PEAK, NULL);
  }
  m->cpu = counted_cpu_ns(examiner);
}

/* The kernel had to end processes of the job for want of memory. */
static int out_of_memory(const struct meter *m) { return setup.cgroup && leaf_kills() > m->kills; }

/*
 * When the last process of the job has died. `files` is what its disk holds now, if that is `known`, `largest` the peak of its largest
 * process, which is its whole if it was `alone`.
 */
static struct measured end_meter(const struct meter *m, const struct request *q, uint64_t cpu_ns, uint64_t files, int known, uint64_t largest, int alone) {
  struct measured result = {.cpu_us = cpu_ns / 1000, .peak_bytes = largest};
  if (!setup.cgroup) return result;
  uint64_t limit = (uint64_t)q->memory_mb << 20, peak = has_leaf_file(MEMORY_PEAK) ? read_count(MEMORY_PEAK, NULL) : 0;
  uint64_t left = read_count(MEMORY_NOW, NULL) + (m->files > files ? m->files - files : 0);
  if (setup.peak_resets || peak > m->peak_before) result.peak_bytes = peak > left ? peak - left : 0;
  else if (m->seen > largest) result.peak_bytes = m->seen;
  if (result.peak_bytes > limit && alone && largest < result.peak_bytes) result.peak_bytes = largest;
  /* the kernel counts in batches of 64 pages for each CPU; less than that it cannot tell from nothing */
  static uint64_t batches;
  if (!batches) batches = 64ull * sysconf(_SC_PAGESIZE) * sysconf(_SC_NPROCESSORS_ONLN);
  uint64_t least = largest < batches ? largest : batches;
  if (result.peak_bytes < least) result.peak_bytes = least;
  int killed = out_of_memory(m), ours = killed && leaf_fails() > m->fails;
  result.over_memory = (killed && ours) || (known || largest > limit ? result.peak_bytes > limit : 0);
  result.machine_out_of_memory = killed && !ours;
  return result;
}

/*
 * The processes of a job, seen from outside while it runs: for jobs that take a while, and for what no control group
 * counts. In tiers A and B they are all that /proc shows besides the server and the examiner; in tier B' they are the
 * server's descendants.
 *
 * Does not cover: what happens between two looks, and what the kernel holds for a program beside its pages, but for the
 * page tables of those that may map much, and what the sockets of its network namespace can hold.
 */

struct seen {
  uint64_t cpu_us, resident, tasks;
  uint64_t kernels; /* bytes of the kernel's own */
  int pids[4096], count;
};

static int line_of(int pid, const char *name, char *to, size_t size) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/%s", pid, name);
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return -1;
  ssize_t n = read(fd, to, size - 1);
  close(fd);
  if (n <= 0) return -1;
  to[n] = 0;
  return 0;
}

struct stat_line { char state; unsigned long child_faults, utime, stime, size; long cutime, cstime, threads, resident; };

static int read_stat(int pid, struct stat_line *s) {
  char line[1024];
  if (line_of(pid, "stat", line, sizeof line)) return -1;
  char *p = strrchr(line, ')');
  return p && sscanf(p + 1, " %c %*d %*d %*d %*d %*d %*u %*u %lu %*u %*u %lu %lu %ld %ld %*d %*d %ld %*d %*u %lu %ld", &s->state, &s->child_faults, &s->utime,
                     &s->stime, &s->cutime, &s->cstime, &s->threads, &s->size, &s->resident) == 9
             ? 0
             : -1;
}

/* Memory in the buffers of sockets belongs to no process: what the sockets of our network namespace can hold at most. */
static uint64_t socket_bytes(void) {
  const uint64_t few = 32, most = 320 << 10; /* SO_SNDBUF is refused (filter.h), so a buffer stays at about 208 KiB */
  char line[64];
  unsigned long used = 0;
  if (setup.tier == TIER_CONFINED || line_of(getpid(), "net/sockstat", line, sizeof line)) return 0;
  if (sscanf(line, "sockets: used %lu", &used) != 1 || used <= few) return 0;
  return (used - few) * most;
}

/* Page tables of a process, which its resident memory does not show. */
static uint64_t table_bytes(int pid) {
  char text[2048], *line;
  if (line_of(pid, "status", text, sizeof text) || !(line = strstr(text, "VmPTE:"))) return 0;
  return strtoull(line + 6, NULL, 10) << 10;
}

static void see(struct seen *all, int pid) {
  static long page, tick;
  struct stat_line s;
  if (!page) page = sysconf(_SC_PAGESIZE), tick = sysconf(_SC_CLK_TCK);
  if (all->count == sizeof all->pids / sizeof all->pids[0] || read_stat(pid, &s)) return;
  all->cpu_us += (s.utime + s.stime + s.cutime + s.cstime) * (1000000 / tick);
  if (pid == running.init || s.state == 'Z') return; /* times only: the one has our memory, the other none */
  all->pids[all->count++] = pid;
  all->resident += (uint64_t)s.resident * page;
  all->tasks += s.threads;
  if (s.size > 16ul << 30) all->kernels += table_bytes(pid); /* only those without a limit of their address space */
}

static void see_children(struct seen *all, int pid, int but) {
  char path[64], text[32768];
  snprintf(path, sizeof path, "/proc/%d/task", pid);
  DIR *d = opendir(path);
  for (struct dirent *e; d && (e = readdir(d));) {
    if (e->d_name[0] == '.') continue;
    snprintf(path, sizeof path, "task/%.12s/children", e->d_name);
    if (line_of(pid, path, text, sizeof text)) continue;
    for (char *p = text, *end;; p = end) {
      long child = strtol(p, &end, 10);
      if (end == p) break;
      if (child != but && child != forker.pid) see(all, child);
    }
  }
  if (d) closedir(d);
}

static void see_all(struct seen *all) {
  all->cpu_us = all->resident = all->tasks = all->count = 0;
  all->kernels = socket_bytes();
  if (setup.tier == TIER_CONFINED) {
    see_children(all, getpid(), examiner.pid);
    for (int i = 0; i < all->count; i++) see_children(all, all->pids[i], 0);
    return;
  }
  DIR *d = opendir("/proc");
  for (struct dirent *e; d && (e = readdir(d));) {
    int pid = atoi(e->d_name);
    if (pid > 1 && pid != getpid() && pid != examiner.pid && pid != examiner.init && pid != forker.pid) see(all, pid);
  }
  if (d) closedir(d);
}

/*
 * What a process maps, each page divided by how many map it. Files of the system are not the job's. A process that
 * keeps others from looking is counted in full.
 */
static uint64_t anonymous_pages(int pid) {
  static const char *parts[] = {"Pss_Anon:", "Pss_Shmem:", "SwapPss:"};
  char text[4096];
  struct stat_line s;
  uint64_t total = 0;
  if (line_of(pid, "smaps_rollup", text, sizeof text)) return read_stat(pid, &s) ? 0 : (uint64_t)s.resident * sysconf(_SC_PAGESIZE);
  for (int i = 0; i < 3; i++) {
    char *p = strstr(text, parts[i]);
    if (p) total += strtoull(p + strlen(parts[i]), NULL, 10) * 1024;
  }
  return total;
}

static uint64_t own_pages; /* of the server; each of them is in every process that it forks */

/*
 * Memory of the whole job with shared pages counted once; looked at closely only when the simple sum is too much. While
 * processes end, the shares of those still to be read grow: what is too much once has to be so each time.
 */
static int over_resident(struct seen *all, uint64_t limit) {
  for (int times = 0; times < 3; times++) {
    uint64_t total = 0;
    if (times) see_all(all);
    if (all->resident + all->kernels <= limit) return 0;
    total += all->kernels;
    for (int i = 0; i < all->count; i++) total += anonymous_pages(all->pids[i]);
    if (total <= limit + own_pages) return 0;
  }
  return 1;
}

/*
 * How long what runs has waited for a processor: much, where the machine is too busy; nothing, where a program sleeps.
 * Only asked when the wall clock ends a job. -1 where the kernel does not say.
 */
static int64_t waited_us(void) {
  static struct seen all;
  int64_t total = -1;
  see_all(&all);
  for (int i = 0; i < all.count; i++) {
    char path[64], file[64], line[128];
    snprintf(path, sizeof path, "/proc/%d/task", all.pids[i]);
    DIR *threads = opendir(path);
    for (struct dirent *t; threads && (t = readdir(threads));) {
      unsigned long long waited;
      snprintf(file, sizeof file, "task/%.20s/schedstat", t->d_name);
      if (*t->d_name == '.' || line_of(all.pids[i], file, line, sizeof line) || sscanf(line, "%*u %llu", &waited) != 1) continue;
      total = (total < 0 ? 0 : total) + (int64_t)(waited / 1000);
    }
    if (threads) closedir(threads);
  }
  return total;
}

/* Whether the job has had only one process, as far as the kernel's accounts tell. Before its end is taken note of. */
static int was_alone(void) {
  static struct seen all;
  struct stat_line s;
  if (read_stat(running.pid, &s) || s.child_faults) return 0;
  if (running.init && (read_stat(running.init, &s) || s.child_faults)) return 0;
  see_all(&all);
  return all.count == 0 || (all.count == 1 && all.pids[0] == running.pid);
}

/* Whether this is the path of a file in the private folder that has been deleted. */
static int is_deleted(const char *path) {
  size_t length = strlen(setup.scratch);
  const char *end = strstr(path, " (deleted)");
  return end && !strncmp(path, setup.scratch, length) && path[length] == '/';
}

struct unlinked { uint64_t bytes; uint64_t counted[512]; int count; };

static void add_unlinked(struct unlinked *u, uint64_t inode, uint64_t bytes) {
  for (int i = 0; i < u->count; i++)
    if (u->counted[i] == inode) return;
  if (u->count < 512) u->counted[u->count++] = inode;
  u->bytes += bytes;
}

/*
 * Tier B': files that have no name any more but are still open or mapped. A process that cannot be looked at counts as
 * too much: no honest program makes itself so (but one that is just ending has no memory left, and is not to be seen).
 */
static uint64_t unlinked_bytes(const struct seen *all, uint64_t most) {
  static struct unlinked u;
  static int looks_in_vain;
  int hidden = 0;
  u.bytes = u.count = 0;
  for (int i = 0; i < all->count && u.bytes <= most; i++) {
    char path[PATH_MAX], line[PATH_MAX + 256];
    struct stat s;
    snprintf(path, sizeof path, "/proc/%d/fd", all->pids[i]);
    DIR *d = opendir(path);
    struct stat_line now;
    hidden |= !d && errno == EACCES && !read_stat(all->pids[i], &now) && now.resident > 0;
    for (struct dirent *e; d && (e = readdir(d));) {
      ssize_t n = readlinkat(dirfd(d), e->d_name, path, sizeof path - 1);
      path[n > 0 ? n : 0] = 0;
      if (is_deleted(path) && !fstatat(dirfd(d), e->d_name, &s, 0) && S_ISREG(s.st_mode)) add_unlinked(&u, s.st_ino, s.st_blocks * 512ull);
    }
    if (d) closedir(d);
    snprintf(path, sizeof path, "/proc/%d/maps", all->pids[i]);
    FILE *f = fopen(path, "re");
    while (f && fgets(line, sizeof line, f)) {
      unsigned long from, to, inode;
      char *name = strchr(line, '/');
      if (name && is_deleted(name) && sscanf(line, "%lx-%lx %*s %*s %*s %lu", &from, &to, &inode) == 3) add_unlinked(&u, inode, to - from);
    }
    if (f) fclose(f);
  }
  looks_in_vain = hidden ? looks_in_vain + 1 : 0;
  return looks_in_vain > 1 ? most + 1 : u.bytes;
}

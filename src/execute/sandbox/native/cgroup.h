/*
 * Control groups: a leaf per server, made by the keeper, which has the rights of whoever started Cupel. The server gets
 * the open files and no more.
 *
 * What forks the jobs lives in the leaf, so that they are born there (forker.h); the server and the examiner do not.
 *
 * Does not cover: finding a parent folder (cgroups.ts), and limits on CPU share or I/O, which are not set.
 */

struct leaf_file { const char *name; int hierarchy, flags, needed; };

/*
 * Hierarchies: 0 memory, 1 cpuacct. Not pids: version 1 needs root, and then every job has a uid of its own, whose
 * processes RLIMIT_NPROC counts exactly.
 */
static const struct leaf_file files_v1[LEAF_FILES] = {
    [JOIN_MEMORY] = {"cgroup.procs", 0, O_WRONLY, 1},
    [JOIN_CPU] = {"cgroup.procs", 1, O_WRONLY, 1},
    [MEMORY_LIMIT] = {"memory.limit_in_bytes", 0, O_WRONLY, 1},
    [SWAP_LIMIT] = {"memory.memsw.limit_in_bytes", 0, O_WRONLY, 0},
    [MEMORY_NOW] = {"memory.usage_in_bytes", 0, O_RDONLY, 1},
    [MEMORY_PEAK] = {"memory.max_usage_in_bytes", 0, O_RDWR, 1},
    [MEMORY_EVENTS] = {"memory.oom_control", 0, O_RDONLY, 1},
    [CPU_TIME] = {"cpuacct.usage", 1, O_RDONLY, 1},
};
/* Without swap a limit means the same on every machine. */
static const char *without_swap_v1[] = {"memory.swappiness", "0"};

static const struct leaf_file files_v2[LEAF_FILES] = {
    [JOIN_MEMORY] = {"cgroup.procs", 0, O_WRONLY, 1},
    [MEMORY_LIMIT] = {"memory.max", 0, O_WRONLY, 1},
    [MEMORY_NOW] = {"memory.current", 0, O_RDONLY, 1},
    [MEMORY_PEAK] = {"memory.peak", 0, O_RDWR, 0}, /* Linux 5.19; to be written from 6.12 on */
    [MEMORY_EVENTS] = {"memory.events", 0, O_RDONLY, 1},
    [PIDS_LIMIT] = {"pids.max", 0, O_WRONLY, 1},
    [PIDS_NOW] = {"pids.current", 0, O_RDONLY, 1},
    [CPU_TIME] = {"cpu.stat", 0, O_RDONLY, 1},
};
static const char *without_swap_v2[] = {"memory.swap.max", "0"};

static const char *leaf_parents[2]; /* one folder per hierarchy; on v2 only the first */
static unsigned leaf_number;

static void kill_members(const char *leaf) {
  char path[PATH_MAX];
  snprintf(path, sizeof path, "%s/cgroup.procs", leaf);
  FILE *f = fopen(path, "re");
  for (int pid; f && fscanf(f, "%d", &pid) == 1;)
    if (pid > 1) kill(pid, SIGKILL);
  if (f) fclose(f);
}

/* The processes of a leaf are dead when this is called, or as good as: their last traces may take a moment. */
static void remove_leaf(const char *leaf) {
  for (int tries = 0; rmdir(leaf) && errno == EBUSY && tries < 2000; tries++) {
    kill_members(leaf);
    usleep(1000);
  }
}

static int hierarchies(void) { return setup.cgroup == 1 ? 2 : setup.cgroup == 2 ? 1 : 0; }

static void leaf_path(char *to, size_t size, int hierarchy, unsigned number) {
  char owner[128];
  owned_name(owner, sizeof owner);
  snprintf(to, size, "%s/%s-%u", leaf_parents[hierarchy], owner, number);
}

static void remove_leaves(unsigned number) {
  char path[PATH_MAX];
  for (int i = 0; i < hierarchies() && number; i++) {
    leaf_path(path, sizeof path, i, number);
    remove_leaf(path);
  }
}

static void set_leaf(const char *const setting[2]) {
  char folder[PATH_MAX], path[PATH_MAX + 64];
  leaf_path(folder, sizeof folder, 0, leaf_number);
  snprintf(path, sizeof path, "%s/%s", folder, setting[0]);
  int fd = open(path, O_WRONLY | O_CLOEXEC);
  if (fd < 0) return; /* a kernel without swap */
  if (write(fd, setting[1], strlen(setting[1])) < 0) fail(path);
  close(fd);
}

/* Makes the leaf, and opens its files at their numbers. */
static void make_leaf(void) {
  const struct leaf_file *files = setup.cgroup == 1 ? files_v1 : files_v2;
  char folder[PATH_MAX], path[PATH_MAX + 64];
  leaf_number++;
  for (int i = 0; i < hierarchies(); i++) {
    leaf_path(folder, sizeof folder, i, leaf_number);
    if (mkdir(folder, 0755)) fail(folder);
  }
  set_leaf(setup.cgroup == 1 ? without_swap_v1 : without_swap_v2);
  setup.leaf = 0;
  for (int i = 0; i < LEAF_FILES; i++) {
    if (!files[i].name) continue;
    leaf_path(folder, sizeof folder, files[i].hierarchy, leaf_number);
    snprintf(path, sizeof path, "%s/%s", folder, files[i].name);
    int fd = open(path, files[i].flags);
    if (fd < 0 && i == MEMORY_PEAK) fd = open(path, O_RDONLY);
    if (fd < 0 && !files[i].needed) continue;
    if (fd < 0 || (fd != LEAF_FD + i && (dup2(fd, LEAF_FD + i) < 0 || close(fd)))) fail(path);
    setup.leaf |= 1u << i;
  }
  setup.peak_resets = has_leaf_file(MEMORY_PEAK) && write(LEAF_FD + MEMORY_PEAK, "0", 1) == 1;
}

/* What killed keepers left behind. */
static void sweep_leaves(void) {
  for (int i = 0; i < hierarchies(); i++) {
    DIR *d = opendir(leaf_parents[i]);
    for (struct dirent *e; d && (e = readdir(d));) {
      char path[PATH_MAX];
      if (!is_stale(e->d_name)) continue;
      snprintf(path, sizeof path, "%s/%s", leaf_parents[i], e->d_name);
      kill_members(path);
      remove_leaf(path);
    }
    if (d) closedir(d);
  }
}

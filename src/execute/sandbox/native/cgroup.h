/*
 * Control groups: a leaf per server, made by the keeper, which has the rights of whoever started Cupel. The server gets
 * the open files and no more. Jobs join the leaf before they give up their rights; the server itself stays outside.
 *
 * Does not cover: finding a parent folder (cgroups.ts), and limits on CPU share or I/O, which are not set.
 */

struct leaf_file { const char *name; int hierarchy, flags, needed; };
struct leaf_setting { const char *name, *text; };

/*
 * Hierarchies: 0 memory, 1 cpuacct. Not pids: version 1 needs root, and then every job has a uid of its own, whose
 * processes RLIMIT_NPROC counts exactly; each hierarchy more is some 15 µs for each job.
 */
static const struct leaf_file files_v1[LEAF_FILES] = {
    [JOIN_MEMORY] = {"cgroup.procs", 0, O_WRONLY, 1},
    [JOIN_CPU] = {"cgroup.procs", 1, O_WRONLY, 1},
    [MEMORY_LIMIT] = {"memory.limit_in_bytes", 0, O_WRONLY, 1},
    [SWAP_LIMIT] = {"memory.memsw.limit_in_bytes", 0, O_WRONLY, 0},
    [MEMORY_NOW] = {"memory.usage_in_bytes", 0, O_RDONLY, 1},
    [MEMORY_PEAK] = {"memory.max_usage_in_bytes", 0, O_RDWR, 1},
    [MEMORY_KILLS] = {"memory.oom_control", 0, O_RDONLY, 1},
    [MEMORY_FAILS] = {"memory.failcnt", 0, O_RDONLY, 1},
    [CPU_TIME] = {"cpuacct.usage", 1, O_RDONLY, 1},
};
static const struct leaf_setting settings_v1[] = {{"memory.swappiness", "0"}, {NULL, NULL}};

static const struct leaf_file files_v2[LEAF_FILES] = {
    [JOIN_MEMORY] = {"cgroup.procs", 0, O_WRONLY, 1},
    [MEMORY_LIMIT] = {"memory.max", 0, O_WRONLY, 1},
    [SWAP_LIMIT] = {"memory.swap.max", 0, O_WRONLY, 0},
    [MEMORY_NOW] = {"memory.current", 0, O_RDONLY, 1},
    [MEMORY_PEAK] = {"memory.peak", 0, O_RDWR, 0}, /* Linux 5.19; to be written from 6.12 on */
    [MEMORY_KILLS] = {"memory.events", 0, O_RDONLY, 1},
    [MEMORY_FAILS] = {"memory.events", 0, O_RDONLY, 1},
    [PIDS_LIMIT] = {"pids.max", 0, O_WRONLY, 1},
    [CPU_TIME] = {"cpu.stat", 0, O_RDONLY, 1},
};
static const struct leaf_setting settings_v2[] = {{"memory.oom.group", "1"}, {"memory.swap.max", "0"}, {NULL, NULL}};

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

static void leaf_path(char *to, size_t size, int hierarchy) {
  char owner[128];
  owned_name(owner, sizeof owner);
  snprintf(to, size, "%s/%s-%u", leaf_parents[hierarchy], owner, leaf_number);
}

static void remove_leaves(void) {
  char path[PATH_MAX];
  for (int i = 0; i < hierarchies(); i++) {
    leaf_path(path, sizeof path, i);
    remove_leaf(path);
  }
}

/* Makes the leaf and opens its files at their numbers. */
static void make_leaf(void) {
  const struct leaf_file *files = setup.cgroup == 1 ? files_v1 : files_v2;
  char folder[PATH_MAX], path[PATH_MAX + 64];
  leaf_number++;
  for (int i = 0; i < hierarchies(); i++) {
    leaf_path(folder, sizeof folder, i);
    if (mkdir(folder, 0755)) fail(folder);
  }
  leaf_path(folder, sizeof folder, 0);
  for (const struct leaf_setting *s = setup.cgroup == 1 ? settings_v1 : settings_v2; s->name; s++) {
    snprintf(path, sizeof path, "%s/%s", folder, s->name);
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0) continue; /* without swap, or before the kernel that brought it */
    if (write(fd, s->text, strlen(s->text)) < 0) { /* the memory limit holds without it */ }
    close(fd);
  }
  setup.leaf = 0;
  for (int i = 0; i < LEAF_FILES; i++) {
    if (!files[i].name) continue;
    leaf_path(folder, sizeof folder, files[i].hierarchy);
    snprintf(path, sizeof path, "%s/%s", folder, files[i].name);
    int fd = open(path, files[i].flags);
    if (fd < 0 && i == MEMORY_PEAK) fd = open(path, O_RDONLY);
    if (fd < 0) {
      if (files[i].needed) { int error = errno; remove_leaves(); errno = error; fail(path); }
      continue;
    }
    if (fd != LEAF_FD + i && (dup2(fd, LEAF_FD + i) < 0 || close(fd))) fail("dup2");
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

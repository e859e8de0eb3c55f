/*
 * Tier B', made once per server: the private folder, the rules of Landlock, and uids for jobs if we may give them.
 *
 * Covers: what a job may open is what `binds` names, for reading, and its own folder. As root each job gets a uid of
 * its own, without which root would not be kept from root's files and processes; if that cannot be had, the tier is
 * refused.
 *
 * Does not cover: other users' view of the machine. The job sees which processes and files there are as far as it can
 * guess their names, shares the uid of whoever started Cupel (unless that is root), and its network stays in sight
 * though no socket can be opened.
 */

static int maps_whole_range(unsigned *first, unsigned *count) {
  FILE *f = fopen("/proc/self/uid_map", "re");
  unsigned outside;
  int ok = f && fscanf(f, "%u %u %u", first, &outside, count) == 3;
  if (f) fclose(f);
  return ok && *count == UINT_MAX;
}

/* Jobs of root get uids that no account has; a container may have mapped only the first 65,536. */
static void choose_uids(void) {
  unsigned first, count;
  if (maps_whole_range(&first, &count)) setup.first_uid = far_uids() + 1000, setup.uids = 60000;
  else setup.first_uid = 61184 + getpid() % 1024 * 4, setup.uids = 4;
}

static uint32_t tasks_of_user(void) {
  uint32_t tasks = 1;
  DIR *d = opendir("/proc");
  for (struct dirent *e; d && (e = readdir(d));) {
    struct stat s;
    struct stat_line line;
    int pid = atoi(e->d_name);
    if (pid > 0 && !fstatat(dirfd(d), e->d_name, &s, 0) && s.st_uid == geteuid() && !read_stat(pid, &line)) tasks += line.threads;
  }
  if (d) closedir(d);
  return tasks;
}

/* What has another place inside, in the tiers with mounts, lies below the private folder here: as links, for the server only. */
static char *seen_from_inside(char *path) {
  char *place;
  if (setup.tier != TIER_CONFINED) return path;
  for (int i = 0; i < bind_count; i++)
    if (!strcmp(binds[i].to, path) && strcmp(binds[i].from, binds[i].to)) return asprintf(&place, "%s/root%s", setup.scratch, path) < 0 ? path : place;
  return path;
}

static void link_moved(const struct bind *b) {
  char *place = seen_from_inside((char *)b->to);
  make_parents(place);
  if (symlink(b->from, place)) fail(place);
}

static void add_place(const char *path, uint32_t access) {
  struct stat s;
  int fd = open(path, O_PATH | O_CLOEXEC);
  if (fd < 0) return; /* what is not there need not be allowed */
  if (fstat(fd, &s)) fail(path);
  if (!S_ISDIR(s.st_mode)) access &= LL_EXECUTE | LL_WRITE_FILE | LL_READ_FILE | LL_TRUNCATE;
  if (setup.places == MAX_PLACES) { errno = E2BIG; fail(path); }
  if (dup2(fd, PLACE_FD + setup.places) < 0) fail(path);
  setup.access[setup.places++] = access;
  close(fd);
}

static void confine(void) {
  int version = syscall(CREATE_RULESET, NULL, 0, 1 /* which version? */);
  if (version < 0) refuse("Landlock is not available here");
  if (version < LANDLOCK_NEEDED) refuse("Landlock is too old here: it keeps signals in from Linux 6.12 on");
  if (!geteuid()) choose_uids();
  else setup.tasks_before = tasks_of_user();
  make_scratch();
  for (int i = 0; i < bind_count; i++) {
    int device = !strncmp(binds[i].from, "/dev/", 5);
    if (strcmp(binds[i].from, binds[i].to)) link_moved(&binds[i]);
    else add_place(binds[i].from, device ? LL_READ_FILE | LL_WRITE_FILE | LL_TRUNCATE : LL_READ);
  }
  /* elsewhere these are not there; here they are, and what may not be read is an error to those who look for it */
  static const char *more[] = {"/etc/ssl/openssl.cnf", "/etc/nsswitch.conf", "/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/proc/uptime",
                               "/proc/filesystems", "/sys/devices/system/cpu"};
  for (unsigned i = 0; i < sizeof more / sizeof *more; i++) add_place(more[i], LL_READ);
  char path[256];
  for (unsigned i = 0; i < sizeof system_links / sizeof *system_links; i++) {
    snprintf(path, sizeof path, "/%s", system_links[i]);
    add_place(path, LL_READ);
  }
  scratch_path(path, sizeof path, "files");
  add_place(path, LL_OWN);
}

/* What ends a job before it ends itself, and what it is told to have used. */

/* By the process as it runs now; what its descendants use is in it only where something counts them. */
static uint64_t used_cpu_ns(void) {
  return counts_cpu() ? job_cpu_ns(&running.meter, examiner.pid) : clock_of(running.pid);
}

/*
 * Bytes on its disk. To keep hold of it is what costs (its end then is ours to wait for), so only jobs that take a while
 * are asked.
 */
static uint64_t disk_bytes(void) {
  struct statfs s;
  if (setup.tier == TIER_CONFINED) {
    struct held held = {0};
    int folder = files_folder();
    if (folder >= 0) add_folder(folder, 0, &held, ~0ull >> 1);
    return held.bytes;
  }
  if (running.disk < 0 && *inside) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/root/tmp", running.pid);
    running.disk = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
  }
  return running.disk < 0 || fstatfs(running.disk, &s) ? 0 : (s.f_blocks - s.f_bfree) * s.f_bsize;
}

/* What the mounts of the other tiers would have limited. */
static int over_confined(const struct request *q, const struct seen *all) {
  struct held held = {0};
  uint64_t most = (uint64_t)q->disk_mb << 20;
  int folder = files_folder();
  if (folder >= 0) add_folder(folder, 0, &held, most);
  if (held.bytes <= most && *inside) held.bytes += unlinked_bytes(all, most);
  if (held.bytes > most || held.entries > q->disk_mb * 64 + 256) return BY_DISK;
  return setup.tasks_before && !has_leaf_file(PIDS_LIMIT) && all->tasks > q->processes ? BY_PROCESSES : BY_ITSELF;
}

/* Where memory is only watched: what a runtime maps for itself, so that an honest program is not ended too soon. */
#define UNSHARED (64u << 20)

/* Every few milliseconds. `spent_us` is what earlier processes of the same job have used. */
static int over_a_limit(const struct request *q, uint64_t spent_us, int judging) {
  static struct seen all;
  struct meter *m = &running.meter;
  uint64_t cpu = spent_us + used_cpu_ns() / 1000;
  int looking = !setup.cgroup || setup.tier == TIER_CONFINED;
  if (looking) see_all(&all);
  uint64_t watched = looking ? all.cpu_us + cpu_us_of(&running.orphans) : 0;
  if (watched > m->watched) m->watched = watched;
  if (!counts_cpu() && spent_us + watched > cpu) cpu = spent_us + watched;
  if (cpu > q->cpu_ms * 1000ull) return BY_CPU;
  if (setup.cgroup) {
    /* A candidate that was ended by the kernel is the examiner's to report: it may be asked for again. */
    if (!judging && out_of_memory(m)) return BY_MEMORY;
    uint64_t files = disk_bytes(), now = read_count(MEMORY_NOW, NULL);
    if (files > m->files) m->files = files;
    if (now > files + m->base && now - files - m->base > m->seen) m->seen = now - files - m->base;
  }
  if (!looking) return BY_ITSELF;
  /* processes of another uid show what they hold only to that uid, however much of root a container leaves us */
  int other = setup.tier == TIER_CONFINED && setup.first_uid, over = BY_ITSELF;
  if (other) setfsgid(running.uid), setfsuid(running.uid);
  if (!setup.cgroup && over_resident(&all, ((uint64_t)q->memory_mb << 20) + UNSHARED)) over = BY_MEMORY, m->seen = all.resident + all.kernels;
  else if (setup.tier == TIER_CONFINED) over = over_confined(q, &all);
  if (other) setfsuid(0), setfsgid(0);
  return over;
}

/* By how much the server may hold less at the end of a job than before it. */
#define BASE_MAY_SHRINK (16u << 20)

/* Ends what is left of the job, and says what it has used. */
static struct measured end_running(const struct request *q, int *status, int took_a_while) {
  static struct seen last;
  struct rusage usage;
  struct meter *m = &running.meter;
  if (took_a_while && !counts_cpu()) {
    see_all(&last);
    uint64_t watched = last.cpu_us + cpu_us_of(&running.orphans);
    if (watched > m->watched) m->watched = watched;
  }
  /* only where it decides: when the peak alone would be over the limit */
  uint64_t limit = (uint64_t)q->memory_mb << 20, least = m->base > BASE_MAY_SHRINK ? m->base - BASE_MAY_SHRINK : 0;
  int doubtful = setup.cgroup && (!has_leaf_file(MEMORY_PEAK) || read_count(MEMORY_PEAK, NULL) > limit + least);
  int alone = doubtful && was_alone();
  finish(&running, status, &usage);
  uint64_t cpu = counts_cpu() ? job_cpu_ns(m, examiner.pid) : cpu_us_of(&usage) * 1000;
  if (!counts_cpu() && cpu < m->watched * 1000) cpu = m->watched * 1000; /* of children nobody waited for, while they lived */
  int known = setup.tier == TIER_CONFINED || running.disk >= 0;
  struct measured used = end_meter(m, q, cpu, known && m->files ? disk_bytes() : 0, known, (uint64_t)usage.ru_maxrss * 1024, alone);
  if (!setup.cgroup && m->seen > used.peak_bytes) used.peak_bytes = m->seen;
  return used;
}

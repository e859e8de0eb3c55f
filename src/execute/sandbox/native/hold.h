/*
 * A held program: sent once, then run with many inputs. Its frame stays in memory; large files that a compiler made are
 * written once into a read-only tmpfs, and each run gets them as mounts instead of copies.
 *
 * The tmpfs is at HELD_FOLDER in the server's mounts. Jobs of other programs leave it when they get mounts of their own, and
 * the /tmp of every job covers it. Its files are called 0, 1, …, so the server uses no name that somebody else chose.
 */
#define HELD_FOLDER "/tmp/held"
#define BIND_FROM (64u << 10)
#define MAX_BOUND 8

static struct buffer held; /* its frame; what is in the tmpfs is left out */
static struct buffer held_argv;
static struct { uint32_t pair; char name[NAME_MAX + 1]; } held_files[MAX_BOUND];
static int held_count, has_held_mount;
static int bound_count; /* as held_count for a job of the held program, else 0 */

static int is_bound(uint32_t pair) {
  for (int i = 0; i < bound_count; i++)
    if (held_files[i].pair == pair) return 1;
  return 0;
}

/* Blob 2 says how many of the files a compiler made: they come first. A program may write to the others. */
static int can_be_bound(const struct job *j, uint32_t pair) {
  const struct blob *name = &j->blob[pair];
  uint32_t made = 0;
  if (j->blob[2].size == sizeof made) memcpy(&made, j->blob[2].data, sizeof made);
  return (pair - 4) / 2 < made && j->blob[pair + 1].size >= BIND_FROM && name->size && name->size <= NAME_MAX && !memchr(name->data, '/', name->size) &&
         !memchr(name->data, 0, name->size);
}

/* 0 if it is there and can be bound. */
static int write_held(int number, const struct blob *content) {
  char path[64];
  snprintf(path, sizeof path, HELD_FOLDER "/%d", number);
  int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0555);
  if (fd < 0) return -1;
  int failed = write_full(fd, content->data, content->size);
  return close(fd) || failed ? -1 : 0;
}

static void drop_held(void) {
  if (has_held_mount && umount2(HELD_FOLDER, MNT_DETACH)) fail("drop a held program");
  has_held_mount = held_count = 0;
  drop(&held);
}

/* What cannot be bound (too little memory, too many) is kept in the frame and written for each run. */
static void hold(const struct request *q, const struct job *j) {
  drop_held();
  uint64_t bytes = 0;
  for (uint32_t i = 4; i + 1 < j->blobs; i += 2)
    if (can_be_bound(j, i)) bytes += j->blob[i + 1].size + 4096;
  char options[64];
  snprintf(options, sizeof options, "size=%llu,nr_inodes=%d,mode=0755", (unsigned long long)bytes + 65536, MAX_BOUND + 2);
  if (bytes && !mount("tmpfs", HELD_FOLDER, "tmpfs", MS_NOSUID | MS_NODEV, options)) has_held_mount = 1;
  append(&held, q, sizeof *q);
  for (uint32_t i = 0; i < j->blobs; i++) {
    uint32_t size = j->blob[i].size;
    if (has_held_mount && i >= 5 && i % 2 && held_count < MAX_BOUND && can_be_bound(j, i - 1) && !write_held(held_count, &j->blob[i])) {
      const struct blob *name = &j->blob[i - 1];
      held_files[held_count].pair = i - 1;
      memcpy(held_files[held_count].name, name->data, name->size);
      held_files[held_count++].name[name->size] = 0;
      size = 0;
    }
    append(&held, &size, 4);
    append(&held, j->blob[i].data, size);
  }
  if (has_held_mount && mount(NULL, HELD_FOLDER, NULL, MS_REMOUNT | MS_RDONLY | MS_NOSUID | MS_NODEV, NULL)) fail("make a held program read-only");
}

/* From the frame of an input (0 arguments, 1 stdin) to that of a run. -1 if there is nothing to run it with. */
static int with_input(struct job *j) {
  static struct blob input[2];
  struct request q;
  if (!held.size || j->blobs != 2) return -1;
  memcpy(input, j->blob, sizeof input);
  if (parse(&held, &q, j) || j->blobs < 4) return -1;
  release(&held_argv);
  append(&held_argv, j->blob[0].data, j->blob[0].size);
  append(&held_argv, input[0].data, input[0].size);
  j->blob[0] = (struct blob){held_argv.data, held_argv.size};
  j->blob[2] = input[1];
  return 0;
}

/* Its own runs see it in memory, nobody else's. */
static void show_held(int shown) {
  show(&held, shown), show(&held_argv, shown);
}

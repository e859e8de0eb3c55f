/*
 * What the warden hands to the server it starts. It has to survive an exec (a warm interpreter is another program), so
 * it lies in a memfd and the open files stand at fixed numbers, above any that an interpreter opens for itself.
 */

enum { TIER_A, TIER_B, TIER_CONFINED };

enum {
  SETUP_FD = 101,
  KEEPER_FD,         /* where the server asks for a fresh leaf */
  LEAF_FD,           /* the first of LEAF_FILES */
};

/* The files of a control group that a job is measured with. Their names are in cgroup.h. */
enum {
  JOIN_MEMORY, JOIN_CPU,   /* on v1 two hierarchies, on v2 one */
  MEMORY_LIMIT, SWAP_LIMIT, MEMORY_NOW, MEMORY_PEAK, MEMORY_EVENTS, PIDS_LIMIT, PIDS_NOW, CPU_TIME,
  LEAF_FILES
};

/* Tier B': what of the machine a job may open, and for what. */
enum { MAX_PLACES = 96 };
enum { PLACE_FD = LEAF_FD + LEAF_FILES, FIRST_FREE_FD = PLACE_FD + MAX_PLACES };

/* What the server says to the keeper. */
enum { LEAF_WANTED = 'w', LEAF_LEFT = 'l' };

struct setup {
  uint32_t tier;
  uint32_t first_uid;      /* jobs get a uid from here on; 0 if they have to share the server's */
  uint32_t uids;
  uint32_t cgroup;         /* version, or 0 */
  uint32_t leaf;           /* bit n: file n of the leaf is open */
  uint32_t peak_resets;    /* whether writing to MEMORY_PEAK starts it anew */
  uint32_t networked;      /* jobs may reach the relay */
  uint32_t tasks_before;   /* tier B': tasks of this user when the server started, which RLIMIT_NPROC counts too */
  char scratch[200];       /* tier B': the private folder */
  uint32_t places;
  uint32_t access[MAX_PLACES];
};

static struct setup setup;

static int has_leaf_file(int file) { return setup.leaf >> file & 1; }

/*
 * Room for the children of the warm interpreter. What is free in its memory lies between objects, so a child that
 * allocates there writes to, and by that copies, dozens of pages. So all of it is used up before the first fork, and
 * children allocate from a place of their own.
 */

void *PyObject_Malloc(size_t);

enum { SMALL = 512, STEP = 16, ARENA = 256 << 10, ENOUGH = 16 << 20 };

/* First until the interpreter maps another arena, then until each size has its room there. */
static void use_up_pools(void) {
#ifdef __GLIBC__
  malloc_trim(0); /* and the page tables are smaller */
#endif
  uint64_t before = address_space();
  char *block = NULL;
  for (size_t used = 0; address_space() < before + ARENA; used += SMALL)
    if (used > ENOUGH || !(block = PyObject_Malloc(SMALL))) return;
  for (size_t size = STEP; size <= SMALL; size += STEP) {
    char *p;
    size_t used = 0;
    do p = PyObject_Malloc(size);
    while (p && (p < block - ARENA || p > block + 4 * ARENA) && (used += size) < ENOUGH);
  }
}

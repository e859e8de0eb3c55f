/*
 * Room for the children of the warm interpreter. What is free in its memory lies between objects, so a child that
 * allocates there writes to, and by that copies, dozens of pages. So all of it is used up before the first fork, and
 * children allocate from a place of their own. Where the interpreter allocates otherwise than expected, some memory is
 * wasted and children are slower; nothing else.
 */

void *PyObject_Malloc(size_t);

enum { SMALL = 512, STEP = 16, ARENA = 256 << 10, ENOUGH = 32 << 20 };

/* First until the interpreter maps another arena, then until each size has its room there. */
static void use_up_pools(void) {
#ifdef __GLIBC__
  malloc_trim(0); /* what is given back need not be mapped in each child either */
#endif
  uint64_t before = address_space();
  char *fresh = NULL, *block;
  size_t used = 0;
  for (; address_space() < before + ARENA; used += SMALL)
    if (used > ENOUGH || !(fresh = PyObject_Malloc(SMALL))) return;
  for (size_t size = STEP; size <= SMALL; size += STEP)
    do {
      block = PyObject_Malloc(size);
      used += size;
    } while (block && used < ENOUGH && (block < fresh - ARENA || block > fresh + 4 * ARENA));
}

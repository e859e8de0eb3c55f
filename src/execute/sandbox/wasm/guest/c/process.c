/**
 * Two functions of the C library, made to tell the host what a native program's end would tell: that memory was refused,
 * and that it was the program that gave up.
 * Does not cover: a program that grows its memory or stops by the instructions themselves.
 */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

__attribute__((import_module("cupel"), import_name("refused"))) void refused(void);
__attribute__((import_module("cupel"), import_name("abort"))) void aborted(void);

#define PAGE 65536

void *sbrk(intptr_t increment) {
  if (increment == 0)
    return (void *)(__builtin_wasm_memory_size(0) * PAGE);
  if (increment < 0 || increment % PAGE != 0)
    abort();
  uintptr_t old = __builtin_wasm_memory_grow(0, (uintptr_t)increment / PAGE);
  if (old == UINTPTR_MAX) {
    refused();
    errno = ENOMEM;
    return (void *)-1;
  }
  return (void *)(old * PAGE);
}

_Noreturn void abort(void) {
  aborted();
  __builtin_trap();
}

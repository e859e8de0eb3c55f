// tries: to leave files and named objects for the next program
// expect: ok
// repeat: 3
#define _GNU_SOURCE
#include <fcntl.h>
#include <semaphore.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

int main(void) {
  if (shm_open("/left", O_RDWR, 0600) >= 0) puts("ESCAPED: shared memory of an earlier program");
  if (sem_open("/left", 0) != SEM_FAILED) puts("ESCAPED: a semaphore of an earlier program");
  if (access("/tmp/left", F_OK) == 0 || access("left", F_OK) == 0) puts("ESCAPED: a file of an earlier program");
  shm_open("/left", O_RDWR | O_CREAT, 0666);
  sem_open("/left", O_CREAT, 0666, 1);
  close(open("/tmp/left", O_CREAT | O_WRONLY, 0666)), close(open("left", O_CREAT | O_WRONLY, 0666));
  puts("held");
}

// tries: to print accounts, environments and memory of the compiler's surroundings in error messages
// expect: compile-error
#include "/etc/shadow"
#include "/proc/self/environ"
#include "/proc/1/environ"
#include "/proc/self/mem"
#include "/etc/passwd"
int main(void) { return 0; }

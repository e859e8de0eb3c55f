// tries: to read a file of the host while it is compiled
// expect: compile-error
#include "CANARY_FILE"
#include "../../../../../../../../CANARY_FILE"
#include "/proc/1/root/CANARY_FILE"
int main(void) { return 0; }

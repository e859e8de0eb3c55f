// tries: to compile what its standard streams and terminals hold
// expect: compile-error
#include "/dev/stdin"
#include "/dev/tty"
#include "/dev/fd/3"
int main(void { return 0; }

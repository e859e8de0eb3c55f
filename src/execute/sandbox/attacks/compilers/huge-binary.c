// tries: to become a program too large to keep
// expect: compile-error, output-limit
// limits: cpu=1 wall=4 disk=8
char first[96 << 20] = {1};
int main(void) { return first[5]; }

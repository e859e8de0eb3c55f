// tries: to become a program larger than the disk it may use
// expect: compile-error, output-limit
// limits: cpu=1 wall=4 disk=8
char first[20 << 20] = {1};
int main(void) { return first[5]; }

// tries: to be reported as not startable
// expect: runtime-error
int main(void) { return 127; }

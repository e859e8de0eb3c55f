// tries: to include itself twice at every level
// expect: compile-error
#include __FILE__
#include __FILE__
int main(void) { return 0; }

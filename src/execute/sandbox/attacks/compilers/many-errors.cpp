// tries: to drown Cupel in error messages
// expect: compile-error
#define E unknown_a(1)->b.c<d>::e();
#define E2 E E E E E E E E E E
#define E3 E2 E2 E2 E2 E2 E2 E2 E2 E2 E2
#define E4 E3 E3 E3 E3 E3 E3 E3 E3 E3 E3
int main() { E4 E4 E4 }

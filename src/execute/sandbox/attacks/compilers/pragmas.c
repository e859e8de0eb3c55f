// tries: to command the compiler from within: plugins, dependencies, libraries
// expect: ok, compile-error
#define _GNU_SOURCE
#include <stdio.h>
#pragma GCC plugin "/tmp/work/evil.so"
#pragma comment(lib, "/tmp/work/evil.so")
#pragma GCC optimize("-fplugin=/tmp/work/evil.so")
#pragma GCC target("arch=ESCAPED")
#pragma GCC pch_preprocess "/tmp/work/evil.pch"
int main(void) { puts("held"); }

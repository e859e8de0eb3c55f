/*
 * The warden as an addon of node (Node-API), which makes a node process a warm interpreter: see whole.h for how it is
 * forked, zygote.cjs for what is done around that. What Node-API declares is repeated here, so that no headers of node
 * are needed; its binary interface never changes.
 */
#define WARDEN_PART
#include "warden.c"
#include "whole.h"
#include "pages.h"

typedef struct environment *Environment;
typedef struct value *Value;
typedef struct call *Call;
int napi_create_function(Environment, const char *, size_t, Value (*)(Environment, Call), void *, Value *);
int napi_set_named_property(Environment, Value, const char *, Value);
int napi_create_array(Environment, Value *);
int napi_set_element(Environment, Value, uint32_t, Value);
int napi_create_string_utf8(Environment, const char *, size_t, Value *);
int napi_create_int32(Environment, int32_t, Value *);
int napi_get_uv_event_loop(Environment, void **);
int napi_add_env_cleanup_hook(Environment, void (*)(void *), void *);
/* of the node binary, or of the libraries it is linked with */
int uv_run(void *, int);
int RAND_poll(void);

/* turn(): one turn of the event loop, without waiting. */
static Value turn(Environment env, Call call) {
  (void)call;
  void *loop = NULL;
  if (!napi_get_uv_event_loop(env, &loop)) uv_run(loop, 2 /* UV_RUN_NOWAIT */);
  return NULL;
}

/* The interpreter takes itself apart on exit; the kernel does it for less. */
static void leave(int status, void *unused) {
  (void)unused;
  fflush(NULL);
  _exit(status);
}

static void learn(void *unused) {
  (void)unused;
  note_pages();
}

static void take_environment(const struct blob *b) {
  clearenv();
  for (const char *p = b->data, *end = p + b->size; p < end; p += strlen(p) + 1) putenv((char *)p);
}

static pid_t fork_node(void) {
  static int forks;
  if (forks == 0) learn_from_next();
  if (forks == 1) take_what_was_learnt();
  if (forks < 2) forks++;
  pid_t pid = fork_whole();
  if (!pid) touch_pages();
  return pid;
}

/* serve(): returns in each child: its process number, then the words of its command. */
static Value serve(Environment env, Call call) {
  (void)call;
  struct job *job;
  fork_job = fork_node;
  serve_whole(&job);
  if (RAND_poll() != 1) fail("seed the random numbers");
  if (learnt) napi_add_env_cleanup_hook(env, learn, NULL);
  on_exit(leave, NULL);
  take_environment(&job->blob[1]);
  Value list = NULL, item = NULL;
  uint32_t n = 0;
  napi_create_array(env, &list);
  napi_create_int32(env, getpid(), &item);
  napi_set_element(env, list, n++, item);
  int32_t seed = 0;
  if (syscall(SYS_getrandom, &seed, sizeof seed, 0) != sizeof seed) fail("getrandom");
  napi_create_int32(env, (seed & 0x7fffffff) | 1, &item);
  napi_set_element(env, list, n++, item);
  for (const char *p = job->blob[0].data, *end = p + job->blob[0].size; p < end; p += strlen(p) + 1) {
    napi_create_string_utf8(env, p, strlen(p), &item);
    napi_set_element(env, list, n++, item);
  }
  begin();
  return list;
}

__attribute__((visibility("default"))) Value napi_register_module_v1(Environment env, Value exports) {
  Value function = NULL;
  napi_create_function(env, "serve", 5, serve, NULL, &function);
  napi_set_named_property(env, exports, "serve", function);
  napi_create_function(env, "turn", 4, turn, NULL, &function);
  napi_set_named_property(env, exports, "turn", function);
  return exports;
}

/*
 * The library as an extension module, `warden`, of the interpreter that loads it. What it needs of Python is declared
 * here by hand, so that it is built without Python's headers: only what the stable ABI fixes for every version.
 */

typedef struct object Object;
struct method { const char *name; Object *(*call)(Object *, Object *); int flags; const char *about; };
struct module {
  ssize_t references;
  void *type, *init;
  ssize_t index;
  void *copy;
  const char *name, *about;
  ssize_t size;
  struct method *methods;
  void *slots, *traverse, *clear, *free;
};
enum { TAKES_TUPLE = 1, ABI_VERSION = 3 };

Object *PyModule_Create2(struct module *, int);
Object *PyBytes_FromStringAndSize(const char *, ssize_t);
Object *PyUnicode_DecodeUTF8(const char *, ssize_t, const char *);
Object *PyLong_FromLong(long);
long PyLong_AsLong(Object *);
Object *PyTuple_GetItem(Object *, ssize_t);
Object *PyObject_CallFunctionObjArgs(Object *, ...);
void PyErr_Print(void);
Object *PyList_New(ssize_t);
int PyList_Append(Object *, Object *);

/* Nothing is ever given back: these few objects live as long as the job. */
static void add(Object *list, Object *item) {
  if (!item || PyList_Append(list, item)) fail("out of memory");
}

static void add_bytes(Object *list, struct blob b) { add(list, PyBytes_FromStringAndSize(b.data, b.size)); }

static void add_arguments(Object *list, const struct blob *b) {
  Object *arguments = PyList_New(0);
  add(list, arguments);
  for (const char *p = b->data, *end = p + b->size; p < end; p += strlen(p) + 1)
    add(arguments, PyUnicode_DecodeUTF8(p, strlen(p), "surrogateescape"));
}

/* The content of the program itself, if it is among the files and in memory; else it is read where it was put. */
static void add_source(Object *list, const struct job *job) {
  const struct blob *b = job->blob;
  size_t length = strnlen(b[0].data, b[0].size);
  for (uint32_t i = 4; i + 1 < job->blobs; i += 2)
    if (!is_bound(i) && b[i].size == length && !memcmp(b[i].data, b[0].data, length)) { add_bytes(list, b[i + 1]); return; }
}

static void add_parts(Object *list, int role, const struct job *job) {
  if (role != ROLE_RUN && role != ROLE_SESSION) { add_bytes(list, job->blob[0]); return; }
  add_arguments(list, &job->blob[0]);
  add_bytes(list, job->blob[1]);
  if (role == ROLE_RUN) add_source(list, job);
}

/* serve(begin): calls begin([what its role needs, …, role]) in each child, and ends it with the code that gives. */
static Object *serve(Object *self, Object *arguments) {
  (void)self;
  struct job *job;
  use_up_pools();
  int role = cupel_serve(&job);
  Object *list = PyList_New(0);
  add_parts(list, role, job);
  add(list, PyLong_FromLong(role));
  Object *code = PyObject_CallFunctionObjArgs(PyTuple_GetItem(arguments, 0), list, NULL);
  if (!code) PyErr_Print();
  _exit(code ? PyLong_AsLong(code) : 1);
}

Object *PyInit_warden(void) {
  static struct method methods[] = {{"serve", serve, TAKES_TUPLE, NULL}, {0}};
  static struct module module = {.references = 1, .name = "warden", .size = -1, .methods = methods};
  return PyModule_Create2(&module, ABI_VERSION);
}

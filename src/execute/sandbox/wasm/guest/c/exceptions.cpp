/**
 * Exceptions for C++ programs in WebAssembly: the toolchain's libraries come without them. Implements the parts of the
 * Itanium C++ ABI that the compiler calls, on WebAssembly's own throw and catch, and turns the places where the standard
 * library (built without exceptions) gives up into the exceptions they stand for.
 * Covers: throw, catch by type and by base, rethrow, exception_ptr, cleanup, noexcept, terminate with the exception's text,
 * what std::stoi, std::regex, operator new and the like throw.
 * Does not cover: dynamic exception specifications, foreign exceptions, destructors of the library's own frames when one
 * of its functions throws (their memory leaks), threads.
 */
#include <cstdarg>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <ios>
#include <new>
#include <stdexcept>
#include <typeinfo>

// The tag that all thrown C++ exceptions carry.
__asm__(".globl __cpp_exception\n"
        ".tagtype __cpp_exception i32\n"
        "__cpp_exception:\n");

extern "C" char *__cxa_demangle(const char *, char *, size_t *, int *);

namespace __cxxabiv1 {
/** What all type_info objects of the library are; `can_catch` is theirs. */
class __shim_type_info : public std::type_info {
public:
  virtual ~__shim_type_info();
  virtual void noop1() const;
  virtual void noop2() const;
  virtual bool can_catch(const __shim_type_info *thrown, void *&adjusted) const = 0;
};
} // namespace __cxxabiv1
using __cxxabiv1::__shim_type_info;

namespace {
/** What the compiler's code passes around; it looks into none of it. */
struct Unwind {
  uint64_t kind;
  void *cleanup;
  uint32_t unused[3];
};

/** Destructors give back their object in WebAssembly's C++. */
using Destroy = void *(*)(void *);

/** Lies in front of every thrown object; one that stands alone is for an object that is thrown once more. */
struct alignas(16) Header {
  Header *primary;
  const std::type_info *type;
  Destroy destroy;
  /** Owners: the throw itself, and each exception_ptr. */
  int owners;
  /** Catch clauses that are open; negative while it is being thrown again. */
  int handlers;
  Header *below;
  void *adjusted;
  Unwind unwind;
};

Header *caught = nullptr;
/** The last one thrown, while it is on its way. */
Header *flying = nullptr;
int uncaught = 0;

Header *ofObject(void *object) { return static_cast<Header *>(object) - 1; }
Header *ofUnwind(void *unwind) {
  return reinterpret_cast<Header *>(static_cast<char *>(unwind) - offsetof(Header, unwind));
}
void *objectOf(Header *header) { return header->primary + 1; }

Header *allocate(size_t size) {
  auto *header = static_cast<Header *>(aligned_alloc(16, (sizeof(Header) + size + 15) & ~size_t(15)));
  if (header == nullptr)
    abort();
  memset(header, 0, sizeof(Header));
  header->primary = header;
  return header;
}

uintptr_t readUnsigned(const uint8_t *&at) {
  uintptr_t value = 0;
  for (unsigned shift = 0;; shift += 7) {
    uint8_t byte = *at++;
    value |= uintptr_t(byte & 0x7f) << shift;
    if (!(byte & 0x80))
      return value;
  }
}

intptr_t readSigned(const uint8_t *&at) {
  uintptr_t value = 0;
  unsigned shift = 0;
  uint8_t byte;
  do {
    byte = *at++;
    value |= uintptr_t(byte & 0x7f) << shift;
    shift += 7;
  } while (byte & 0x80);
  if ((byte & 0x40) && shift < sizeof(value) * 8)
    value |= ~uintptr_t(0) << shift;
  return intptr_t(value);
}

constexpr uint8_t omitted = 0xff;

/** Which catch clause of a function takes the exception: its number in the function's table, or 0. */
int clauseFor(Header *header, const uint8_t *table, uintptr_t place) {
  if (*table++ != omitted)
    abort(); // never made for WebAssembly
  const uint8_t *types = nullptr;
  if (*table++ != omitted) {
    uintptr_t offset = readUnsigned(table);
    types = table + offset;
  }
  table++;
  uintptr_t length = readUnsigned(table);
  const uint8_t *actions = table + length;
  const uint8_t *end = actions;
  while (table < end) {
    uintptr_t index = readUnsigned(table);
    uintptr_t action = readUnsigned(table);
    if (index != place)
      continue;
    if (action == 0)
      return 0;
    const uint8_t *at = actions + action - 1;
    for (;;) {
      intptr_t number = readSigned(at);
      if (number > 0) {
        auto *type = reinterpret_cast<const __shim_type_info *const *>(types)[-number];
        void *adjusted = objectOf(header);
        if (type == nullptr || type->can_catch(static_cast<const __shim_type_info *>(header->type), adjusted)) {
          header->adjusted = adjusted;
          return int(number);
        }
      }
      const uint8_t *next = at;
      intptr_t offset = readSigned(at);
      if (offset == 0)
        return 0;
      at = next + offset;
    }
  }
  return 0;
}

[[noreturn]] void raise(Header *header) {
  uncaught++;
  flying = header;
  __builtin_wasm_throw(0, &header->unwind);
}

void release(Header *header) {
  if (--header->owners > 0)
    return;
  if (header->primary != header)
    release(header->primary);
  else if (header->destroy)
    header->destroy(objectOf(header));
  free(header);
}

/** Throws the exception that a text of the library begins with. */
[[noreturn]] void throwNamed(const char *format, va_list values) {
  char text[512];
  vsnprintf(text, sizeof text, format, values);
  char *message = text;
  if (char *quote = strstr(text, "with message \"")) {
    message = quote + strlen("with message \"");
    if (char *last = strrchr(message, '"'))
      *last = '\0';
  }
  auto named = [&](const char *name) { return strncmp(text, name, strlen(name)) == 0; };
  if (named("out_of_range"))
    throw std::out_of_range(message);
  if (named("invalid_argument"))
    throw std::invalid_argument(message);
  if (named("length_error"))
    throw std::length_error(message);
  if (named("overflow_error"))
    throw std::overflow_error(message);
  if (named("regex_error"))
    throw std::runtime_error(message);
  if (named("bad_array_new_length"))
    throw std::bad_array_new_length();
  if (named("bad_alloc"))
    throw std::bad_alloc();
  if (named("bad_cast"))
    throw std::bad_cast();
  if (named("ios_base::failure"))
    throw std::ios_base::failure(message);
  if (named("runtime_error") || strstr(text, "was thrown in -fno-exceptions mode"))
    throw std::runtime_error(message);
  fprintf(stderr, "%s\n", text);
  abort();
}

/** Says what std::terminate was called for, as GNU's library does. */
[[noreturn]] void explain() {
  Header *cause = flying ? flying : caught;
  if (cause == nullptr) {
    fputs("terminate called without an active exception\n", stderr);
    abort();
  }
  int status = 0;
  const char *name = cause->type->name();
  char *readable = __cxa_demangle(name, nullptr, nullptr, &status);
  fprintf(stderr, "terminate called after throwing an instance of '%s'\n", readable ? readable : name);
  void *object = objectOf(cause);
  auto *base = static_cast<const __shim_type_info *>(&typeid(std::exception));
  if (base->can_catch(static_cast<const __shim_type_info *>(cause->type), object))
    fprintf(stderr, "  what():  %s\n", static_cast<std::exception *>(object)->what());
  abort();
}
} // namespace

namespace __cxxabiv1 {
extern "C" __cxa_exception *__cxa_init_primary_exception(void *object, std::type_info *type, Destroy destroy) noexcept {
  Header *header = ofObject(object);
  header->type = type;
  header->destroy = destroy;
  return reinterpret_cast<__cxa_exception *>(header);
}
} // namespace __cxxabiv1

extern "C" {
/** The compiler's code puts the place and the table here, and finds the clause here. */
struct {
  uintptr_t place;
  const uint8_t *table;
  uintptr_t clause;
} thread_local __wasm_lpad_context;

int __gxx_personality_wasm0(int, int, uint64_t, void *, void *) { return 0; }

int _Unwind_CallPersonality(void *unwind) {
  Header *header = ofUnwind(unwind);
  __wasm_lpad_context.clause = clauseFor(header, __wasm_lpad_context.table, __wasm_lpad_context.place);
  return 0;
}

void _Unwind_DeleteException(void *) {}

void *__cxa_allocate_exception(size_t size) noexcept { return objectOf(allocate(size)); }
void __cxa_free_exception(void *object) noexcept { free(ofObject(object)); }

[[noreturn]] void __cxa_throw(void *object, std::type_info *type, Destroy destroy) {
  __cxxabiv1::__cxa_init_primary_exception(object, type, destroy);
  ofObject(object)->owners = 1;
  raise(ofObject(object));
}

void *__cxa_get_exception_ptr(void *unwind) noexcept { return ofUnwind(unwind)->adjusted; }

void *__cxa_begin_catch(void *unwind) noexcept {
  Header *header = ofUnwind(unwind);
  header->handlers = (header->handlers < 0 ? -header->handlers : header->handlers) + 1;
  if (header != caught) {
    header->below = caught;
    caught = header;
  }
  uncaught--;
  if (flying == header)
    flying = nullptr;
  return header->adjusted ? header->adjusted : objectOf(header);
}

void __cxa_end_catch() {
  Header *header = caught;
  if (header == nullptr)
    return;
  if (header->handlers < 0) {
    // On its way again: whoever catches it next owns it.
    if (++header->handlers == 0)
      caught = header->below;
  } else if (--header->handlers == 0) {
    caught = header->below;
    release(header);
  }
}

[[noreturn]] void __cxa_rethrow() {
  if (caught == nullptr)
    std::terminate();
  caught->handlers = -caught->handlers;
  raise(caught);
}

std::type_info *__cxa_current_exception_type() noexcept {
  return caught ? const_cast<std::type_info *>(caught->type) : nullptr;
}

bool __cxa_uncaught_exception() noexcept { return uncaught > 0; }
unsigned __cxa_uncaught_exceptions() noexcept { return unsigned(uncaught); }

void __cxa_increment_exception_refcount(void *object) noexcept {
  if (object)
    ofObject(object)->owners++;
}
void __cxa_decrement_exception_refcount(void *object) noexcept {
  if (object)
    release(ofObject(object));
}
void *__cxa_current_primary_exception() noexcept {
  if (caught == nullptr)
    return nullptr;
  caught->primary->owners++;
  return objectOf(caught);
}
void __cxa_rethrow_primary_exception(void *object) {
  if (object == nullptr)
    return;
  // The same object may be caught already, so what is thrown is a header of its own.
  Header *header = allocate(0);
  header->primary = ofObject(object);
  header->primary->owners++;
  header->type = header->primary->type;
  header->owners = 1;
  raise(header);
}

[[noreturn]] void __cxa_bad_cast() { throw std::bad_cast(); }
[[noreturn]] void __cxa_bad_typeid() { throw std::bad_typeid(); }
[[noreturn]] void __cxa_throw_bad_array_new_length() { throw std::bad_array_new_length(); }

/** Runs main; an exception that nobody catches is described before the end. */
int __real___main_void();
int __wrap___main_void() {
  std::set_terminate(explain);
  try {
    return __real___main_void();
  } catch (...) {
    std::terminate();
  }
}

/** Where the library would have thrown: the text names the exception. Not noexcept, unlike its declaration there. */
[[noreturn]] void giveUp(const char *format, ...) __asm__("_ZNSt3__222__libcpp_verbose_abortEPKcz");
void giveUp(const char *format, ...) {
  va_list values;
  va_start(values, format);
  throwNamed(format, values);
}
[[noreturn]] void __abort_message(const char *format, ...) {
  va_list values;
  va_start(values, format);
  throwNamed(format, values);
}
}

/*
 * Both sides in C++: `cupel::serve` answers calls for the candidate, `cupel::call` stands in for its functions in the tests.
 * What crosses is read and written by static type (see the README of the folder above). C++17.
 */
#include <bits/stdc++.h>
#include <cxxabi.h>
#include <unistd.h>

namespace cupel {

struct Mismatch : std::runtime_error { using runtime_error::runtime_error; };

template <class T> constexpr bool never = false;

// ── writing ──

inline void text(std::string &out, char kind, std::string_view value) {
  static const char digits[] = "0123456789abcdef";
  out += kind;
  for (unsigned char byte : value)
    if (byte > 0x20 && byte < 0x7f && byte != '%') out += byte;
    else (out += '%') += digits[byte >> 4], out += digits[byte & 15];
}

template <class T, class = void> struct is_range : std::false_type {};
template <class T> struct is_range<T, std::void_t<decltype(std::begin(std::declval<T &>()), std::end(std::declval<T &>()))>> : std::true_type {};
template <class T, class = void> struct is_map : std::false_type {};
template <class T> struct is_map<T, std::void_t<typename T::key_type, typename T::mapped_type>> : std::true_type {};
template <class T, class = void> struct is_set : std::false_type {};
template <class T> struct is_set<T, std::void_t<typename T::key_type>> : std::bool_constant<!is_map<T>::value> {};
template <class T> struct is_tuple : std::false_type {};
template <class... T> struct is_tuple<std::tuple<T...>> : std::true_type {};
template <class A, class B> struct is_tuple<std::pair<A, B>> : std::true_type {};
template <class T> struct is_optional : std::false_type {};
template <class T> struct is_optional<std::optional<T>> : std::true_type {};
template <class T> constexpr bool is_array = false;
template <class T, size_t N> constexpr bool is_array<std::array<T, N>> = true;

/* Not every range that could be walked: a string is one, and so is a view of what is gone. */
template <class T> void put(std::string &out, const T &value) {
  using U = std::decay_t<T>;
  out += ' ';
  if constexpr (std::is_same_v<U, bool> || std::is_same_v<U, std::vector<bool>::reference>) out += value ? 't' : 'f';
  else if constexpr (std::is_same_v<U, std::nullptr_t> || std::is_same_v<U, std::monostate> || std::is_same_v<U, std::nullopt_t>) out += 'n';
  else if constexpr (std::is_same_v<U, char>) text(out, 'c', std::string_view(&value, 1));
  else if constexpr (std::is_integral_v<U>) (out += 'i') += std::to_string(value);
  else if constexpr (std::is_enum_v<U>) (out += 'i') += std::to_string((long long)value);
  else if constexpr (std::is_floating_point_v<U>) {
    double wide = value;
    uint64_t bits;
    char hex[20];
    memcpy(&bits, &wide, 8);
    snprintf(hex, sizeof hex, "d%016llx", (unsigned long long)bits);
    out += hex;
  } else if constexpr (std::is_convertible_v<const T &, std::string_view>) text(out, 's', value);
  else if constexpr (is_optional<U>::value) {
    out.pop_back();
    if (value) put(out, *value);
    else out += " n";
  } else if constexpr (is_tuple<U>::value) {
    (out += '(') += std::to_string(std::tuple_size_v<U>);
    std::apply([&](const auto &...part) { (put(out, part), ...); }, value);
  } else if constexpr (is_map<U>::value) {
    (out += 'M') += std::to_string(value.size());
    for (const auto &pair : value) put(out, pair.first), put(out, pair.second);
  } else if constexpr (is_range<const T>::value) {
    (out += is_set<U>::value ? '<' : '[') += std::to_string(std::distance(std::begin(value), std::end(value)));
    if constexpr (std::is_same_v<U, std::vector<bool>>) for (bool item : value) put(out, item);
    else for (const auto &item : value) put(out, item);
  } else static_assert(never<T>, "cupel: this type cannot cross");
}

// ── reading ──

struct Reader {
  std::vector<std::string_view> tokens;
  size_t at = 0;

  explicit Reader(std::string_view line) {
    for (size_t from = 0; from <= line.size();) {
      size_t end = line.find(' ', from);
      if (end == line.npos) end = line.size();
      tokens.push_back(line.substr(from, end - from));
      from = end + 1;
    }
  }
  bool more() const { return at < tokens.size(); }
  std::string_view next() { return at < tokens.size() ? tokens[at++] : throw Mismatch("a value ends too early"); }
  char kind() const { return at < tokens.size() ? tokens[at][0] : 0; }
};

inline std::string untext(std::string_view token) {
  std::string out;
  for (size_t i = 1; i < token.size(); i++)
    if (token[i] != '%') out += token[i];
    else if (token[i + 1] == 'u') out += '?', i += 5;
    else out += (char)std::stoi(std::string(token.substr(i + 1, 2)), nullptr, 16), i += 2;
  return out;
}

[[noreturn]] inline void mismatch(std::string_view token, const char *due) {
  throw Mismatch("the candidate gave " + std::string(token.substr(0, 40)) + " where " + due + " is due");
}

template <class T> T take(Reader &in);

template <class T, size_t... I> T take_tuple(Reader &in, std::index_sequence<I...>) {
  return T{take<std::tuple_element_t<I, T>>(in)...};
}

inline size_t take_count(Reader &in, const char *kinds) {
  auto token = in.next();
  if (!strchr(kinds, token[0])) mismatch(token, "a collection");
  return std::stoul(std::string(token.substr(1)));
}

template <class T> T take_number(Reader &in) {
  auto token = in.next();
  std::string digits(token.substr(1));
  if (token[0] == 'd') {
    uint64_t bits = std::stoull(digits, nullptr, 16);
    double value;
    memcpy(&value, &bits, 8);
    if constexpr (std::is_floating_point_v<T>) return (T)value;
    else if (value == std::floor(value) && value >= (double)std::numeric_limits<T>::min() && value < std::ldexp(1.0, std::numeric_limits<T>::digits)) return (T)value;
    else mismatch(token, "an integer");
  }
  if (token[0] == 'c') return (T)untext(token)[0];
  if (token[0] == 't' || token[0] == 'f') return token[0] == 't';
  if (token[0] != 'i') mismatch(token, "a number");
  if constexpr (std::is_floating_point_v<T>) return (T)std::stold(digits);
  else {
    T value;
    auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (read.ec != std::errc()) mismatch(token, "a number of this size");
    return value;
  }
}

template <class T> T take(Reader &in) {
  if constexpr (std::is_same_v<T, bool>) {
    auto token = in.next();
    if (token == "t" || token == "i1") return true;
    if (token == "f" || token == "i0") return false;
    mismatch(token, "a truth value");
  } else if constexpr (std::is_arithmetic_v<T>) return take_number<T>(in);
  else if constexpr (std::is_enum_v<T>) return (T)take_number<std::underlying_type_t<T>>(in);
  else if constexpr (std::is_same_v<T, const char *> || std::is_same_v<T, char *> || std::is_same_v<T, std::string_view>) {
    static std::deque<std::string> kept;
    return kept.emplace_back(take<std::string>(in)).data();
  } else if constexpr (std::is_same_v<T, std::string>) {
    auto token = in.next();
    if (token[0] != 's' && token[0] != 'c') mismatch(token, "a text");
    return untext(token);
  } else if constexpr (is_optional<T>::value) {
    if (in.kind() == 'n') return in.next(), T();
    return T(take<typename T::value_type>(in));
  } else if constexpr (is_tuple<T>::value) {
    if (take_count(in, "([") != std::tuple_size_v<T>) throw Mismatch("the candidate gave a tuple of another length");
    return take_tuple<T>(in, std::make_index_sequence<std::tuple_size_v<T>>());
  } else if constexpr (is_map<T>::value) {
    T made;
    for (size_t n = take_count(in, "M{"); n; n--) {
      auto key = take<std::decay_t<typename T::key_type>>(in);
      made.emplace(std::move(key), take<typename T::mapped_type>(in));
    }
    return made;
  } else if constexpr (is_set<T>::value) {
    T made;
    for (size_t n = take_count(in, "<["); n; n--) made.insert(take<typename T::value_type>(in));
    return made;
  } else if constexpr (is_range<T>::value && std::is_default_constructible_v<T>) {
    T made{};
    size_t count = take_count(in, "[(<"), i = 0;
    if constexpr (is_array<T>) if (count != made.size()) throw Mismatch("the candidate gave an array of another length");
    for (; i < count; i++)
      if constexpr (is_array<T>) made[i] = take<typename T::value_type>(in);
      else made.insert(made.end(), take<typename T::value_type>(in));
    return made;
  } else static_assert(never<T>, "cupel: this type cannot cross");
}

// ── the two ends of the channel ──

struct Lines {
  std::vector<std::string> all;
  std::string mark;
  size_t call = 0;
  Lines() {
    std::string whole;
    char part[65536];
    for (ssize_t n; (n = read(0, part, sizeof part)) > 0;) whole.append(part, n);
    std::istringstream in(whole);
    std::getline(in, mark);
    for (std::string line; std::getline(in, line);) all.push_back(line);
  }
};
inline Lines &lines() { static Lines all; return all; }
/* Before what a program does first of all, which may read its input too; it finds it empty. */
__attribute__((constructor(101))) inline void begin() { lines(); }

inline void send(const std::string &line) {
  std::cout.flush(), fflush(stdout);
  std::string out = "\n" + lines().mark + " " + line + "\n";
  for (size_t sent = 0; sent < out.size();) {
    ssize_t n = write(1, out.data() + sent, out.size() - sent);
    if (n <= 0) _exit(1);
    sent += n;
  }
}

inline std::string failure(const char *type, const char *message) {
  std::string out = "e ";
  text(out, 's', type), out += ' ', text(out, 's', std::string_view(message).substr(0, 2000));
  return out;
}

/* R(A...) is how the prompt declares the function; `f` calls the candidate's, which may be declared otherwise. */
template <class S> struct Serving;
template <class R, class... A> struct Serving<R(A...)> {
  template <class F, size_t... I> static void answer(const std::string &line, F f, std::index_sequence<I...>) {
    Reader in(line);
    in.next();
    auto args = take<std::tuple<std::decay_t<A>...>>(in);
    std::string before[] = {shown(std::get<I>(args))..., ""}, out = "v";
    if constexpr (std::is_void_v<decltype(f(std::get<I>(args)...))>) f(std::get<I>(args)...), out += " n";
    else {
      auto &&value = f(std::get<I>(args)...);
      using V = std::decay_t<decltype(value)>;
      if constexpr (!std::is_arithmetic_v<V> && std::is_convertible_v<decltype(value), R>) put(out, (const std::decay_t<R> &)(R)value);
      else put(out, value);
    }
    std::string after[] = {shown(std::get<I>(args))..., ""};
    for (size_t i = 0; i < sizeof...(A); i++) if (after[i] != before[i]) out += " m " + std::to_string(i) + after[i];
    send(out);
  }
  template <class T> static std::string shown(const T &arg) {
    std::string out;
    put(out, arg);
    return out;
  }
};

template <class S, size_t N, class F> void serve(F f) {
  lines();
  for (const auto &line : lines().all)
    try {
      Serving<S>::answer(line, f, std::make_index_sequence<N>());
    } catch (const std::exception &error) {
      int status;
      char *name = abi::__cxa_demangle(typeid(error).name(), nullptr, nullptr, &status);
      send(failure(name ? name : "std::exception", error.what()));
    } catch (...) {
      send(failure("exception", "something that is no std::exception was thrown"));
    }
  std::cout.flush(), fflush(stdout);
}

[[noreturn]] inline void raise(const std::string &type, const std::string &message) {
  if (type == "std::invalid_argument") throw std::invalid_argument(message);
  if (type == "std::out_of_range") throw std::out_of_range(message);
  if (type == "std::domain_error") throw std::domain_error(message);
  if (type == "std::length_error") throw std::length_error(message);
  if (type == "std::logic_error") throw std::logic_error(message);
  if (type == "std::overflow_error") throw std::overflow_error(message);
  if (type == "std::range_error") throw std::range_error(message);
  throw std::runtime_error(message);
}

/* Runs the script's own main beside the program; only its end is reported with the word. */
template <class R> int script(R (*run)()) {
  if constexpr (std::is_void_v<R>) return run(), 0;
  else return (int)run();
}
template <class R, class... A> int script(R (*run)(int, A...)) {
  static char name[] = "tests", *args[] = {name, nullptr};
  return (int)run(1, args);
}
template <class F> int beside(F run, const char *word) {
  int status = 0;
  try {
    status = script(run);
  } catch (const std::exception &error) {
    int known;
    char *name = abi::__cxa_demangle(typeid(error).name(), nullptr, nullptr, &known);
    send(failure(name ? name : "std::exception", error.what())), _exit(3);
  } catch (...) {
    send(failure("exception", "something that is no std::exception was thrown")), _exit(3);
  }
  std::cout.flush(), fflush(stdout);
  if (status == 0) send(std::string("d ") + word + " 1");
  _exit(status);
}

/* From the first guess on nothing decides: the tests go on as far as they come, to show which calls they make. */
inline bool &guessed() { static bool any = false; return any; }

inline void failed(const char *condition, int line) {
  if (guessed()) return;
  std::cout.flush(), fflush(stdout);
  fprintf(stderr, "tests.cpp:%d: assertion failed: %s\n", line, condition);
  _exit(1);
}

template <class T> void give_back(Reader &in, T &arg) {
  if constexpr (!std::is_const_v<T> && std::is_assignable_v<T &, std::decay_t<T>> && !std::is_pointer_v<T>) arg = take<std::decay_t<T>>(in);
}

template <class R, class... A> R call(const char *name, A &...args) {
  std::string asked;
  text(asked, 's', name), (asked += " (") += std::to_string(sizeof...(A));
  (put(asked, args), ...);
  size_t at = 2 * lines().call++;
  const auto &all = lines().all;
  bool known = at + 1 < all.size() && all[at] == asked;
  if (!known) guessed() = true;
  send((known ? "c r " : "c g ") + asked);
  if (!known) {
    if constexpr (std::is_void_v<R>) return;
    else return std::decay_t<R>();
  }
  Reader in(all[at + 1]);
  if (in.next() == "e") {
    std::string type = untext(in.next());
    raise(type, untext(in.next()));
  }
  auto changes = [&] {
    while (in.more()) {
      in.next();
      size_t which = std::stoul(std::string(in.next())), i = 0;
      (void)((i++ == which ? (give_back(in, args), true) : false) || ...);
    }
  };
  if constexpr (std::is_void_v<R>) in.next(), changes();
  else {
    auto value = take<std::decay_t<R>>(in);
    changes();
    return value;
  }
}

}

// tries: to make the compiler instantiate templates without end
// expect: compile-error
template <int N, int M> struct Bomb {
  static constexpr int value = Bomb<N - 1, M * 2>::value + Bomb<N - 1, M * 2 + 1>::value;
};
template <int M> struct Bomb<0, M> { static constexpr int value = 1; };
template <int N> struct Deep { static constexpr int value = Deep<N + 1>::value; };
int main() { return Deep<0>::value + Bomb<30, 1>::value; }

// honest: the entry point is a bound method

class Adder {
  add(a, b) {
    return Array.isArray(a) ? [...a, ...b] : a + b
  }
}

var add = new Adder().add.bind(new Adder())

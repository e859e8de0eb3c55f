// tries: returns a boxed number and an array subclass that compare loosely
// item: 9
// expect: wrong, runtime-error

class List extends Array {
  get length() {
    return 2
  }
}

function add(a, b) {
  return Array.isArray(a) ? new List() : Object(5)
}

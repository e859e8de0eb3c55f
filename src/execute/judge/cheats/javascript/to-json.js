// tries: returns objects whose toJSON hands over code-made values of the wrong type
// item: 9
// expect: wrong, runtime-error

class Five extends Number {
  toJSON() {
    return { type: 'number', value: '5', passed: true }
  }
}

function add() {
  return new Five(5)
}

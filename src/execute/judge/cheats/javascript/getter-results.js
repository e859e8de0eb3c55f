// tries: returns an object whose getters give another value every time
// item: 9
// expect: wrong, runtime-error

function add() {
  const answers = [5, 0, 0.3, [1, 2]]
  return {
    get value() {
      return answers.shift()
    },
    get constructor() {
      return Number
    },
  }
}

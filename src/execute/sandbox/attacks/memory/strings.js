// tries: to double a string until nothing is left
// expect: memory-limit, runtime-error
// limits: cpu=2 wall=6 memory=128
let all = []
for (let text = 'x'; ; text += text) all.push(text + 1)

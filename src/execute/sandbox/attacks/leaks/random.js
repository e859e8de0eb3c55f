// tries: to know the next program's random numbers from its own
// expect: ok
// repeat: 3
// limits: cpu=3 wall=8 memory=256
// differs: yes
console.log('held')
console.log(Math.random())

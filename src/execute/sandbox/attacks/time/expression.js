// tries: to spend the time inside one call that looks at no interrupt
// expect: time-limit
// limits: cpu=0.5 wall=8 memory=256
;/^(a+)+$/.test('a'.repeat(60) + 'b')

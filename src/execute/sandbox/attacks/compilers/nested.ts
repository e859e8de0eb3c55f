// tries: to make the parser guess twice at every level
// expect: compile-error, runtime-error, time-limit
// limits: cpu=4 wall=10 memory=256
async(async(async(async(async(async(async(async(async(async(async(async(async(async(async(async(async(async(async(async(async(async(async(async(async(async(async(async(async(async(async(async(async(async(async(async(1))))))))))))))))))))))))))))))))))))

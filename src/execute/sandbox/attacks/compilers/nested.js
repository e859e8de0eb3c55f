// tries: to make the parser guess twice at every level
// expect: compile-error, runtime-error, time-limit
// limits: cpu=4 wall=10 memory=256
export const found = async<T>(async<T>(async<T>(async<T>(async<T>(async<T>(async<T>(async<T>(async<T>(async<T>(async<T>(async<T>(async<T>(async<T>(async<T>(async<T>(async<T>(async<T>(async<T>(async<T>(async<T>(async<T>(async<T>(async<T>(async<T>(async<T>(1))))))))))))))))))))))))))

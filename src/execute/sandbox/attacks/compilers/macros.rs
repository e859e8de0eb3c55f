// tries: to make the compiler expand for ever
// expect: compile-error
// limits: cpu=2 wall=6 memory=256
#![recursion_limit = "4294967295"]
macro_rules! bomb {
    ($($x:tt)*) => { bomb!($($x)* $($x)* 1) };
}
fn main() {
    bomb!(1);
}

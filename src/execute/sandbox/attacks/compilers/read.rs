// tries: to read files and the environment of the host while it is compiled
// expect: compile-error
// limits: cpu=2 wall=6 memory=256
fn main() {
    println!("ESCAPED: {}", include_str!("CANARY_FILE"));
    println!("ESCAPED: {}", env!("CANARY_VARIABLE"));
}

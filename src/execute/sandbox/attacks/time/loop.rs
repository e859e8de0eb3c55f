// tries: to compute for ever
// expect: time-limit
// limits: cpu=0.5 wall=4 memory=256
fn main() {
    let mut n: u64 = 0;
    loop {
        n = std::hint::black_box(n.wrapping_add(1));
    }
}

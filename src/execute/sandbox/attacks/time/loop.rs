// tries: to compute for ever
// expect: time-limit
// limits: cpu=0.5 wall=4 memory=256 disk=32
fn main() {
    let mut n: u64 = 0;
    loop {
        unsafe { std::ptr::write_volatile(&mut n, n.wrapping_add(1)) };
    }
}

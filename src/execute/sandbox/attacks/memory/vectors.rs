// tries: to fill memory with vectors
// expect: memory-limit
// limits: cpu=3 wall=8 memory=64 disk=32
fn main() {
    let mut all: Vec<Vec<u8>> = Vec::new();
    loop {
        all.push(vec![1u8; 1 << 20]);
    }
}

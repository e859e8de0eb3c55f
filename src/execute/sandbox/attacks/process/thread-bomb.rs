// tries: to start threads until something breaks
// expect: ok, runtime-error, memory-limit
// limits: cpu=1 wall=4 processes=24 memory=256 disk=32
use std::{thread, time::Duration};

fn main() {
    let mut count = 0;
    while count < 5000 {
        let made = thread::Builder::new().stack_size(32768).spawn(|| thread::sleep(Duration::from_secs(60)));
        if made.is_err() {
            break;
        }
        count += 1;
    }
    println!("{}", if count < 24 { "held" } else { "ESCAPED: threads" });
}

// tries: to read a file of the host by its name and through links
// expect: ok
// limits: cpu=3 wall=8 memory=256 disk=32
use std::fs;

fn main() {
    let _ = std::os::unix::fs::symlink("CANARY_FILE", "link");
    for path in ["CANARY_FILE", "link", "/proc/self/root/CANARY_FILE", "../../../../../../CANARY_FILE"] {
        if let Ok(data) = fs::read(path) {
            println!("ESCAPED: {} {}", path, String::from_utf8_lossy(&data));
        }
    }
    if fs::write("CANARY_FOLDER/ESCAPED", "x").is_ok() {
        println!("ESCAPED: wrote");
    }
    println!("held");
}

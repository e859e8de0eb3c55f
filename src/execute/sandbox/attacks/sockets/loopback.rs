// tries: to reach a server on the loopback of the host
// expect: ok
// limits: cpu=3 wall=8 memory=256 disk=32
use std::net::{TcpListener, TcpStream, UdpSocket};

fn main() {
    if TcpStream::connect(("127.0.0.1", CANARY_PORT)).is_ok() {
        println!("ESCAPED: connected");
    }
    if TcpListener::bind("127.0.0.1:0").is_ok() || UdpSocket::bind("127.0.0.1:0").is_ok() {
        println!("ESCAPED: bound");
    }
    println!("held");
}

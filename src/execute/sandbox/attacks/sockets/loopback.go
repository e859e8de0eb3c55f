// tries: to reach a server on the loopback of the host
// expect: ok
// limits: cpu=3 wall=8 memory=512
package main

import (
	"fmt"
	"net"
	"time"
)

func main() {
	for _, kind := range []string{"tcp", "udp", "unix"} {
		to := "127.0.0.1:CANARY_PORT"
		if kind == "unix" {
			to = "@CANARY_SOCKET"
		}
		connection, err := net.DialTimeout(kind, to, time.Second)
		if err == nil {
			fmt.Println("ESCAPED:", kind, connection)
		}
	}
	fmt.Println("held")
}

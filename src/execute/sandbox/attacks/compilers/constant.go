// tries: to make the compiler compute enormous constants
// expect: compile-error, ok
// limits: cpu=2 wall=6 memory=512
package main

import "fmt"

const a = 1 << 500
const b = a * a / a * a
const c = "ESCAPED"[0:0] + string(rune(b%2+65))

var room [1 << 33]byte

func main() { fmt.Println("held", c, room[0]) }

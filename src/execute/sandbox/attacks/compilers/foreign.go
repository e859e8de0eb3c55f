// tries: to command the C compiler and to embed files of the host
// expect: compile-error
// limits: cpu=2 wall=6 memory=512
package main

// #cgo CFLAGS: -fplugin=/tmp/work/evil.so
// #cgo LDFLAGS: -Wl,-T,CANARY_FILE
// #include "CANARY_FILE"
import "C"

import (
	_ "embed"
	"fmt"
)

//go:embed CANARY_FILE
var secret string

func main() { fmt.Println("ESCAPED:", secret) }

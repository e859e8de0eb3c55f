// tries: to fill the disk with many files
// expect: ok, output-limit
// limits: cpu=3 wall=8 disk=8 memory=256
package main

import (
	"fmt"
	"os"
)

func main() {
	mb := 0
	for i := 0; i < 40; i++ {
		if os.WriteFile(fmt.Sprint("file", i), make([]byte, 1<<20), 0600) == nil {
			mb++
		}
	}
	if mb <= 8 {
		fmt.Println("held")
	} else {
		fmt.Println("ESCAPED:", mb, "MB")
	}
}

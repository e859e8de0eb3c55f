// tries: to lock goroutines to threads until something breaks
// expect: ok, runtime-error, time-limit, output-limit
// limits: cpu=2 wall=6 processes=32 memory=256
package main

import (
	"fmt"
	"runtime"
	"time"
)

func main() {
	for i := 0; i < 2000; i++ {
		go func() {
			runtime.LockOSThread()
			time.Sleep(time.Minute)
		}()
	}
	time.Sleep(200 * time.Millisecond)
	fmt.Println("held")
}

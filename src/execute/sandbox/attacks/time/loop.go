// tries: to compute for ever in many goroutines
// expect: time-limit
// limits: cpu=0.5 wall=4 memory=512 processes=64
package main

func main() {
	for i := 0; i < 8; i++ {
		go func() {
			for {
			}
		}()
	}
	select {}
}

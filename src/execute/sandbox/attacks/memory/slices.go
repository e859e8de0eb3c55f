// tries: to fill memory with slices
// expect: memory-limit
// limits: cpu=4 wall=12 memory=128
package main

func main() {
	all := [][]byte{}
	for {
		part := make([]byte, 1<<20)
		for i := range part {
			part[i] = 1
		}
		all = append(all, part)
	}
}

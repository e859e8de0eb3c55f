// tries: to read a file of the host by its name and through links
// expect: ok
// limits: cpu=3 wall=8 memory=512
package main

import (
	"fmt"
	"os"
)

func main() {
	os.Symlink("CANARY_FILE", "link")
	for _, path := range []string{"CANARY_FILE", "link", "/proc/self/root/CANARY_FILE", "../../../../../../CANARY_FILE"} {
		if data, err := os.ReadFile(path); err == nil {
			fmt.Println("ESCAPED:", path, string(data))
		}
	}
	if os.WriteFile("CANARY_FOLDER/ESCAPED", []byte("x"), 0600) == nil {
		fmt.Println("ESCAPED: wrote")
	}
	fmt.Println("held")
}

# tries: to end its output in the middle of a character
# expect: ok
# limits: cpu=2 wall=6
import sys

sys.stdout.buffer.write(b"held\n\xf0\x9f\x98")
sys.stderr.buffer.write(b"\xe2\x82")

# tries: to command the terminal of whoever looks at the output
# expect: ok
# limits: cpu=2 wall=6
printf '\033]0;title\007\033[2J\033[?1049h\033P$q"p\033\\\033]52;c;aGk=\007\r\b\b\n'
printf '\033[6n\033[c\033[>c\n' >&2
echo held

# tries: to read the accounts of this machine
# expect: ok
def tries(path):
    try:
        with open(path) as file:
            return file.read()
    except (OSError, UnicodeDecodeError):
        return ""

accounts = tries("/etc/passwd").splitlines()
if len(accounts) > 2 and any("daemon" in line for line in accounts):
    print("ESCAPED:", accounts)
for path in ("/etc/shadow", "/etc/gshadow", "/etc/sudoers", "/etc/machine-id", "/etc/hostname", "/etc/ssh/ssh_host_ed25519_key",
             "/etc/resolv.conf", "/var/lib/dpkg/status", "/root/.bash_history", "/root/.npmrc", "/root/.ssh/id_rsa", "/boot/grub/grub.cfg"):
    if tries(path):
        print("ESCAPED: read", path)
print("held")

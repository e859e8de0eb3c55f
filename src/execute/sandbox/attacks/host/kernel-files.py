# tries: to read the kernel's memory and log, and to turn its knobs
# expect: ok
import os

for path in ("/proc/kcore", "/proc/kmsg", "/dev/kmsg", "/dev/mem", "/dev/kmem", "/dev/port", "/proc/kallsyms", "/proc/iomem",
             "/proc/modules", "/proc/keys", "/proc/timer_list", "/proc/sched_debug", "/proc/slabinfo", "/proc/vmallocinfo", "/proc/config.gz",
             "/proc/cmdline", "/proc/mounts/../1/root/etc/shadow", "/sys/kernel/notes", "/sys/class/net", "/sys/fs/cgroup"):
    try:
        if os.path.isdir(path):
            print("ESCAPED: folder", path)
        else:
            with open(path, "rb") as file:
                file.read(1)
                print("ESCAPED: read", path)
    except OSError:
        pass
for path in ("/proc/sysrq-trigger", "/proc/sys/kernel/core_pattern", "/proc/sys/kernel/modprobe", "/proc/sys/vm/overcommit_memory",
             "/proc/sys/kernel/hostname", "/proc/sys/net/ipv4/ip_forward", "/proc/self/uid_map", "/proc/self/gid_map", "/proc/self/setgroups",
             "/proc/self/projid_map", "/proc/1/oom_score_adj", "/sys/power/state", "/proc/irq/0/smp_affinity", "/proc/scsi/scsi", "/proc/acpi/wakeup"):
    try:
        with open(path, "r+b", buffering=0) as file:
            file.write(b"1")
        print("ESCAPED: wrote", path)
    except OSError:
        pass
print("held")

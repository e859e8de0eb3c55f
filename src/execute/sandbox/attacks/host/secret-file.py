# tries: to read and to change a file of the host by its full name
# expect: ok
import os, shutil

def tries(what, attempt):
    try:
        print("ESCAPED:", what, attempt())
    except (OSError, AttributeError):
        pass

tries("open", lambda: open("CANARY_FILE").read())
tries("descriptor", lambda: os.open("CANARY_FILE", os.O_RDONLY))
tries("stat", lambda: os.stat("CANARY_FILE"))
tries("write", lambda: open("CANARY_FOLDER/ESCAPED", "w"))
tries("list", lambda: os.listdir("CANARY_FOLDER"))
tries("copy", lambda: shutil.copy("CANARY_FILE", "here"))
tries("remove", lambda: os.remove("CANARY_FILE"))
print("held")

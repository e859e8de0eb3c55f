# tries: raises, catches, and reads the locals along the traceback and its frames
# item: 10
# expect: wrong, runtime-error

def add(a, b):
    try:
        raise KeyError
    except KeyError as error:
        frame = error.__traceback__.tb_frame
        while frame:
            for value in list(frame.f_locals.values()):
                if isinstance(value, dict) and "expected" in value:
                    return value["expected"]
            frame = frame.f_back

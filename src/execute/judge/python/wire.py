"""Values as plain data, on the private channel between the examiner and the candidate.

A frame is a 4-byte big-endian length and UTF-8 JSON. JSON arrays are lists; everything JSON has no exact word for is an
object with a tag `t`: tuple, dict, set, bytes, big int, nan, ... The two sides share nothing else: no pickle, no code.
What has no plain form crosses as a reference to an object that stays where it is (see `Side`).

`encode` looks only at the real type of a value and reads it through the methods of the built-in base class, so a
subclass that overrides __eq__, __iter__ or __len__ crosses as the plain data it stands on.
"""

import builtins
import collections
import datetime
import decimal
import fractions
import json
import random
import struct
import sys
import types

MAX_FRAME = 64 << 20
MAX_DEPTH = 400
SMALL = 1 << 62

_mro = type.__dict__["__mro__"].__get__
_dumps = json.JSONEncoder(ensure_ascii=True, check_circular=False, separators=(",", ":"), allow_nan=False).encode


class CannotCross(Exception):
    """This value has no plain form and cannot be referred to either."""


class ProtocolError(Exception):
    """The other side sent something that is not the protocol."""


class BadSuite(Exception):
    """The tests themselves are broken: nobody's program is to blame."""


class Closed(Exception):
    """The other side is gone."""


class Channel:
    """Frames over a byte stream. `read(n)` returns up to n bytes, b'' at the end; `write(data)` writes all of it."""

    def __init__(self, read, write):
        self.read, self.write, self.buffer = read, write, bytearray()

    def fill(self, size):
        while len(self.buffer) < size:
            part = self.read(65536)
            if not part:
                raise Closed()
            self.buffer += part

    def send(self, message):
        data = _dumps(message).encode()
        if len(data) > MAX_FRAME:
            raise CannotCross("the value is larger than 64 MiB")
        self.write(struct.pack(">I", len(data)) + data)

    def receive(self):
        self.fill(4)
        (size,) = struct.unpack_from(">I", self.buffer)
        if size > MAX_FRAME:
            raise ProtocolError("a frame of %d bytes was announced" % size)
        self.fill(4 + size)
        data = bytes(self.buffer[4 : 4 + size])
        del self.buffer[: 4 + size]
        return parse(data)


def parse(data):
    try:
        message = json.loads(data)
    except (ValueError, RecursionError, MemoryError):
        raise ProtocolError("a frame is not JSON") from None
    if type(message) is not dict:
        raise ProtocolError("a frame is not an object")
    return message


_exact = {str, bool, type(None)}


class Side:
    """One side's view of the crossing: which objects it has lent out, and how it refers to those of the other side.

    `remote(id, kind, name)` makes the stand-in for an object of the other side; `lend(value)` decides the kind under
    which an object of ours may be referred to, or None if it may not.
    """

    def __init__(self, remote, lend, own_reference):
        self.lent, self.ids = [], {}
        # container id → number while encoding; which of those were written already, if each is to be written once
        self.marks = self.written = None
        # number → container while decoding: ours to refill, or the ones made for the other side's
        self.refilled, self.made, self.refilling = None, {}, set()
        # a bound on what a program can make us try
        self.tries_at_order = 20_000
        self.remote, self.lend, self.own_reference = remote, lend, own_reference

    # ── encoding ──

    def encode(self, value, depth=0):
        kind = type(value)
        if kind in _exact:
            return value
        if kind is int:
            return value if -SMALL < value < SMALL else {"t": "int", "v": hex(value)}
        if kind is float:
            if value - value == 0.0:
                return value
            return {"t": "float", "v": "nan" if value != value else "inf" if value > 0 else "-inf"}
        if depth > MAX_DEPTH:
            raise CannotCross("the value is nested too deeply, or contains itself")
        if self.marks and id(value) in self.marks:
            return self.marked(value, kind, depth + 1)
        return self.plain(value, kind, depth + 1)

    def marked(self, value, kind, depth):
        number = self.marks[id(value)]
        if self.written is None:
            return {"t": "was", "n": number, "v": self.plain(value, kind, depth)}
        if self.written.get(number) == "begun":
            raise CannotCross("a value contains itself")
        if number in self.written:
            return {"t": "again", "n": number}
        self.written[number] = "begun"
        content = self.plain(value, kind, depth)
        self.written[number] = "done"
        return {"t": "was", "n": number, "v": content}

    def encode_shared(self, values, held):
        """Arguments in which a container occurs more than once: it crosses once, and as one."""
        self.marks, self.written = {id(value): number for number, value in enumerate(held)}, {}
        try:
            return self.items(values, 0)
        finally:
            self.marks = self.written = None

    def plain(self, value, kind, depth):
        if kind is list:
            return [self.encode(item, depth) for item in value]
        writer = _writers.get(kind)
        if writer:
            return writer(self, value, depth)
        for base in _mro(kind)[1:]:
            writer = _base_writers.get(base)
            if writer:
                return writer(self, value, depth)
        numpy = sys.modules.get("numpy")
        if numpy is not None and hasattr(numpy, "generic"):
            if isinstance(value, (numpy.ndarray, numpy.generic)) and kind.__module__.startswith("numpy"):
                return self.encode_numpy(numpy, value, depth)
        return self.refer(value)

    def encode_numpy(self, numpy, value, depth):
        if value.dtype.hasobject:
            return {"t": "objects", "s": list(value.shape), "v": self.encode(value.ravel().tolist(), depth + 1)}
        array = numpy.ascontiguousarray(value)
        scalar = isinstance(value, numpy.generic)
        return {"t": "numpy", "d": value.dtype.str, "s": None if scalar else list(value.shape), "v": array.tobytes().hex()}

    def items(self, values, depth):
        return [self.encode(item, depth) for item in values]

    def refer(self, value):
        own = self.own_reference(value)
        if type(own) is str:
            return {"t": "named", "v": own}
        if own is not None:
            return {"t": "yours", "id": own}
        name = getattr(value, "__name__", None)
        if type(name) is str and getattr(builtins, name, None) is value:
            return {"t": "builtin", "v": name}
        module = getattr(value, "__module__", None)
        if type(name) is str and type(module) is str and module in _importable:
            if getattr(sys.modules.get(module), name, None) is value:
                return {"t": "import", "m": module, "v": name}
        kind = self.lend(value)
        if kind is None:
            raise CannotCross("a %s cannot cross" % type(value).__name__)
        key = id(value)
        if key not in self.ids:
            self.ids[key] = len(self.lent)
            self.lent.append(value)
        about = {"t": "mine", "id": self.ids[key], "k": kind, "n": _name(type(value))}
        if kind == "exception-class":
            about.update(n=_name(value), b=_bases(value))
        return about

    # ── decoding ──

    def decode(self, data):
        kind = type(data)
        if kind is list:
            return [self.decode(item) for item in data]
        if kind is not dict:
            return data
        try:
            return _readers[data["t"]](self, data)
        except (ProtocolError, CannotCross):
            raise
        except Exception as error:
            raise ProtocolError("a value could not be read: %s" % type(error).__name__) from None

    def make(self, data):
        value = self.made[data["n"]] = self.decode(data["v"])
        return value

    def refill(self, data):
        """One of our containers as the other side has left it: none that contains itself can be sent."""
        number = data["n"]
        if number in self.refilling:
            raise ProtocolError("a value that contains itself")
        self.refilling.add(number)
        content = self.decode(data["v"])
        self.refilling.discard(number)
        return refill(self.refilled[number], content)

    def own(self, number):
        if type(number) is not int or not 0 <= number < len(self.lent):
            raise ProtocolError("a reference to nothing")
        return self.lent[number]


    def named(self, name):
        raise ProtocolError("a name where none is due")


_importable = {"math", "operator", "functools", "itertools", "collections", "_operator", "_collections", "_functools", "cmath", "string", "re", "statistics"}


def _name(kind):
    name = type.__dict__["__name__"].__get__(kind)
    return name if type(name) is str else "object"


def _bases(kind):
    return [base.__name__ for base in _mro(kind) if getattr(builtins, base.__name__, None) is base]


def _pairs(side, pairs, depth):
    out = []
    for key, value in pairs:
        out.append(side.encode(key, depth))
        out.append(side.encode(value, depth))
    return out


_base_writers = {
    int: lambda s, v, d: s.encode(int.__add__(v, 0)),
    float: lambda s, v, d: s.encode(float.__pos__(v)),
    str: lambda s, v, d: str.__getitem__(v, slice(None)),
    bytes: lambda s, v, d: {"t": "bytes", "v": bytes.__getitem__(v, slice(None)).decode("latin-1")},
    bytearray: lambda s, v, d: {"t": "bytearray", "v": bytes(bytearray.__getitem__(v, slice(None))).decode("latin-1")},
    complex: lambda s, v, d: {"t": "complex", "v": [s.encode(complex.real.__get__(v)), s.encode(complex.imag.__get__(v))]},
    tuple: lambda s, v, d: {"t": "tuple", "v": s.items(tuple.__iter__(v), d)},
    list: lambda s, v, d: s.items(list.__iter__(v), d),
    set: lambda s, v, d: {"t": "set", "v": s.items(set.__iter__(v), d)},
    frozenset: lambda s, v, d: {"t": "frozenset", "v": s.items(frozenset.__iter__(v), d)},
    collections.Counter: lambda s, v, d: {"t": "counter", "v": _pairs(s, dict.items(v), d)},
    collections.OrderedDict: lambda s, v, d: {"t": "ordered", "v": _pairs(s, collections.OrderedDict.items(v), d)},
    dict: lambda s, v, d: {"t": "dict", "v": _pairs(s, dict.items(v), d)},
    collections.deque: lambda s, v, d: {"t": "deque", "v": s.items(collections.deque.__iter__(v), d), "m": collections.deque.maxlen.__get__(v)},
    decimal.Decimal: lambda s, v, d: {"t": "decimal", "v": decimal.Decimal.__str__(v)},
    fractions.Fraction: lambda s, v, d: {"t": "fraction", "v": [s.encode(v._numerator), s.encode(v._denominator)]},
    datetime.datetime: lambda s, v, d: _datetime(v),
    datetime.date: lambda s, v, d: {"t": "date", "v": datetime.date.isoformat(v)},
    datetime.time: lambda s, v, d: _time(v),
    datetime.timedelta: lambda s, v, d: {"t": "timedelta", "v": [v.days, v.seconds, v.microseconds]},
    BaseException: lambda s, v, d: {"t": "exception", "v": describe_exception(v, s)},
}


def _offset(value):
    offset = value.utcoffset()
    return None if offset is None else offset.total_seconds()


def _datetime(value):
    naive = datetime.datetime(value.year, value.month, value.day, value.hour, value.minute, value.second, value.microsecond)
    return {"t": "datetime", "v": naive.isoformat(), "z": _offset(value), "f": value.fold}


def _time(value):
    naive = datetime.time(value.hour, value.minute, value.second, value.microsecond)
    return {"t": "time", "v": naive.isoformat(), "z": _offset(value), "f": value.fold}


_writers = {
    **{kind: writer for kind, writer in _base_writers.items() if kind not in (BaseException,)},
    collections.defaultdict: lambda s, v, d: {"t": "dict", "v": _pairs(s, dict.items(v), d)},
    range: lambda s, v, d: {"t": "range", "v": [s.encode(v.start), s.encode(v.stop), s.encode(v.step)]},
    slice: lambda s, v, d: {"t": "slice", "v": [s.encode(v.start, d), s.encode(v.stop, d), s.encode(v.step, d)]},
    type(Ellipsis): lambda s, v, d: {"t": "ellipsis"},
    type(NotImplemented): lambda s, v, d: {"t": "notimplemented"},
    types.MappingProxyType: lambda s, v, d: {"t": "dict", "v": _pairs(s, v.items(), d)},
    type({}.keys()): lambda s, v, d: {"t": "keys", "v": s.items(v, d)},
    type({}.values()): lambda s, v, d: {"t": "values", "v": s.items(v, d)},
    type({}.items()): lambda s, v, d: {"t": "items", "v": s.items(v, d)},
}


def _pairs_of(side, data):
    flat = [side.decode(item) for item in data["v"]]
    return list(zip(flat[::2], flat[1::2]))


def _zone(data):
    return None if data["z"] is None else datetime.timezone(datetime.timedelta(seconds=data["z"]))


def _read_numpy(side, data):
    import numpy

    dtype = numpy.dtype(data["d"])
    if dtype.hasobject:
        raise ProtocolError("an array of objects as bytes")
    array = numpy.frombuffer(bytes.fromhex(data["v"]), dtype=dtype)
    return array[0] if data["s"] is None else array.reshape(data["s"]).copy()


def _read_objects(side, data):
    import numpy

    array = numpy.empty(len(data["v"]), dtype=object)
    for index, item in enumerate(data["v"]):
        array[index] = side.decode(item)
    return array.reshape(data["s"])


def _read_builtin(side, data):
    value = getattr(builtins, data["v"])
    if not side.trusts_names and not (isinstance(value, type) and value.__name__ == data["v"]):
        raise ProtocolError("what is no built-in type was sent as one")
    return value


def _read_import(side, data):
    if data["m"] not in _importable:
        raise ProtocolError("an import from %s" % data["m"])
    if not side.trusts_names:
        raise ProtocolError("an import was sent")
    return getattr(__import__(data["m"], fromlist=["x"]), data["v"])


def _values(side, data):
    return [side.decode(item) for item in data["v"]]


def _in_order(kind, items, side):
    """A set that is iterated as the one on the other side is, where a way to make it is found that gives that order.

    The order depends on the size of the table, where one that grew differs from a literal or a copy, and on who came
    first of those that want one place: whoever that was, for a small set it is found by trying.
    """
    wanted = list(map(id, items))
    first = kind(items)
    for made in _sets(kind, items, side):
        if list(map(id, made)) == wanted:
            return made
    return first


def _sets(kind, items, side):
    yield kind(items)
    yield kind(set(items))
    yield kind(items[::-1])
    yield kind(set(items[::-1]))
    some, chance = list(items), random.Random(0)
    for _ in range(100 if 2 < len(items) <= 32 else 0):
        side.tries_at_order -= 1
        if side.tries_at_order < 0:
            return
        chance.shuffle(some)
        yield kind(some)
        yield kind(set(some))


_readers = {
    "int": lambda s, d: int(d["v"], 16),
    "float": lambda s, d: float(d["v"]),
    "bytes": lambda s, d: d["v"].encode("latin-1"),
    "bytearray": lambda s, d: bytearray(d["v"].encode("latin-1")),
    "complex": lambda s, d: complex(*_values(s, d)),
    "tuple": lambda s, d: tuple(_values(s, d)),
    "set": lambda s, d: _in_order(set, _values(s, d), s),
    "frozenset": lambda s, d: _in_order(frozenset, _values(s, d), s),
    "dict": lambda s, d: dict(_pairs_of(s, d)),
    "counter": lambda s, d: collections.Counter(dict(_pairs_of(s, d))),
    "ordered": lambda s, d: collections.OrderedDict(_pairs_of(s, d)),
    "deque": lambda s, d: collections.deque(_values(s, d), d["m"]),
    "decimal": lambda s, d: decimal.Decimal(d["v"]),
    "fraction": lambda s, d: fractions.Fraction(*_values(s, d)),
    "datetime": lambda s, d: datetime.datetime.fromisoformat(d["v"]).replace(tzinfo=_zone(d), fold=d["f"]),
    "date": lambda s, d: datetime.date.fromisoformat(d["v"]),
    "time": lambda s, d: datetime.time.fromisoformat(d["v"]).replace(tzinfo=_zone(d), fold=d["f"]),
    "timedelta": lambda s, d: datetime.timedelta(*d["v"]),
    "range": lambda s, d: range(*_values(s, d)),
    "slice": lambda s, d: slice(*_values(s, d)),
    "ellipsis": lambda s, d: Ellipsis,
    "notimplemented": lambda s, d: NotImplemented,
    "keys": lambda s, d: dict.fromkeys(_values(s, d)).keys(),
    "values": lambda s, d: dict(enumerate(_values(s, d))).values(),
    "items": lambda s, d: dict(_values(s, d)).items(),
    "exception": lambda s, d: make_exception(d["v"], s),
    "numpy": _read_numpy,
    "objects": _read_objects,
    "builtin": _read_builtin,
    "import": _read_import,
    "mine": lambda s, d: s.remote(int(d["id"]), str(d["k"]), str(d["n"]), [str(base) for base in d.get("b", [])]),
    "was": lambda s, d: s.make(d) if s.refilled is None else s.refill(d),
    "again": lambda s, d: s.made[d["n"]],
    "yours": lambda s, d: s.own(d["id"]),
    "named": lambda s, d: s.named(d["v"]),
}

# ── exceptions keep their type ──


def describe_exception(error, side, filename=None):
    """type, built-in bases, arguments, text, and the last line of `filename` it went through"""
    kind = type(error)
    bases = _bases(kind)
    try:
        text = str(error)
        text = text if type(text) is str else ""
    except BaseException:
        text = ""
    try:
        arguments = side.encode(list(error.args))
    except BaseException:
        arguments = [text[:10000]]
    line, trace = None, error.__traceback__
    while trace is not None:
        if filename is not None and trace.tb_frame.f_code.co_filename == filename:
            line = trace.tb_lineno
        trace = trace.tb_next
    if isinstance(error, SyntaxError) and error.filename == filename:
        line = error.lineno
    return {"type": _name(kind), "bases": bases, "args": arguments, "text": text[:10000], "line": line}


_made = {}


def exception_class(name, bases):
    """The built-in class of that name, or a class of that name below the nearest built-in base."""
    builtin = getattr(builtins, name, None)
    if isinstance(builtin, type) and issubclass(builtin, BaseException) and bases[:1] == [name]:
        return builtin
    nearest = next((getattr(builtins, base) for base in bases if isinstance(getattr(builtins, base, None), type)), Exception)
    if not issubclass(nearest, BaseException):
        nearest = Exception
    key = (name, nearest)
    if key not in _made:
        _made[key] = type(name, (nearest,), {})
    return _made[key]


def make_exception(data, side):
    kind = exception_class(str(data["type"]), [str(base) for base in data["bases"]])
    arguments = side.decode(data["args"])
    try:
        error = kind(*arguments)
    except Exception:
        error = kind.__new__(kind)
        error.args = tuple(arguments) if type(arguments) is list else ()
    error.cupel_text = str(data["text"])
    error.cupel_line = data["line"] if type(data["line"]) is int and 0 < data["line"] < 1 << 31 else None
    return error


# ── arguments changed in place ──
#
# Both sides number the containers of a call's arguments in the same order. What the candidate sends back of them
# carries that number, so that the caller's own objects are changed, whatever was moved, shared or nested.

_mutable = {list, dict, set, bytearray, collections.deque, collections.OrderedDict, collections.Counter, collections.defaultdict}


def containers(values):
    """The distinct mutable containers in `values`, outermost first, in order; and whether one occurs twice."""
    found, seen, stack, shared = [], set(), [iter(values)], False
    while stack:
        for value in stack[-1]:
            kind = type(value)
            if kind is not tuple:
                if kind not in _mutable:
                    continue
                if id(value) in seen:
                    shared = True
                    continue
                seen.add(id(value))
                found.append(value)
                if kind in (set, bytearray):
                    continue
            stack.append(iter(value.values() if isinstance(value, dict) else value))
            break
        else:
            stack.pop()
    return found, shared


def refill(old, new):
    """Gives the container `old` the content of `new`."""
    if isinstance(old, (list, bytearray)):
        old[:] = new
    elif isinstance(old, (dict, set)):
        old.clear()
        old.update(new)
    else:
        old.clear()
        old.extend(new)
    return old

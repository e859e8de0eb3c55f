"""Python cells: as a notebook runs them, with the value of the last expression, figures, and `display`."""

import ast
import base64
import builtins
import codeop
import inspect
import linecache
import sys
import traceback
import types

import session

HERE = __file__.rpartition("/")[0]
METHODS = {
    "text/html": "_repr_html_",
    "text/markdown": "_repr_markdown_",
    "text/latex": "_repr_latex_",
    "image/svg+xml": "_repr_svg_",
    "image/png": "_repr_png_",
    "image/jpeg": "_repr_jpeg_",
    "application/json": "_repr_json_",
}


def bundle(value):
    """mime type → text, or base64 for what is binary."""
    data = {}
    method = getattr(type(value), "_repr_mimebundle_", None)
    if method:
        try:
            made = method(value)
            data.update(made[0] if isinstance(made, tuple) else made or {})
        except Exception:
            pass
    for mime, name in METHODS.items():
        if mime in data or not hasattr(type(value), name):
            continue
        try:
            made = getattr(value, name)()
        except Exception:
            continue
        if made is not None:
            data[mime] = made[0] if isinstance(made, tuple) else made
    if "text/plain" not in data:
        data["text/plain"] = repr(value)
    return {mime: base64.b64encode(made).decode() if isinstance(made, bytes) else made for mime, made in data.items()}


class PythonCells(session.Cells):
    def __init__(self):
        main = types.ModuleType("__main__")
        main.__builtins__ = builtins
        sys.modules["__main__"] = main
        sys.argv = [""]
        sys.path.insert(0, "/tmp/work")
        self.names = main.__dict__
        self.count = 0
        self.loop = None
        self.results = []
        builtins.display = self.display

    def display(self, *values):
        """Shows values as rich results of the cell, in order."""
        self.results.extend(bundle(value) for value in values)

    def complete(self, source):
        try:
            compiled = codeop.compile_command(source, "<cell>", "exec")
        except (SyntaxError, OverflowError, ValueError):
            return "invalid"
        return "incomplete" if compiled is None else "complete"

    def run(self, source):
        self.count += 1
        self.results = []
        name = "<cell %d>" % self.count
        linecache.cache[name] = (len(source), None, source.splitlines(True), name)
        reply = {}
        try:
            self.execute(source, name, reply)
            self.figures()
        except KeyboardInterrupt:
            reply["interrupted"] = True
        except SystemExit as end:
            self.leave(end)
        except BaseException as error:
            reply["error"] = self.describe(error)
        return {"results": self.results, **reply}

    def execute(self, source, name, reply):
        try:
            tree = ast.parse(source, name)
            last = None
            shown = not source.rstrip().endswith(";")
            if tree.body and isinstance(tree.body[-1], ast.Expr) and shown:
                last = ast.Expression(tree.body.pop().value)
            flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
            body = compile(tree, name, "exec", flags, dont_inherit=True)
            value = compile(last, name, "eval", flags, dont_inherit=True) if last else None
        except (SyntaxError, ValueError, OverflowError, RecursionError):
            reply["refused"] = True
            raise
        self.perform(body)
        if value:
            shown = self.perform(value)
            if shown is not None:
                self.names["_"] = shown
                self.display(shown)

    def perform(self, code):
        made = eval(code, self.names)
        if not code.co_flags & inspect.CO_COROUTINE:
            return made
        if self.loop is None:
            import asyncio

            self.loop = asyncio.new_event_loop()
            asyncio.set_event_loop(self.loop)
        return self.loop.run_until_complete(made)

    def figures(self):
        """Open figures of matplotlib belong to the cell that drew them."""
        plots = sys.modules.get("matplotlib.pyplot")
        if not plots:
            return
        import io

        for number in plots.get_fignums():
            picture = io.BytesIO()
            plots.figure(number).savefig(picture, format="png", bbox_inches="tight")
            self.results.append({"image/png": base64.b64encode(picture.getvalue()).decode(), "text/plain": "<Figure>"})
        plots.close("all")

    def describe(self, error):
        frames = error.__traceback__
        while frames and frames.tb_frame.f_code.co_filename.startswith(HERE):
            frames = frames.tb_next
        line = None
        for frame in traceback.extract_tb(frames):
            if frame.filename.startswith("<cell "):
                line = frame.lineno
        if isinstance(error, SyntaxError):
            line, frames = error.lineno, None if line is None else frames
        try:
            text = "".join(traceback.format_exception(type(error), error, frames))
            message = str(error)
        except BaseException:
            text = message = "(the exception cannot be printed)"
        return {"type": type(error).__qualname__, "message": message, "line": line, "traceback": text}

    def leave(self, end):
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
        session.flush()
        import os

        os._exit(0 if end.code is None else end.code & 0xFF if isinstance(end.code, int) else 1)


def cells():
    return PythonCells()

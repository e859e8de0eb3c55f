"""SQL cells on SQLite, in memory: each statement that gives rows is a table."""

import html
import sqlite3

import session

MAX_ROWS = 10_000


def shown(value):
    if value is None:
        return "NULL"
    return "x'%s'" % value.hex() if isinstance(value, bytes) else str(value)


def table(names, rows, more):
    cells = [names] + [[shown(value) for value in row] for row in rows]
    widths = [max(len(row[i]) for row in cells) for i in range(len(names))]
    lines = [" | ".join(text.ljust(width) for text, width in zip(row, widths)).rstrip() for row in cells]
    lines.insert(1, "-+-".join("-" * width for width in widths))
    if more:
        lines.append("… (only the first %d rows)" % MAX_ROWS)
    head = "".join("<th>%s</th>" % html.escape(name) for name in names)
    body = "".join("<tr>%s</tr>" % "".join("<td>%s</td>" % html.escape(text) for text in row) for row in cells[1:])
    plain = [[value.hex() if isinstance(value, bytes) else value for value in row] for row in rows]
    return {
        "text/plain": "\n".join(lines),
        "text/html": "<table><tr>%s</tr>%s</table>" % (head, body),
        "application/vnd.cupel.table+json": {"columns": names, "rows": plain, "truncated": more},
    }


def statements(source):
    """(line, statement): split where SQLite itself says that a statement ends."""
    start, line = 0, 1
    for end, letter in enumerate(source):
        if letter == ";" and sqlite3.complete_statement(source[start : end + 1]):
            yield line + leading_lines(source[start:]), source[start : end + 1]
            line += source.count("\n", start, end + 1)
            start = end + 1
    if source[start:].strip():
        yield line + leading_lines(source[start:]), source[start:]


def leading_lines(text):
    return text.count("\n", 0, len(text) - len(text.lstrip()))


class SqlCells(session.Cells):
    def __init__(self):
        self.database = sqlite3.connect(":memory:", isolation_level=None)
        self.database.set_progress_handler(lambda: 0, 20_000)  # lets an interrupt in

    def complete(self, source):
        return "complete" if not source.strip() or sqlite3.complete_statement(source) else "incomplete"

    def run(self, source):
        results, line = [], None
        try:
            for line, statement in statements(source):
                cursor = self.database.execute(statement)
                if cursor.description:
                    rows = cursor.fetchmany(MAX_ROWS)
                    results.append(table([column[0] for column in cursor.description], rows, bool(cursor.fetchone())))
        except KeyboardInterrupt:
            return {"results": results, "interrupted": True}
        except MemoryError as error:
            return {"results": results, "error": {"type": "MemoryError", "message": str(error), "line": line}}
        except (sqlite3.Error, sqlite3.Warning) as error:
            if "interrupted" in str(error):
                return {"results": results, "interrupted": True}
            reply = {"type": type(error).__name__, "message": str(error), "line": line}
            return {"results": results, "error": reply, "refused": "syntax error" in str(error) or "incomplete input" in str(error)}
        return {"results": results}


def cells():
    return SqlCells()

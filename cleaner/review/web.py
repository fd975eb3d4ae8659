"""Review in the browser: a server for one person on one machine, and what it answers.

Pages are made by ``pages``, acts are done by ``acts``, and ``guard`` says who may ask. Requests are served one after the
other, since there is one desk. An act that was asked by a script is answered with what it did and what is decided now of
the changes that the page shows; one that was asked by a form leads back to the page.
"""

from __future__ import annotations

import socket
import threading
import traceback
import webbrowser
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, abort, jsonify, redirect, render_template, request, send_file
from jinja2 import StrictUndefined
from werkzeug.exceptions import HTTPException
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server
from werkzeug.wrappers import Response as Answer

from cleaner.errors import CleanerError, UsageError
from cleaner.names import escape
from cleaner.report.charts import percent
from cleaner.report.showing import clip, shown
from cleaner.report.showing import runs as marked
from cleaner.review import asking, scans, showing
from cleaner.review.acts import Acts
from cleaner.review.asking import address, field
from cleaner.review.desk import Desk
from cleaner.review.guard import ADDRESS, SAFE, Guard, Refusal
from cleaner.review.pages import Pages, raw_file

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

LARGEST = 16_000_000  # bytes of a request: a text as a whole may be mended
CONFLICT, WRONG, BROKEN = 409, 400, 500
LAST_PORT = 65_535
QUEUE = 32  # browsers open several connections at once


def application(desk: Desk, guard: Guard, say: Callable[[str], object]) -> Flask:
    """The application; ``say`` is told of faults that nobody foresaw."""
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST
    app.jinja_options = {
        "autoescape": True,
        "finalize": shown,
        "lstrip_blocks": True,
        "trim_blocks": True,
        "undefined": StrictUndefined,
    }
    app.jinja_env.globals.update(
        address=address, is_word=showing.is_word, percent=percent, said=showing.said, scopes=showing.WIDE
    )
    app.jinja_env.filters.update(
        clip=clip, escaped=escape, exact=showing.exact, oneline=showing.oneline, readings=showing.readings, runs=marked
    )
    _guarded(app, guard)
    _faults(app, say)
    pages = Pages(desk)
    _looks(app, pages)
    _acts(app, Acts(pages))
    app.wsgi_app = _serialised(app.wsgi_app)  # type: ignore[assignment, method-assign]
    return app


def _serialised(inner: WSGIApplication) -> WSGIApplication:
    """One request at a time: there is one desk."""
    lock = threading.Lock()

    def outer(environ: Any, start: Any) -> Any:
        with lock:
            return inner(environ, start)

    return outer


def _guarded(app: Flask, guard: Guard) -> None:
    @app.before_request
    def refuse() -> Answer | None:
        token, cookie = request.args.get("token"), request.cookies.get(guard.cookie)
        refusal = guard.refusal(request.method, request.headers, token=token, cookie=cookie)
        if refusal is not None:
            return _fault(refusal)
        if request.method in SAFE and guard.is_key(token):
            answer = redirect("/", 303)
            answer.set_cookie(guard.cookie, guard.token, httponly=True, samesite="Strict")
            return answer
        return None

    @app.after_request
    def head(answer: Response) -> Response:
        answer.headers.update(guard.headers)
        return answer


def _faults(app: Flask, say: Callable[[str], object]) -> None:
    @app.errorhandler(CleanerError)
    def known(error: CleanerError) -> Answer:
        return _fault(Refusal(WRONG if isinstance(error, UsageError) else CONFLICT, error.message, error.hint))

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> Answer:
        return _fault(Refusal(error.code or WRONG, error.name, error.description or ""))

    @app.errorhandler(Exception)
    def unforeseen(error: Exception) -> Answer:
        say(traceback.format_exc())
        return _fault(Refusal(BROKEN, f"{type(error).__name__}: {error}", "Report it; what was decided stays decided."))


def _fault(refusal: Refusal) -> Answer:
    if request.is_json:
        answer = jsonify({"error": shown(refusal.message), "hint": shown(refusal.hint)})
    else:
        answer = Response(render_template("fault.html.jinja", refusal=refusal))
    answer.status_code = refusal.status
    return answer


# ---- what can be looked at -------------------------------------------------------------------------------------------


def _looks(app: Flask, pages: Pages) -> None:
    def number(name: str) -> int:
        given = request.args.get(name, "0")
        return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else 0

    def file() -> str:
        return pages.name(request.args.get("file", ""))

    @app.get("/")
    def texts() -> str:
        return pages.texts(all_="all" in request.args)

    @app.get("/row")
    def row() -> str:
        return pages.row(file())

    @app.get("/series")
    def series() -> str:
        return pages.series(file(), asking.filter_of(request.args), number("first"))

    @app.get("/changes")
    def changes() -> str:
        return pages.changes(file(), asking.filter_of(request.args), number("first"), request.args.get("id", ""))

    @app.get("/change")
    def change() -> str:
        return pages.change(file(), request.args.get("id", ""), alone="alone" in request.args)

    @app.get("/text")
    def text() -> str:
        page = asking.plain(request.args.get("page", ""))
        return pages.text(file(), number("part"), request.args.get("id", ""), page)

    @app.get("/excerpt")
    def excerpt() -> Response:
        sheet = pages.desk.sheet(file())
        return jsonify({"text": sheet.clean[number("start") : number("end")]})

    @app.get("/lines")
    def lines() -> Response:
        sheet = pages.desk.sheet(file())
        found = showing.raw_lines(sheet.raw, number("start"), number("end"))
        return jsonify({"lines": [{"start": one.start, "end": one.end, "text": shown(one.text)} for one in found]})

    @app.get("/scan")
    def scan() -> Response:
        name = file()
        item = pages.desk.sheet(name).item(request.args.get("id", ""))
        path = scans.image(pages.desk.config, raw_file(pages.desk, name, item.page_file), item.page)
        if path is None:
            abort(404)
        return send_file(path, mimetype=scans.KINDS[path.suffix.lower()])


# ---- what can be done ------------------------------------------------------------------------------------------------


def _acts(app: Flask, acts: Acts) -> None:
    desk = acts.pages.desk

    @app.post("/undo")
    def undo() -> Answer:
        values = _values()
        return answered(values, field(values, "file", str, ""), acts.undo())

    @app.post("/<any(decide, withdraw, mend, say, drop, clean):act>")
    def do(act: str) -> Answer:
        values = _values()
        file = field(values, "file", str)
        return answered(values, file, acts.named[act](acts.pages.name(file), values))

    @app.post("/state")
    def state() -> Answer:
        values = _values()
        return answered(values, field(values, "file", str), "")

    def answered(values: Mapping[str, Any], file: str, told: str) -> Answer:
        if not request.is_json:
            back = field(values, "back", str, "/")
            return redirect(back if back.startswith("/") and back[1:2] not in ("/", "\\") else "/", 303)
        found: dict[str, Any] = {"said": shown(told), "undo": len(desk.history)}
        if file:
            sheet = desk.sheet(acts.pages.name(file))
            asked = set(field(values, "shown", list, []))
            found["states"] = {item.id: showing.state(item) for item in sheet.items if item.id in asked}
            found["progress"] = {**acts.pages.progress(sheet)._asdict(), "said": acts.pages.progress(sheet).said}
        return jsonify(found)


def _values() -> Mapping[str, Any]:
    """What was sent, by a script as JSON, or by a form."""
    if not request.is_json:
        return {**request.form.to_dict(), "ids": request.form.getlist("ids")}
    try:
        found = request.get_json()
    except RecursionError as error:
        raise UsageError("what was sent is nested too deeply", "load the page again") from error
    if not isinstance(found, dict):
        raise UsageError("a table of values is needed", "load the page again")
    return found


# ---- the server ------------------------------------------------------------------------------------------------------


class _Quiet(WSGIRequestHandler):
    """Requests are nobody's news."""

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002  (werkzeug's name)
        pass


def server(desk: Desk, port: int, say: Callable[[str], object]) -> tuple[BaseWSGIServer, Guard]:
    """A server that is to be started, and its guard, which knows its address. Raises ``UsageError`` as ``listen``."""
    with listen(port) as listener:
        port = listener.getsockname()[1]
        guard = Guard(port, scans.origin(desk.config.page_image))
        app = application(desk, guard, say)
        made = make_server(ADDRESS, port, app, threaded=True, request_handler=_Quiet, fd=listener.fileno())
    return made, guard


def serve(desk: Desk, port: int = 0, *, open_browser: bool = True, say: Callable[[str], object] = str) -> None:
    """Serve a review on the loopback address until it is interrupted; ``port`` 0 takes one that is free.

    ``say`` is told the address, and how it ends. Raises ``UsageError`` for a port that cannot be had.
    """
    made, guard = server(desk, port, say)
    say(f"review: {guard.address}")
    say("for this machine only, and for whoever has this address; Ctrl-C stops it")
    if open_browser:
        threading.Thread(target=webbrowser.open, args=(guard.address,), daemon=True).start()
    made.serve_forever()  # ends at Ctrl-C
    say("stopped: every decision is written down; make clean brings them into the texts")


def listen(port: int) -> socket.socket:
    """A socket on the loopback address. Raises ``UsageError``."""
    if not 0 <= port <= LAST_PORT:
        raise UsageError(f"{port} is no port", f"give one from 1024 to {LAST_PORT}, or none: then one is chosen")
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.bind((ADDRESS, port))
        listener.listen(QUEUE)
    except OSError as error:
        listener.close()
        hint = "another review may run there; give another port, or none: then one is chosen"
        raise UsageError(f"port {port} cannot be had: {error.strerror}", hint) from error
    return listener

"""Around every answer: cross-site posts are refused, and browsers are told what our pages may do."""

from fastapi.requests import HTTPConnection
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.problems import NotAllowed, Problem, TooLong
from app.settings import Settings
from app.web.explaining import problem_json
from app.web.language import language_of
from app.web.origins import cross_site

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": CONTENT_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
A_YEAR = 31_536_000
LARGEST_BODY = 64 * 1024


class Guarding:
    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add_headers(MutableHeaders(scope=message))
            await send(message)

        problem = self._refused(scope["method"], Headers(scope=scope))
        app = problem_json(problem, language_of(HTTPConnection(scope))) if problem else self.app
        await app(scope, receive, send_guarded)

    def _refused(self, method: str, headers: Headers) -> Problem | None:
        """What is not even looked at: a post on behalf of another site, and more than a body may hold."""
        if method not in SAFE_METHODS and cross_site(self.settings, headers):
            return NotAllowed()
        length = headers.get("content-length", "0")
        if length.isdecimal() and int(length) > LARGEST_BODY:
            problem = TooLong()
            problem.status = 413
            return problem
        return None

    def _add_headers(self, headers: MutableHeaders) -> None:
        for name, value in HEADERS.items():
            headers.setdefault(name, value)
        headers.setdefault("cache-control", "no-store")
        if self.settings.over_https:
            headers.setdefault("strict-transport-security", f"max-age={A_YEAR}")

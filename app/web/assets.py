"""Static files under a hash of all their contents, so that a tablet may keep them for ever."""

import hashlib
from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOR_EVER = "public, max-age=31536000, immutable"


def static_directory() -> Path:
    """Inside the package when installed, beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "static"
    return inside if inside.is_dir() else package.parent / "static"


class Assets(StaticFiles):
    """Serves /static/<version>/<path>; a page from before an upgrade still gets today's file, uncached."""

    def __init__(self, directory: Path | None = None) -> None:
        self.folder = directory or static_directory()
        super().__init__(directory=self.folder)
        self.version = version_of(self.folder)

    def url(self, path: str) -> str:
        return f"/static/{self.version}/{path}"

    def paths(self, folders: tuple[str, ...]) -> list[str]:
        """Every file in these folders, in order."""
        files = (path for folder in folders for path in (self.folder / folder).rglob("*") if path.is_file())
        return sorted(path.relative_to(self.folder).as_posix() for path in files)

    def read(self, path: str) -> str:
        return (self.folder / path).read_text("utf-8")

    def get_path(self, scope: Scope) -> str:
        version, _, path = super().get_path(scope).partition("/")
        scope["asset_version"] = version
        return path

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        current = scope["asset_version"] == self.version
        response.headers["Cache-Control"] = FOR_EVER if current else "no-cache"
        return response


def version_of(directory: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(path for path in directory.rglob("*") if path.is_file()):
        digest.update(str(file.relative_to(directory)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]

"""Every setting of a Hearthside, read once from the environment and passed down as a value."""

from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Each field is the environment variable HEARTHSIDE_<NAME>; docs/settings.md explains them."""

    model_config = SettingsConfigDict(env_prefix="HEARTHSIDE_", extra="ignore", frozen=True)

    data_dir: Path = Field(Path("data"), description="Where the SQLite database and the secret live.")
    database_url: str = Field("", description="PostgreSQL address; empty means SQLite in the data folder.")
    redis_url: str = Field("", description="Redis or Valkey address; empty means one server process.")
    public_url: str = Field("", description="The address people type, such as https://chat.example.org.")
    trusted_proxies: str = Field("", description="Addresses of proxies whose X-Forwarded-* is believed.")
    secret_file: Path | None = Field(None, description="The house's secret; made at first start, mode 0600.")
    journal_file: Path | None = Field(None, description="What stays ended after a restore; best on another disk.")
    sealing_file: Path | None = Field(None, description="The keys of what is sealed; made at first start, mode 0600.")
    audit_heads_file: Path | None = Field(None, description="The audit log's head of each day; best on another disk.")
    timezone: str = Field("UTC", description="The time zone in which pages tell times.")
    country: str = Field("US", description="Which shipped table of help numbers is shown.")
    smtp_url: str = Field(
        "", description="smtp://user:password@host:587 for calls for help, tests and neutral notices."
    )
    push_services: str = Field(
        "fcm.googleapis.com updates.push.services.mozilla.com web.push.apple.com *.notify.windows.com",
        description="The push services that this house speaks to: names of hosts, or whole origins.",
    )
    ntfy_servers: str = Field("https://ntfy.sh", description="The ntfy servers that on-call staff may name, by origin.")
    phone_url: str = Field("", description="The provider of texts and calls: POST <url>/text and <url>/ring.")
    phone_token: str = Field("", description="Its bearer token; its reports are signed with it, too.")
    second_phone_url: str = Field("", description="A second provider, for when the first does not answer.")
    second_phone_token: str = Field("", description="The second provider's token.")
    apprise_urls: str = Field("", repr=False, description="Channels of the whole team, for the extra apprise.")
    ping_url: str = Field("", description="Asked every minute while paging is well; its silence tells you otherwise.")
    with_worker: bool = Field(True, description="Whether server processes also do the worker's jobs.")
    log_level: str = Field("INFO", description="DEBUG, INFO, WARNING or ERROR.")

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError) as trouble:
            raise ValueError(
                f"there is no time zone {name}; write it like Europe/Madrid or America/New_York"
            ) from trouble
        return name

    @property
    def database(self) -> str:
        """The SQLAlchemy URL, with the asyncpg driver named where PostgreSQL is meant."""
        if not self.database_url:
            return f"sqlite:///{self.data_dir.resolve() / 'hearthside.db'}"
        for scheme in ("postgresql://", "postgres://"):
            if self.database_url.startswith(scheme):
                return "postgresql+asyncpg://" + self.database_url.removeprefix(scheme)
        return self.database_url

    @property
    def on_sqlite(self) -> bool:
        return self.database.startswith("sqlite")

    @property
    def secret_path(self) -> Path:
        return self.secret_file or self.data_dir / "secret"

    @property
    def journal_path(self) -> Path:
        return self.journal_file or self.data_dir / "journal.jsonl"

    @property
    def sealing_path(self) -> Path:
        return self.sealing_file or self.secret_path.with_name("sealing-keys")

    @property
    def audit_heads_path(self) -> Path:
        return self.audit_heads_file or self.data_dir / "audit-heads.txt"

    @property
    def push_key_path(self) -> Path:
        """The key with which pushes are signed, beside the house's secret."""
        return self.secret_path.with_name("push-key")

    @property
    def address(self) -> str:
        """Where people come in, for links that are printed."""
        return self.public_url or "http://localhost:8000"

    @property
    def over_https(self) -> bool:
        return urlsplit(self.public_url).scheme == "https"

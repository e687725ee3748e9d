"""Settings: environment variables that begin with MOISSON_."""

import os
from functools import cache

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

# What a header's value may hold.
_HEADER = r"^[ -~]*$"


class Settings(BaseSettings):
    """Limits and sizes; each is an environment variable, `max_bytes` is MOISSON_MAX_BYTES."""

    model_config = SettingsConfigDict(env_prefix="MOISSON_")

    max_bytes: int = Field(default=20_000_000, gt=0, description="largest article read, unpacked, in bytes")
    max_expansion: int = Field(
        default=200, gt=0, description="how many times its packed size compressed data may unpack to, beyond max_bytes"
    )
    batch_articles: int = Field(default=256, gt=0, description="articles a batch")
    workers: int = Field(
        default_factory=lambda: os.cpu_count() or 1, gt=0, description="processes that work on batches"
    )
    allow_private: bool = Field(
        default=False, description="whether addresses of private networks and of this machine are read"
    )
    user_agent: str = Field(
        default="",
        pattern=_HEADER,
        description="name that requests over HTTP carry, and that robots.txt is read for; moisson/<version> if empty",
    )
    http_contact: str = Field(
        default="", pattern=_HEADER, description="address of a page or mailbox that says who asks; sent with the name"
    )
    http_delay: float = Field(default=1.0, ge=0, description="seconds between two requests to a host")
    http_max_delay: float = Field(default=30.0, ge=0, description="longest Crawl-delay of a robots.txt that is kept to")
    http_timeout: float = Field(default=30.0, gt=0, description="seconds to connect, and to wait for the next bytes")
    http_total_timeout: float = Field(default=120.0, gt=0, description="seconds that an answer may take in all")
    http_retries: int = Field(
        default=3, ge=0, description="times that a request is made again after 429, 5xx or silence"
    )
    http_backoff: float = Field(default=1.0, ge=0, description="seconds before the first retry, doubled for each more")
    http_max_wait: float = Field(
        default=60.0, ge=0, description="longest wait before a retry; a host that asks for more is left alone"
    )


@cache
def settings() -> Settings:
    """The settings of this process."""
    return Settings()

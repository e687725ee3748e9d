"""Settings: environment variables that begin with MOISSON_."""

import os
from functools import cache

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


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


@cache
def settings() -> Settings:
    """The settings of this process."""
    return Settings()

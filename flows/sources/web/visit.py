"""A visit to the web: one client and one memory for all addresses of a run."""

from functools import cached_property
from typing import Self

from flows.http import Answer, Client, Validators
from flows.store.memory import Memory, Record, no_memory

# What an address gave: an answer, or, where the server says that it has not changed, the record of last time.
Got = Answer | Record


class Web:
    """What addresses are read with."""

    def __init__(self, memory: Memory | None = None) -> None:
        self.memory = memory or no_memory()
        self.visited: set[str] = set()

    @cached_property
    def client(self) -> Client:
        """The client, made for the first address."""
        return Client()

    def fetch(self, address: str, kind: str | None = None) -> Got:
        """What an address gives, asked for only if it has changed since last time; RejectError where nothing."""
        record = self.memory.get(address)
        if record is None or (kind and kind != record.kind) or not self.memory.stands(record):
            return self.client.get(address)
        answer = self.client.get(address, Validators(record.url, record.etag, record.last_modified))
        return record if answer.is_unchanged else answer

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if "client" in vars(self):
            self.client.close()


def record_of(kind: str, answer: Answer) -> Record:
    """The record of an answer, of which nothing has been made yet."""
    validators = answer.validators
    return Record(kind=kind, url=validators.url, etag=validators.etag, last_modified=validators.last_modified)

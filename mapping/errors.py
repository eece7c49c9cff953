"""What can go wrong, as a tree; every message names the place and the remedy.

YusuanError
├── CallError             what a command was given is not what it takes: exit code 2
│   ├── SourceError       a document cannot be read: it is quarantined, the others go on
│   ├── ManifestError     a CSV file beside the documents says something that cannot be true
│   ├── RdfError          RDF files cannot be imported: a line each, nothing is released
│   └── PublisherError    publisher.toml cannot be read, or does not say what publishing needs: a line each
└── ReleaseError          a release cannot be written or opened: exit code 1
"""

from __future__ import annotations

INTERRUPTED = 130
"""The exit code of whoever is interrupted."""


class YusuanError(Exception):
    """Anything the command line reports to its user in one line."""


class CallError(YusuanError):
    """What a command was given is not what it takes: another argument, another path or a mended file is needed."""


class SourceError(CallError):
    """A source document that cannot be read, with the reason and what to do."""


class ManifestError(CallError):
    """What is wrong in a CSV file beside the documents; `args` has one line for each mistake, naming row and column."""

    def __str__(self) -> str:
        return "\n".join(self.args)


class RdfError(CallError):
    """RDF files that cannot be imported; `args` has one line for each, with its name, the place and what to do."""

    def __str__(self) -> str:
        return "\n".join(self.args)


class PublisherError(CallError):
    """What is wrong with, or missing in, publisher.toml; `args` has one line for each, with its remedy."""

    def __str__(self) -> str:
        return "\n".join(self.args)


class ReleaseError(YusuanError):
    """A release that cannot be written, found or opened."""

"""What can go wrong, as a tree; every message names the place and the remedy.

YusuanError
├── SourceError      a document cannot be read: it is quarantined, the others go on
├── ManifestError    a CSV file beside the documents says something that cannot be true
└── ReleaseError     a release cannot be written or opened
"""

from __future__ import annotations


class YusuanError(Exception):
    """Anything the command line reports to its user in one line."""


class SourceError(YusuanError):
    """A source document that cannot be read, with the reason and what to do."""


class ManifestError(YusuanError):
    """A row or column of a CSV file beside the documents that is wrong, named."""


class ReleaseError(YusuanError):
    """A release that cannot be written, found or opened."""

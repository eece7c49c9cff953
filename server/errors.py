"""The errors of the server, each with the status it is answered with.

    ServerError                     500 internal
    ├── SettingError                500 setting-invalid     a setting that is unknown or of the wrong kind
    ├── ReleaseError                503 release-unusable    a release that cannot be read
    │   └── ReleaseMissingError     503 release-missing     no release in the data directory
    ├── QueryFileError              500 query-file-invalid  a .rq file whose header breaks the convention
    ├── EndpointError               502 endpoint-failed     another server's SPARQL endpoint did not answer
    ├── WorkersBusyError            503 workers-busy        every worker is at work
    ├── QueryTimeoutError           503 query-timeout       the worker was ended at the time limit
    ├── QueryMemoryError            503 query-memory        the worker reached its limit of memory
    ├── QueryCrashedError           500 query-crashed       the worker died over the query
    └── CallerError                 400 bad-request
        ├── QuerySyntaxError        400 query-syntax
        ├── QueryRefusedError       400 query-refused       SERVICE, updates, graphs outside the dataset
        ├── ParameterError          400 parameter-invalid
        ├── QueryUnknownError       404 query-unknown
        ├── FileUnknownError        404 file-unknown
        ├── ThingUnknownError       404 thing-unknown       nothing in this release has the IRI, or it is not shown
        ├── PageUnknownError        404 page-unknown        a list has fewer pages
        ├── MethodError             405 method-not-allowed
        ├── NotAcceptableError      406 not-acceptable
        ├── BodySlowError           408 request-timeout     the body did not arrive in time
        ├── GoneError               410 gone                a document that was withdrawn or superseded, and all in it
        ├── PreconditionError       412 precondition-failed the answer has another tag than If-Match states
        ├── BodyTooLargeError       413 body-too-large
        ├── BatchTooLargeError      413 batch-too-large     more reconciliation queries at once than the manifest says
        ├── MediaTypeError          415 media-type-unsupported
        ├── CodingError             415 coding-unsupported  the body is compressed
        ├── ResultTooLargeError     422 result-too-large
        └── RateError               429 too-many-requests

The caller's mistakes are below `CallerError`; everything else is ours. Messages say what to do, and those
that leave the server show neither its paths nor the texts of its exceptions.
"""

from __future__ import annotations

from collections.abc import Iterable


class ServerError(Exception):
    """Base of all errors of the server; `code` is stable, the message is for people."""

    status = 500
    code = "internal"
    see: tuple[tuple[str, str], ...] = ()

    def __init__(self, *said: object, see: Iterable[tuple[str, str]] = ()) -> None:
        """Take the message, and what else to look at: words, with an address below the service, or a whole IRI."""
        super().__init__(*said)
        if see:
            self.see = tuple(see)

    @property
    def message(self) -> str:
        """Return the text for people."""
        return str(self.args[0]) if self.args else self.code

    def as_json(self) -> dict[str, object]:
        """Return the one shape in which every error is answered."""
        return {"status": self.status, "error": self.code, "message": self.message}


class ReleaseError(ServerError):
    """A release cannot be used: it cannot be read, or is of another layout."""

    status = 503
    code = "release-unusable"


class ReleaseMissingError(ReleaseError):
    """There is no release in the data directory."""

    code = "release-missing"


class QueryFileError(ServerError):
    """A query file breaks the header convention."""

    code = "query-file-invalid"


class SettingError(ServerError):
    """A setting is unknown, or its value cannot be used."""

    code = "setting-invalid"


class EndpointError(ServerError):
    """Another server's SPARQL endpoint refused the query or did not answer."""

    status = 502
    code = "endpoint-failed"


class WorkersBusyError(ServerError):
    """No worker came free within the time a request may wait."""

    status = 503
    code = "workers-busy"


class QueryTimeoutError(ServerError):
    """The query ran into the time limit and was ended."""

    status = 503
    code = "query-timeout"


class QueryMemoryError(ServerError):
    """The query took more memory than one may, and its worker ended."""

    status = 503
    code = "query-memory"


class QueryCrashedError(ServerError):
    """The worker process died while it evaluated the query."""

    code = "query-crashed"


class CallerError(ServerError):
    """The request cannot be answered as it stands."""

    status = 400
    code = "bad-request"


class QuerySyntaxError(CallerError):
    """The text is not a SPARQL 1.1 query."""

    code = "query-syntax"


class QueryRefusedError(CallerError):
    """The query is well formed but asks for what this server does not do."""

    code = "query-refused"


class ParameterError(CallerError):
    """A parameter of a named query is unknown, missing or of the wrong type."""

    code = "parameter-invalid"


class QueryUnknownError(CallerError):
    """There is no named query of this name."""

    status = 404
    code = "query-unknown"


class FileUnknownError(CallerError):
    """The release publishes no such file."""

    status = 404
    code = "file-unknown"


class ThingUnknownError(CallerError):
    """This release says nothing of the IRI, or shows nothing of it."""

    status = 404
    code = "thing-unknown"


class PageUnknownError(CallerError):
    """The list has fewer pages."""

    status = 404
    code = "page-unknown"


class MethodError(CallerError):
    """The resource has no such method."""

    status = 405
    code = "method-not-allowed"


class NotAcceptableError(CallerError):
    """None of the media types in the Accept header is offered."""

    status = 406
    code = "not-acceptable"


class BodySlowError(CallerError):
    """The request body did not arrive in time."""

    status = 408
    code = "request-timeout"


class GoneError(CallerError):
    """It was published here and is not any more."""

    status = 410
    code = "gone"


class PreconditionError(CallerError):
    """The answer has another tag than If-Match states."""

    status = 412
    code = "precondition-failed"


class BodyTooLargeError(CallerError):
    """The request body is larger than the server reads."""

    status = 413
    code = "body-too-large"


class BatchTooLargeError(CallerError):
    """The batch has more reconciliation queries than the manifest allows."""

    status = 413
    code = "batch-too-large"


class MediaTypeError(CallerError):
    """The request body has a media type that is not read here."""

    status = 415
    code = "media-type-unsupported"


class CodingError(CallerError):
    """The request body has a content coding, which is not undone here."""

    status = 415
    code = "coding-unsupported"


class ResultTooLargeError(CallerError):
    """The result is larger than the server sends."""

    status = 422
    code = "result-too-large"


class RateError(CallerError):
    """The client makes more requests than one may."""

    status = 429
    code = "too-many-requests"

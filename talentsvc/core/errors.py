"""What may go wrong in the domain, as types that one place turns into a page.

A domain error rolls the transaction back. `code` is stable and machine readable, `params` fills
the placeholders of its message; neither holds personal data, because both reach the log.
"""

from __future__ import annotations


class DomainError(Exception):
    """Base of every refusal that has a page of its own."""

    code: str = "refused"

    def __init__(self, code: str | None = None, **params: object) -> None:
        if code is not None:
            self.code = code
        self.params: dict[str, object] = params
        super().__init__(self.code, params)

    def __str__(self) -> str:
        details = ", ".join(f"{name}={value}" for name, value in self.params.items())
        return f"{self.code} ({details})" if details else self.code

    def __reduce__(self) -> tuple[object, ...]:
        # The worker's process pool pickles what a task raised.
        return _rebuild, (type(self), self.args, dict(self.__dict__))


def _rebuild(
    kind: type[DomainError], args: tuple[object, ...], state: dict[str, object]
) -> DomainError:
    """Make the error again without its constructor, whose arguments differ by class."""
    error = kind.__new__(kind)
    error.args = args
    error.__dict__.update(state)
    return error


class NotAllowedNow(DomainError):
    """The action is not in the transition table for this state: 409."""

    code = "not_allowed_now"

    def __init__(self, state: object, action: object, **params: object) -> None:
        super().__init__(None, state=str(state), action=str(action), **params)
        self.state = state
        self.action = action


class StaleVersion(DomainError):
    """Somebody changed the row since the page was rendered: 409, with what changed."""

    code = "stale_version"


class FourEyesViolated(DomainError):
    """The same person may not act twice in one case, nor in a case of their own: 403."""

    code = "four_eyes"


class NotFoundHere(DomainError):
    """Missing, or outside the actor's scope; the answer never tells which: 404."""

    code = "not_found"


class QuotaExhausted(DomainError):
    """Nothing is left to give out: 409."""

    code = "quota_exhausted"


class InvalidInput(DomainError):
    """A value cannot be accepted: 422. `field` names the input, `code` the reason."""

    code = "invalid_input"

    def __init__(self, field: str, code: str = "invalid_input", **params: object) -> None:
        super().__init__(code, field=field, **params)
        self.field = field

"""What an action says when it will not do something."""


class Refused(Exception):
    """An action was not carried out; ``message`` is a sentence for the person who asked.

    ``code`` is a short name for machines, ``status`` the HTTP answer, ``field`` the form field it belongs to;
    ``retry_after`` (seconds) goes with 429.
    """

    def __init__(
        self,
        message: str,
        *,
        code: str = "refused",
        status: int = 409,
        field: str | None = None,
        retry_after: int | None = None,
    ) -> None:
        super().__init__(message)
        self.message, self.code, self.status, self.field = message, code, status, field
        self.retry_after = retry_after

    def __str__(self) -> str:
        return str(self.message)

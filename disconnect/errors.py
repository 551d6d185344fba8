"""What can go wrong for a person, in words they can act on."""


class DisconnectError(Exception):
    """It could not be done; the message says what, why and what to do."""

    exit_code = 1


class UsageProblemError(DisconnectError):
    """The words of the call are wrong."""

    exit_code = 2


class NothingThereError(DisconnectError):
    """The question was right, there is no data to answer it with."""

    exit_code = 3

"""What ends a step, and the exit code that tells a scheduler whether to retry."""


class PipelineError(Exception):
    """Ends a step. Its text is for the person who reads the log."""

    exit_code = 1


class DataRefusedError(PipelineError):
    """The data is not what was agreed on; trying again does not help."""

    exit_code = 3


class ModelRefusedError(PipelineError):
    """The model is not good enough, or not the one that was evaluated."""

    exit_code = 4


class ConfigurationError(PipelineError):
    """A variable or a key of the configuration is wrong; names it, never its value."""

    exit_code = 78

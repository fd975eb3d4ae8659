"""The version, in one place: packaging, ``--version`` and the header of every change log read it."""

__version__ = "1.0.0"

"""The version, in one place: packaging, ``--version`` and the header of every change log read it."""

__version__ = "0.1.0"

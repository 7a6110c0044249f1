"""`znreader completion`: a script for the shell, made from the parser of the command line."""

import argparse
from collections.abc import Iterator

import shtab

from reader.cli.parser import Parser, whole_parser
from reader.config import Settings

# The metavariables of file names in the help.
_FILES = {"FILE", "PATH", "FILE|-", "FILE|URL|-"}


def run(chosen: argparse.Namespace, _: Settings) -> int:
    """Print the script for a shell; return 0."""
    print(completion(chosen.shell))
    return 0


def completion(shell: str) -> str:
    """Return the script that completes commands, options and files in bash, zsh or fish."""
    parser = whole_parser()
    for action in _arguments(parser):
        if action.metavar in _FILES:
            action.complete = shtab.FILE  # type: ignore[attr-defined]
    return shtab.complete(parser, shell=shell)


def _arguments(parser: Parser) -> Iterator[argparse.Action]:
    """Yield all arguments of a parser and of its commands."""
    yield from parser.arguments()
    for _, command in parser.commands().values():
        yield from _arguments(command)

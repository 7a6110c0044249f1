"""The care of the cache file: its state, its space, copies of it, and what it holds as lines.

What no quick command needs is imported where it is used.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from reader.errors import CacheError
from reader.files import written_whole
from reader.store import queries, space
from reader.store.opening import explain, open_read_only
from reader.store.queries import Health
from reader.store.retaining import Retaining


class Keeping(Retaining):
    """The state of the file, and all that is done to it as a whole."""

    def health(self) -> Health:
        """Return the state of the file; it is read from end to end."""
        with self._reading() as connection:
            return queries.health(connection, self._path)

    def backup(self, target: Path, *, force: bool = False) -> None:
        """Copy the cache to the file `target`, while others may use it; whole or not at all.

        Raises CacheError where there is such a file and no `force`, or it cannot be written.
        """
        from reader.store import copying  # noqa: PLC0415

        copying.refuse_existing(target, force=force)
        with self._using("read"):
            try:
                with closing(open_read_only(self._path)) as source:
                    copying.copy_whole(source, target)
            except (OSError, sqlite3.Error) as error:
                raise explain(error, target, "written", "copy") from error

    def export_lines(self) -> Iterator[str]:
        """Yield all that the cache holds, but for pages as they were fetched, as lines of JSON.

        They tell of one moment, whatever others write meanwhile.
        """
        from reader.store import exporting  # noqa: PLC0415

        with self._reading() as connection:
            yield from exporting.every_line(connection)

    def export(self, target: Path, *, force: bool = False) -> int:
        """Write an export to the file `target`, whole or not at all; return how many headlines.

        Raises CacheError where there is such a file and no `force`, or it cannot be written.
        """
        from reader.store.copying import refuse_existing  # noqa: PLC0415

        refuse_existing(target, force=force)
        count = 0
        try:
            with written_whole(target) as part, part.open("w", encoding="utf-8") as file:
                for line in self.export_lines():
                    file.write(line + "\n")
                    count += line.startswith('{"kind": "headline"')
        except OSError as error:
            raise explain(error, target, "written", "export") from error
        return count

    def distrust_listings(self) -> None:
        """Have every listing fetched anew, as after an import of which some was refused."""
        with self._writing() as connection:
            connection.execute("UPDATE pages SET etag = NULL, modified = NULL WHERE article = 0")

    def give_back(self) -> str | None:
        """Give free space back to the disk where it is worth that; return why it was not.

        It is done in small steps, so that nobody waits long. A file of an older program must once
        be rewritten as a whole for that, which is left where the disk has no room or others write.
        """
        try:
            self.require_writable()
            with self._using("written") as connection:
                if not space.is_much(connection):
                    return None
                if not space.can_step(connection):
                    if not space.has_room(connection, self._path):
                        return f"{self._path}: the disk has no room to give free space back to it"
                    space.rewrite(connection)
            while self._step():
                self._give_way()
            with self._using("written") as connection:
                space.shrink(connection)
        except CacheError as error:
            return f"free space was not given back: {error}"
        return None

    def free_bytes(self) -> int:
        """Return how much of the file is free inside it."""
        with self._using("read") as connection:
            return space.free_bytes(connection)

    def _step(self) -> bool:
        with self._using("written") as connection:
            return space.step(connection)

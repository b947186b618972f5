"""Pictures in the cache that have not changed since their files were compared with checksums.

A key enters; the picture leaves, if the cache has it. Its files are read and compared with the
manifest only where they are not noted (reading/notes.py).
"""

from generator.photos.cache import FORMAT, Cache
from generator.photos.plan import Picture
from generator.reading.memory import Memory
from generator.reading.notes import Notes, look

NOTES = "pictures.json"


class KnownPictures:
    """The pictures of one cache; may be asked by several threads."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._notes = Notes(Memory(cache.root), NOTES, f"{FORMAT}")

    def known(self, key: str) -> Picture | None:
        """The picture of the key, if its files are as they were when they were compared."""
        try:
            picture = Picture.from_json(self._notes.said(key))
        except (ValueError, KeyError, TypeError):  # nothing noted, or by another version
            return None
        return picture if self._notes.same(key, look(*self._files(picture))) else None

    def get(self, key: str) -> Picture | None:
        """The picture of the key, if its manifest is sound and its files have their checksums."""
        picture = self._cache.get(key, verify=True)
        if picture is not None:
            self._notes.note(key, look(*self._files(picture)), picture.to_json())
        return picture

    def _files(self, picture: Picture) -> list[str]:
        return [self._cache.place(name) for name in picture.names]

    def keep(self) -> None:
        """Note what was asked for; what was not is forgotten."""
        self._notes.keep()

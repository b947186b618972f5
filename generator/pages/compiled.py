"""Templates as they were compiled before, beside the modules that Python has compiled.

Enter: a template's name and text. Leave: its code, where this very program has compiled that text.
A folder that cannot be written, or a damaged file, costs only time. Whoever can write there can
change the program's own modules too (PEP 3147), and so nothing is signed.
"""

import sys
from contextlib import suppress
from hashlib import sha256
from importlib.util import cache_from_source
from pathlib import Path

from jinja2.bccache import Bucket, BytecodeCache

from generator.reading.program import program_version
from generator.reading.whole_file import put_whole

_DIGEST = sha256().digest_size


class CompiledTemplates(BytecodeCache):
    """One file for each template in the `folder` where Python keeps this module."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or Path(cache_from_source(__file__)).parent

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The name of a template's file."""
        return f"{name.replace('/', '.')}.{sys.implementation.cache_tag}"

    def get_source_checksum(self, source: str) -> str:
        """What a file is believed for: the text, and all that compiles it."""
        return sha256(f"{program_version()} {source}".encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """The code of a template, if it is there and of this text."""
        with suppress(OSError):
            content = (self._folder / bucket.key).read_bytes()
            digest, code = content[:_DIGEST], content[_DIGEST:]
            if digest == sha256(code).digest():
                bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template, unless Python is not to keep any."""
        if sys.dont_write_bytecode:
            return
        code = bucket.bytecode_to_string()
        with suppress(OSError):
            put_whole(self._folder / bucket.key, sha256(code).digest() + code)

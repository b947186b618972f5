"""How fast photographs are developed here, beside other programs on the same files.

Enters: a number of photographs to make, or a folder of them. Leaves: a table of photographs per
second, bytes per photograph and peak memory, and how close the pictures are to a Lanczos reference
at equal bytes. Programs that are not installed are left out. Run it by `make bench`.
"""

import argparse
import io
import multiprocessing
import os
import random
import resource
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageMath, ImageOps

from generator.photos.cache import Cache
from generator.photos.develop import develop
from generator.photos.plan import Developed, Picture, Recipe
from generator.photos.run import Request, develop_all, executor

EDGES = (1600, 960, 480)
QUALITY, METHOD = 80, 2
SIZE = (4000, 3000)
SIGAL = """\
source = {source!r}
theme = 'galleria'
img_size = (1600, 1600)
thumb_size = (480, 480)
img_format = 'WEBP'
img_options = {{'quality': {quality}, 'method': {method}}}
thumb_options = {{'quality': {quality}, 'method': {method}}}
autorotate_images = True
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """One program's work: photographs per second, processor time of each, bytes, peak memory."""

    name: str
    speed: float
    seconds: float
    """Processor time of a photograph: comparable even while the machine does other work."""
    length: float
    """Bytes of a photograph, all sizes."""
    memory: int
    """Bytes that all its processes held at once."""


def main() -> None:
    """Measure everything that is installed, and print it."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory(prefix="chronicle-bench-") as temporary:
        folder = Path(temporary)
        files = _files(arguments, folder)
        print(f"{len(files)} photographs, {arguments.jobs} processes, best of {arguments.rounds}\n")
        print(f"{'':34}{'per second':>11}{'CPU ms':>9}{'kB each':>9}{'peak MB':>9}")
        for name, work in _programs(arguments, files, folder):
            _show(_best(name, work, files, folder / "out", arguments.rounds))
        print()
        _compare_quality(files[:4])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photographs", type=Path, help="a folder of JPEG files to use")
    parser.add_argument("--number", type=int, default=24, help="how many to make otherwise")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sigal", default=shutil.which("sigal"), help="where sigal is installed")
    return parser.parse_args()


def _files(arguments: argparse.Namespace, folder: Path) -> list[Path]:
    if arguments.photographs:
        return sorted(arguments.photographs.glob("*.jp*g"))
    originals = folder / "originals"
    originals.mkdir()
    with ProcessPoolExecutor(arguments.jobs) as pool:
        numbers = range(arguments.number)
        return list(pool.map(_photograph, [originals] * len(numbers), numbers))


def _photograph(folder: Path, number: int) -> Path:
    """A picture of 12 megapixels with detail at every scale, as a photograph has."""
    chance = random.Random(number)
    image = Image.new("RGB", SIZE, tuple(chance.randrange(60, 200) for _ in range(3)))
    for level in range(7):
        small = (max(2, SIZE[0] >> level), max(2, SIZE[1] >> level))
        bands = [Image.effect_noise(small, 10 + 9 * level) for _ in range(3)]
        noise = Image.merge("RGB", bands).resize(SIZE, Image.Resampling.BICUBIC)
        image = Image.blend(image, noise, 0.1 + 0.04 * level)
    path = folder / f"{number:03}.jpg"
    image.save(path, quality=88)
    return path


Work = Callable[[list[Path], Path], None]


def _programs(
    arguments: argparse.Namespace, files: list[Path], folder: Path
) -> Iterator[tuple[str, Work]]:
    """Each program's name, and what makes it develop files into a folder."""
    jobs: int = arguments.jobs
    yield "chronicle, with link preview", lambda files, out: _ours(files, out, jobs, Recipe())
    bare = Recipe(preview=None)
    yield "chronicle, three sizes only", lambda files, out: _ours(files, out, jobs, bare)
    yield "plain Pillow, chained", lambda files, out: _plain(files, out, jobs)
    if shutil.which("vipsthumbnail"):
        yield "vipsthumbnail, three times", lambda files, out: _vips(files, out, jobs)
    if arguments.sigal:
        source = folder / "sigal-source"
        source.mkdir()
        for path in files:
            (source / path.name).symlink_to(path)
        settings = folder / "sigal.conf.py"
        text = SIGAL.format(source=str(source), quality=QUALITY, method=METHOD)
        settings.write_text(text, encoding="utf-8")
        command = [arguments.sigal, "build", "-q", "-n", str(jobs), "-c", str(settings)]
        yield (
            "sigal, picture and thumbnail",
            lambda files, out: _run([*command, str(source), str(out)]),
        )


def _best(name: str, work: Work, files: list[Path], out: Path, rounds: int) -> Measured:
    """The fastest of several rounds, each in an empty folder, after one on a single file."""
    seconds = busy = float("inf")
    memory = 0
    shutil.rmtree(out, ignore_errors=True)
    work(files[:1], out)
    for _ in range(rounds):
        shutil.rmtree(out, ignore_errors=True)
        began, used = time.perf_counter(), _processor_time()
        with _memory() as peak:
            work(files, out)
        seconds = min(seconds, time.perf_counter() - began)
        busy = min(busy, _processor_time() - used)
        memory = max(memory, peak[0])
    made = sum(path.stat().st_size for path in out.rglob("*") if path.suffix in {".webp", ".jpg"})
    number = len(files)
    return Measured(name, number / seconds, busy / number, made / number, memory)


def _processor_time() -> float:
    """Seconds that processes begun from here and ended have used (Unix only)."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _show(one: Measured) -> None:
    figures = f"{one.seconds * 1000:9.0f}{one.length / 1000:9.0f}{one.memory / 1e6:9.0f}"
    print(f"{one.name:34}{one.speed:11.2f}{figures}", flush=True)


def _ours(files: list[Path], out: Path, jobs: int, recipe: Recipe) -> None:
    requests = [Request(str(number), path, recipe) for number, path in enumerate(files)]
    with executor(jobs) as pool:
        results = develop_all(requests, Cache(out), pool, lambda done, total: None)
    assert all(isinstance(result, Picture) for result in results.values())


def _plain(files: list[Path], out: Path, jobs: int) -> None:
    out.mkdir(exist_ok=True)
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn")) as pool:
        list(pool.map(_plainly, files, [out] * len(files)))


def _plainly(path: Path, out: Path) -> None:
    """What a careful person writes in an afternoon."""
    with Image.open(path) as opened:
        scale = EDGES[0] / max(opened.size)
        opened.draft("RGB", (int(opened.width * scale), int(opened.height * scale)))
        image = ImageOps.exif_transpose(opened)
        for edge in EDGES:
            image.thumbnail((edge, edge), Image.Resampling.LANCZOS)
            image.save(out / f"{path.stem}-{edge}.webp", quality=QUALITY, method=METHOD)


def _vips(files: list[Path], out: Path, jobs: int) -> None:
    out.mkdir(exist_ok=True)
    waiting = [
        ["vipsthumbnail", str(path), "--size", str(edge), "--output",
         f"{out / path.stem}-{edge}.webp[Q={QUALITY},effort={METHOD},strip]"]
        for path in files
        for edge in EDGES
    ]  # fmt: skip
    # One thread each: as many processes as the others have.
    one_thread = os.environ | {"VIPS_CONCURRENCY": "1"}
    running: list[subprocess.Popen[bytes]] = []
    while waiting or running:
        while waiting and len(running) < jobs:
            running.append(subprocess.Popen(waiting.pop(), env=one_thread))
        running.pop(0).wait()


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@contextmanager
def _memory() -> Iterator[list[int]]:
    """The most memory that all processes begun from here held at once, bytes (Linux only)."""
    peak, finished = [0], threading.Event()

    def watch() -> None:
        while not finished.wait(0.05):
            peak[0] = max(peak[0], _held())

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield peak
    finally:
        finished.set()
        watcher.join()


def _held() -> int:
    """The resident memory of every process that descends from this one."""
    parents, sizes = {}, {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        number = int(status.parent.name)
        parents[number], sizes[number] = int(fields[1]), int(fields[21])
    ours = {os.getpid()}
    while True:
        more = {one for one, parent in parents.items() if parent in ours} - ours
        if not more:
            break
        ours |= more
    pages = sum(sizes.get(one, 0) for one in ours - {os.getpid()})
    return pages * os.sysconf("SC_PAGE_SIZE")


def _compare_quality(files: list[Path]) -> None:
    """SSIM of the largest size against an uncompressed Lanczos reduction, at equal bytes."""
    print(f"{'1600 px against Lanczos':34}{'ours':>11}{'Lanczos':>9}   SSIM at equal bytes")
    for path in files:
        developed = develop(path.read_bytes(), Recipe(preview=None))
        assert isinstance(developed, Developed)
        largest = developed.derivatives[-1]
        with Image.open(path) as image:
            upright = ImageOps.exif_transpose(image).convert("RGB")
        size = (largest.width, largest.height)
        reference = upright.resize(size, Image.Resampling.LANCZOS)
        ours = _ssim(Image.open(io.BytesIO(largest.content)), reference)
        theirs = _ssim(_of_length(reference, len(largest.content)), reference)
        print(f"  {path.name:32}{ours:11.4f}{theirs:9.4f}")


def _of_length(image: Image.Image, length: int) -> Image.Image:
    """The image after WebP of the highest quality that needs no more bytes."""
    best = b""
    low, high = 1, 100
    while low <= high:
        middle = (low + high) // 2
        buffer = io.BytesIO()
        image.save(buffer, "WEBP", quality=middle, method=METHOD)
        if len(buffer.getvalue()) <= length:
            best, low = buffer.getvalue(), middle + 1
        else:
            high = middle - 1
    return Image.open(io.BytesIO(best))


def _ssim(one: Image.Image, other: Image.Image) -> float:
    """Structural similarity of lightness (Wang et al. 2004), in blocks of 8 x 8 px."""
    x, y = one.convert("L").convert("F"), other.convert("L").convert("F")

    def mean(image: Image.Image) -> Image.Image:
        return image.reduce(8)

    def product(a: Image.Image, b: Image.Image) -> Image.Image:
        result = ImageMath.lambda_eval(lambda names: names["a"] * names["b"], a=a, b=b)
        assert isinstance(result, Image.Image)
        return result

    images = {
        "x": mean(x), "y": mean(y), "xx": mean(product(x, x)), "yy": mean(product(y, y)),
        "xy": mean(product(x, y)),
    }  # fmt: skip
    c, d = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    index = ImageMath.lambda_eval(
        lambda m: (
            (2 * m["x"] * m["y"] + c)
            * (2 * (m["xy"] - m["x"] * m["y"]) + d)
            / (
                (m["x"] * m["x"] + m["y"] * m["y"] + c)
                * (m["xx"] - m["x"] * m["x"] + m["yy"] - m["y"] * m["y"] + d)
            )
        ),
        **images,
    )
    pixels = index.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    return float(str(pixels))


if __name__ == "__main__":
    main()

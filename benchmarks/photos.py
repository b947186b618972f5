"""How fast photographs are developed here, beside other programs on the same files.

Enters: a number of photographs of 12 megapixels to make, or a folder of them. Leaves: results, and
how close the pictures are to a Lanczos reference at equal bytes. Programs that are not installed
are left out.
"""

import io
import multiprocessing
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from PIL import Image, ImageMath, ImageOps

from benchmarks.measuring import Usage, peak_memory, processor_time
from benchmarks.results import Result, beside, result
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


def photographs(folder: Path, number: int, jobs: int, rounds: int) -> Iterator[Result]:
    """Every program on the same files, so many processes each, the best of several rounds."""
    files = make_photographs(folder, number, jobs)
    out = folder / "out"
    ours = None
    for name, work in _programs(files, folder, jobs):
        measured = _best(name, work, files, out, rounds)
        ours = ours or measured
        yield measured if measured is ours else beside(ours, measured, "pictures")
    shutil.rmtree(out)


def make_photographs(folder: Path, number: int, jobs: int) -> list[Path]:
    """Files of 12 megapixels below a folder; what lies there already is taken as it is."""
    originals = folder / "originals"
    if originals.is_dir():
        return sorted(originals.iterdir())
    originals.mkdir()
    with ProcessPoolExecutor(jobs) as pool:
        return list(pool.map(_photograph, [originals] * number, range(number)))


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


def _programs(files: list[Path], folder: Path, jobs: int) -> Iterator[tuple[str, Work]]:
    """Each program's name, and what makes it develop files into a folder."""
    bare = Recipe(preview=None)
    yield "chronicle, three sizes", lambda files, out: _ours(files, out, jobs, bare)
    yield "chronicle, and a link preview", lambda files, out: _ours(files, out, jobs, Recipe())
    yield "plain Pillow, three sizes chained", lambda files, out: _plain(files, out, jobs)
    if shutil.which("vipsthumbnail"):
        yield "vipsthumbnail, three times", lambda files, out: _vips(files, out, jobs)
    sigal = shutil.which("sigal", path=str(Path(sys.executable).parent)) or shutil.which("sigal")
    if sigal:
        settings = folder / "sigal.conf.py"
        source = str(files[0].parent)
        settings.write_text(SIGAL.format(source=source, quality=QUALITY, method=METHOD), "utf-8")
        command = [sigal, "build", "-q", "-n", str(jobs), "-c", str(settings)]
        yield (
            "sigal, picture and thumbnail",
            lambda files, out: _run([*command, str(_linked(files, out)), str(out)]),
        )


def _linked(files: list[Path], out: Path) -> Path:
    """A folder of just these files, as sigal takes a folder."""
    source = out.with_name("sigal-source")
    shutil.rmtree(source, ignore_errors=True)
    source.mkdir()
    for path in files:
        (source / path.name).symlink_to(path)
    return source


def _best(name: str, work: Work, files: list[Path], out: Path, rounds: int) -> Result:
    """The fastest of several rounds, each in an empty folder, after one on a single file."""
    usages = []
    shutil.rmtree(out, ignore_errors=True)
    work(files[:1], out)
    for _ in range(rounds):
        shutil.rmtree(out, ignore_errors=True)
        began, used = time.perf_counter(), _all_processor_time()
        with peak_memory() as peak:
            work(files, out)
        usages.append(Usage(time.perf_counter() - began, _all_processor_time() - used, peak[0]))
    seconds, busy = (min(one[place] for one in usages) for place in (0, 1))
    made = [path for path in out.rglob("*") if path.suffix in {".webp", ".jpg"}]
    return result(
        name,
        len(files),
        Usage(seconds, busy, max(one.memory for one in usages)),
        pictures=_of_largest_size(made),
        rate=len(files) / seconds,
        each=1000 * busy / len(files),
        weight=sum(path.stat().st_size for path in made) / len(files) / 1000,
    )


def _of_largest_size(made: list[Path]) -> int:
    number = 0
    for path in made:
        with Image.open(path) as image:
            number += max(image.size) == EDGES[0]
    return number


def _all_processor_time() -> float:
    return processor_time() + time.process_time()


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


def quality(files: Sequence[Path]) -> str:
    """SSIM of the largest size against an uncompressed Lanczos reduction, at equal bytes."""
    rows = ["| 1600 px against Lanczos, SSIM | ours | Lanczos at equal bytes |", "|---|---|---|"]
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
        rows.append(f"| {path.name} | {ours:.4f} | {theirs:.4f} |")
    return "\n".join(rows)


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

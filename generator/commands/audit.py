"""`chronicle audit SITE`: looks for dead links, outside addresses, and what is withheld."""

from pathlib import Path

import click

from generator.commands.common import CannotRun, find_root, say, settings_for, show_problems
from generator.settings import Audience


@click.command()
@click.argument("site", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh")
@click.option("--audience", type=click.Choice(["internal", "public"]), default=None)
@click.option(
    "--root",
    type=click.Path(file_okay=False, path_type=Path),
    help="档案所在的文件夹：有了它才知道什么不该出现 The archive, to know what is withheld",
)
def audit(site: Path, lang: str, audience: Audience | None, root: Path | None) -> None:
    """审核一个生成好的网站。Audit a finished site."""
    from generator.archive.load import load
    from generator.pipeline import withheld_from
    from generator.problems.problem import in_order
    from generator.publish.audit import audit as audit_site
    from generator.publish.leaks import Leaks

    folder = _root_of(site, root)
    if folder is None:
        say("没有档案可比，只查链接和网页。 No archive here: only links and pages are looked at.")
        problems = audit_site(site)
    else:
        settings = settings_for(folder, audience=audience)
        archive = load(settings.root, settings.records).archive
        if archive is None:
            raise CannotRun(f"读不懂档案 the archive cannot be read: {folder}")
        problems = audit_site(site, Leaks(withheld_from(settings, archive)))
    raise SystemExit(show_problems(in_order(problems), "en" if lang == "en" else "zh"))


def _root_of(site: Path, given: Path | None) -> Path | None:
    """The archive given, or the one that the site or this folder lies in, if any."""
    if given is not None:
        return find_root(given)
    for start in (site.resolve(), Path.cwd()):
        for folder in (start, *start.parents):
            try:
                return find_root(folder)
            except CannotRun:
                continue
    return None

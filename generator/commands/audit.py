"""`chronicle audit SITE`: looks for dead links and for anything loaded from outside."""

from pathlib import Path

import click

from generator.commands.common import show_problems


@click.command()
@click.argument("site", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh")
def audit(site: Path, lang: str) -> None:
    """审核一个生成好的网站。Audit a finished site."""
    from generator.problems.problem import in_order
    from generator.publish.audit import audit as audit_site

    problems = in_order(audit_site(site))
    raise SystemExit(show_problems(problems, "en" if lang == "en" else "zh"))

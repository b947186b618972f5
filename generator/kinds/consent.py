"""What a person agreed to: whether they may be named or shown, to whom, and until when.

Enter: the fields of one consent. Leave: a frozen part, and whether it covers an audience on a day.
"""

import datetime
from typing import Literal

from generator.kinds.fields import Date, Line, Part, described

ConsentStatus = Literal["granted", "verbal", "not_needed", "refused", "withdrawn"]
ConsentAudience = Literal["public", "internal"]


class Consent(Part):
    """What somebody agreed to. Never published: neither its terms nor its note."""

    status: ConsentStatus = described(
        "granted 书面、verbal 口头、not_needed 不需要、refused 拒绝、withdrawn 撤回",
        "granted, verbal, not_needed, refused or withdrawn",
    )
    audience: ConsentAudience = described("同意给谁看", "Who may read it", "internal")
    date: Date | None = described("同意的日期", "When it was given", None)
    expires: Date | None = described("到期（这一天还算）", "The last day on which it holds", None)
    note: Line | None = described("说明（不发布）", "Note (never published)", None)

    @property
    def given(self) -> bool:
        """Whether anything was agreed to at all."""
        return self.status in ("granted", "verbal", "not_needed")

    def lapsed(self, today: datetime.date | None) -> bool:
        """Whether it has ended; where nobody knows the day, whatever ends has ended."""
        if self.expires is None:
            return False
        return today is None or today > self.expires.latest

    def covers(self, audience: ConsentAudience, today: datetime.date | None) -> bool:
        """Whether it allows showing something to `audience` on that day."""
        wide_enough = self.audience == "public" or audience == "internal"
        return self.given and wide_enough and not self.lapsed(today)

"""The list of charts: a new question is a file beside this one and a line here.

Enter: an archive and a language. Leave: charts in the order of the page; a question that the
records cannot answer yet is left out. Pure, but for a memory of what was drawn before.
"""

from generator.archive.archive import Archive
from generator.charts.chart import Chart
from generator.charts.drawing import Draw, draw
from generator.charts.fullness import fullness
from generator.charts.gifts import gifts
from generator.charts.tasks import tasks
from generator.charts.words import words_of
from generator.problems.problem import Language

QUESTIONS = (fullness, tasks, gifts)


def charts(archive: Archive, language: Language, draw: Draw = draw) -> tuple[Chart, ...]:
    """Every chart that the records suffice for; none for an archive without records.

    `draw` may be something that remembers its drawings by `drawing.drawing_key`.
    """
    words = words_of(language)
    asked = (question(archive, words, draw) for question in QUESTIONS)
    return tuple(one for one in asked if one is not None)

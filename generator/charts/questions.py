"""The list of charts: a new question is a file beside this one and a line here.

Enter: the figures of an archive and a language. Leave: charts in the order of the page; a question
that the records cannot answer yet is left out. Pure, but for a memory of what was drawn before.
"""

from generator.archive.statistics import Statistics
from generator.charts.attendance import attendance
from generator.charts.chart import Chart, Draw
from generator.charts.drawing import draw
from generator.charts.filled import filled
from generator.charts.fullness import fullness
from generator.charts.gifts import gifts
from generator.charts.growth import growth
from generator.charts.items import items
from generator.charts.tasks import tasks
from generator.charts.words import words_of
from generator.charts.work import work
from generator.problems.problem import Language

QUESTIONS = (fullness, filled, tasks, work, attendance, gifts, items, growth)


def charts(figures: Statistics, language: Language, draw: Draw = draw) -> tuple[Chart, ...]:
    """Every chart that the records suffice for; none for an archive without records.

    `draw` may be something that remembers its drawings by `drawing.drawing_key`.
    """
    words = words_of(language)
    asked = (question(figures, words, draw) for question in QUESTIONS)
    return tuple(one for one in asked if one is not None)

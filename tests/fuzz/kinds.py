"""Every kind of file that the program reads and somebody, or a bad disk, can spoil."""

from tests.fuzz import figures, journals, logs, models, scenarios, sounds, word_models
from tests.fuzz.homes import PROMPTS_KIND, SETTINGS_KIND

KINDS = (SETTINGS_KIND, PROMPTS_KIND, scenarios.KIND, journals.KIND, logs.KIND, figures.KIND, sounds.KIND, models.KIND, word_models.KIND)

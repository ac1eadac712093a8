"""How right a model is, by source and by view, on writers it has never seen."""

from core.training.evaluation.calibration import calibration_error
from core.training.evaluation.intervals import by_writers, wilson
from core.training.evaluation.measuring import Measurement, evaluate
from core.training.evaluation.rows import Row, rows_of

__all__ = [
    "Measurement",
    "Row",
    "by_writers",
    "calibration_error",
    "evaluate",
    "rows_of",
    "wilson",
]

"""The kinds of numpy array the float searches use, for type checkers alone.

Import this under ``TYPE_CHECKING``: numpy.typing costs a search of ten strategies to import.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Masks = NDArray[np.uint64]
"""Sets of labels, a bit each."""
Labels = NDArray[np.int64]
Places = NDArray[np.intp]
Small = NDArray[np.int8]
Flags = NDArray[np.bool_]

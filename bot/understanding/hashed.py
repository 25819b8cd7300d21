"""A yes-or-no model whose weights stand by a hash of their feature: one byte each, no words kept."""

import math
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

#: Weights are whole numbers from minus this to this, times the model's step.
_GREATEST = 127


def place_of(feature: str, places: int) -> int:
    """Where a feature's weight stands; now and then two share one."""
    return crc32(feature.encode()) % places


@dataclass(frozen=True)
class HashedModel:
    """The sum of the weights of what is seen says how likely the answer is yes."""

    amounts: bytes
    step: float
    start: float

    def chance(self, features: Mapping[str, float]) -> float:
        """How likely yes is, from 0 to 1."""
        places = len(self.amounts)
        said = 0.0
        for feature, strength in features.items():
            amount = self.amounts[place_of(feature, places)]
            said += strength * (amount - 256 if amount > _GREATEST else amount)
        return 1 / (1 + math.exp(-(said * self.step + self.start)))


def packed(weights: Sequence[float], start: float) -> dict[str, str | float]:
    """These weights as ``unpacked`` reads them back."""
    step = max(abs(each) for each in weights) / _GREATEST
    amounts = bytes(round(each / step) % 256 for each in weights)
    return {"amounts": b64encode(amounts).decode(), "step": step, "start": start}


def unpacked(stored: Mapping[str, str | float]) -> HashedModel:
    """The model out of what training gave."""
    return HashedModel(
        b64decode(str(stored["amounts"])), float(stored["step"]), float(stored["start"])
    )

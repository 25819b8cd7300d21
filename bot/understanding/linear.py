"""A linear model as plain numbers: what each feature adds for each label."""

import math
import sys
from array import array
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

#: Labels of messages that are about some toolkit, and about none.
ABOUT, NO_TOPIC = "some", "none"


class PackedWeights(Mapping[str, Sequence[tuple[int, float]]]):
    """Weights by feature in a few bytes each: as tuples they would take sixty megabytes.

    Stored as text: the features a line each, and in base64 how many weights each has, to which
    label each belongs, and the weights themselves (32-bit floats, little end first).
    """

    def __init__(self, stored: Mapping[str, str]) -> None:
        counts = b64decode(stored["counts"])
        self._labels = b64decode(stored["places"])
        self._amounts = array("f", b64decode(stored["amounts"]))
        if sys.byteorder == "big":
            self._amounts.byteswap()
        self._starts: dict[str, int] = {}
        self._ends = array("I")
        start = 0
        for feature, count in zip(stored["features"].split("\n"), counts, strict=True):
            self._starts[feature] = len(self._ends)
            start += count
            self._ends.append(start)

    def __getitem__(self, feature: str) -> Sequence[tuple[int, float]]:
        """Pairs of a label's place and what the feature adds. Raises KeyError for an unknown one."""
        at = self._starts[feature]
        start, end = self._ends[at - 1] if at else 0, self._ends[at]
        return tuple(zip(self._labels[start:end], self._amounts[start:end], strict=True))

    def __iter__(self) -> Iterator[str]:
        """Every feature that has weights."""
        return iter(self._starts)

    def __len__(self) -> int:
        """How many features have weights."""
        return len(self._starts)


def packed(weights: Mapping[str, Sequence[tuple[int, float]]]) -> dict[str, str]:
    """These weights as ``PackedWeights`` reads them back."""
    pairs = [pair for feature in weights for pair in weights[feature]]
    amounts = array("f", (amount for _, amount in pairs))
    if sys.byteorder == "big":
        amounts.byteswap()
    return {
        "features": "\n".join(weights),
        "counts": b64encode(bytes(len(weights[each]) for each in weights)).decode(),
        "places": b64encode(bytes(place for place, _ in pairs)).decode(),
        "amounts": b64encode(amounts.tobytes()).decode(),
    }


@dataclass(frozen=True)
class LinearModel:
    """For each label the sum of its features' weights; the greatest wins."""

    labels: tuple[str, ...]
    #: Feature to pairs of a label's place and what it adds.
    weights: Mapping[str, Sequence[tuple[int, float]]]

    def chances(self, features: Mapping[str, float]) -> dict[str, float]:
        """How likely each label is, likeliest first; together one."""
        sums = [0.0] * len(self.labels)
        for feature, strength in features.items():
            for place, weight in self.weights.get(feature, ()):
                sums[place] += strength * weight
        top = max(sums)
        raised = [math.exp(each - top) for each in sums]
        total = sum(raised)
        ranked = sorted(zip(self.labels, raised, strict=True), key=lambda each: -each[1])
        return {label: each / total for label, each in ranked}

    def reasons(self, features: Mapping[str, float], label: str, most: int = 5) -> list[str]:
        """The features that spoke for a label, strongest first, each with what it added."""
        place = self.labels.index(label)
        added = {
            feature: strength * weight
            for feature, strength in features.items()
            for at, weight in self.weights.get(feature, ())
            if at == place and not feature.startswith("…")
        }
        strongest = sorted(added.items(), key=lambda each: (-each[1], each[0]))[:most]
        return [f"{feature} ({amount:+.2f})" for feature, amount in strongest if amount > 0]

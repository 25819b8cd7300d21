"""A linear model as plain numbers: what each feature adds for each label."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

#: Labels of messages that are about some toolkit, and about none.
ABOUT, NO_TOPIC = "some", "none"


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

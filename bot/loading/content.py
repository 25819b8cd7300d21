"""The offer as data: the one that ships, or a trust's own from ``SENDHUB_CONTENT_DIR``."""

import tomllib
from importlib.resources import files
from pathlib import Path

from hub.errors import SettingsWrong
from hub.offer import Offer, offer_from


def load_offer(content_dir: Path | None) -> Offer:
    """Read the training offer. Raises SettingsWrong that names the file and what is wrong."""
    own = content_dir / "offer.toml" if content_dir else None
    source = own if own and own.exists() else files("hub").joinpath("offer.toml")
    try:
        return offer_from(tomllib.loads(source.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, KeyError, ValueError) as error:
        raise SettingsWrong(f"{source}: {error}") from error

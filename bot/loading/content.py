"""The offer and the services as data: those that ship, or a trust's own from ``SENDHUB_CONTENT_DIR``."""

import tomllib
from importlib.resources import files
from pathlib import Path

from hub.errors import SettingsWrong
from hub.offer import Offer, offer_from
from hub.services import Services, services_from


def load_offer(content_dir: Path | None) -> Offer:
    """Read the training offer. Raises SettingsWrong that names the file and what is wrong."""
    own = content_dir / "offer.toml" if content_dir else None
    source = own if own and own.exists() else files("hub").joinpath("offer.toml")
    try:
        return offer_from(tomllib.loads(source.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, KeyError, ValueError) as error:
        raise SettingsWrong(f"{source}: {error}") from error


def load_services(content_dir: Path | None) -> Services:
    """Read what can be asked for. Raises SettingsWrong that names the file and what is wrong."""
    own = content_dir / "services.toml" if content_dir else None
    source = own if own and own.exists() else files("hub").joinpath("services.toml")
    try:
        return services_from(tomllib.loads(source.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, ValueError) as error:
        raise SettingsWrong(f"{source}: {error}") from error

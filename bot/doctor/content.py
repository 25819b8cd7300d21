"""Whether the training offer can be read."""

import tomllib
from pathlib import Path

from bot.doctor.findings import Finding, ok, problem
from hub.offer import offer_from

ABOUT = "offer"
OWN_OFFER = Path(__file__).parents[2] / "hub" / "offer.toml"


def look_at_offer(content_dir: Path | None) -> list[Finding]:
    """Read the trust's own offer, or the one that comes with the bot."""
    if content_dir is not None and not content_dir.is_dir():
        fix = "create the folder, or unset SENDHUB_CONTENT_DIR to use the offer that comes along"
        return [problem(ABOUT, f"SENDHUB_CONTENT_DIR is no folder: {content_dir}", fix)]
    path = OWN_OFFER
    if content_dir is not None and (content_dir / "offer.toml").exists():
        path = content_dir / "offer.toml"
    try:
        offer = offer_from(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return [problem(ABOUT, f"{path} cannot be read: {error}", "put the file right")]
    except (KeyError, TypeError, ValueError) as error:
        return [problem(ABOUT, f"{path}: {error}", "compare with hub/offer.toml")]
    return [ok(ABOUT, f"{len(offer.tiers)} tiers of {offer.year}, from {path}")]

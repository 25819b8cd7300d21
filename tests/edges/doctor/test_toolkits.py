"""The doctor on toolkits: which pages cannot be read, fall short or are old."""

from datetime import timedelta
from importlib.resources import files

from bot.doctor.examination import consult
from tests.edges.doctor.hearing import NOW, about, told


async def test_a_trusts_own_toolkit_that_cannot_be_read_is_named_by_line(in_production, tmp_path):
    own = tmp_path / "toolkits"
    own.mkdir()
    page = files("hub.toolkits").joinpath("sensory.md").read_text(encoding="utf-8")
    (own / "broken.md").write_text("+++\nslug = 3\n+++\n", encoding="utf-8")
    blunt = page.replace("Upset that", "Naughty upset that").replace('"sensory"', '"calm"', 1)
    (own / "blunt.md").write_text(blunt, encoding="utf-8")
    astray = page.replace('"cpd-module"', '"tier 9"').replace('"sensory"', '"still"', 1)
    (own / "astray.md").write_text(astray, encoding="utf-8")

    lines, code = await told(in_production(content_dir=tmp_path))

    assert code == 1
    (problem,) = about(lines, "problem")
    assert "toolkits: toolkits/broken.md, line 2: slug is to be a text in quotes" in problem
    assert any("toolkits/blunt.md" in line and "“Naughty”" in line for line in lines)
    assert any("toolkits/astray.md" in line and "“tier 9” is neither" in line for line in lines)
    assert any("20 toolkits and 5 templates can be read" in line for line in about(lines, "ok"))


async def test_toolkits_that_nobody_has_reviewed_for_long_are_pointed_out(in_production):
    text, code = await consult(in_production(), "1.4.0", NOW + timedelta(days=3 * 365), ())

    assert code == 0
    assert "sensory.md, line 1: last reviewed on" in text
    assert "ta-deployment-audit.md, line 1: last reviewed on" in text

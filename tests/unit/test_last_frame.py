"""A kept frame is named by all that it was drawn for."""

from pathlib import Path

import pytest

from tui import last_frame


def named(monkeypatch: pytest.MonkeyPatch, settings: Path) -> str:
    monkeypatch.setattr(last_frame, "begun_as", "")
    return last_frame.named_for(80, 24, str(settings))


def test_endpoint_login_colours_and_settings_are_in_the_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings = tmp_path / "config.toml"
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    for name in last_frame.TOLD:
        monkeypatch.delenv(name, raising=False)
    names = [named(monkeypatch, settings)]
    for name, value in (
        ("HF_ENDPOINT", "https://mirror.example"),
        ("HF_TOKEN", "hf_secret"),
        ("NO_COLOR", "1"),
        ("TERM", "linux"),
        ("COLORTERM", "truecolor"),
    ):
        monkeypatch.setenv(name, value)
        names.append(named(monkeypatch, settings))
    (tmp_path / "token").write_text("hf_other")
    names.append(named(monkeypatch, settings))
    settings.write_text('theme = "light"\n')
    names.append(named(monkeypatch, settings))
    assert len(set(names)) == len(names)
    assert not any("hf_" in name or "mirror" in name for name in names)
    assert named(monkeypatch, settings) == names[-1]

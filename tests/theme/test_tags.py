"""Tags and parts of the look."""

import pytest
from django.template import Context, Template

from tests.theme.addresses import Sample


def shown(source: str, **values: object) -> str:
    return Template("{% load theme %}" + source).render(Context(values))


def test_an_icon_is_decoration_from_our_own_file() -> None:
    html = shown('{% icon "heart" %}')
    assert 'aria-hidden="true"' in html
    assert "theme/icons.svg#heart" in html


def test_every_icon_named_in_the_samples_exists() -> None:
    from pathlib import Path

    import theme
    from theme.samples import ICONS

    drawn = (Path(theme.__file__).parent / "static/theme/icons.svg").read_text(encoding="utf-8")
    assert not [name for name in ICONS if f'id="{name}"' not in drawn]


def test_a_chip_says_that_it_is_a_status_and_never_takes_a_free_colour() -> None:
    html = shown('{% chip look "Neu" "plus" %}', look='evil" onclick="x')
    assert "mw-chip--grey" in html
    assert "Stand:" in html
    assert "onclick" not in html


def test_numbers_are_grouped_the_german_way() -> None:
    assert shown("{{ n|number }}", n=1284) == "1.284"
    assert shown("{{ n|number }}", n=None) == ""


def test_a_field_is_wired_for_screen_readers() -> None:
    form = Sample({"title": ""})
    html = shown("{% field form.title counter=90 %}", form=form)
    assert 'aria-describedby="id_title_error id_title_hint id_title_counter"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_title_error"' in html
    assert "Dieses Feld" in html
    assert "von 90 Zeichen" in html


def test_what_is_optional_says_so() -> None:
    form = Sample()
    assert "(freiwillig)" in shown("{% field form.text %}", form=form)
    assert "(freiwillig)" not in shown("{% field form.title %}", form=form)


def test_groups_have_a_legend_and_keep_what_was_chosen() -> None:
    form = Sample({"stance": "no", "tags": ["b"]})
    html = shown("{% field form.stance %}{% field form.tags %}", form=form)
    assert html.count("<legend") == 2
    assert 'type="radio" id="id_stance_1" name="stance" value="no" checked' in html
    assert 'type="checkbox" id="id_tags_1" name="tags" value="b" checked' in html


def test_typed_text_is_escaped_in_fields() -> None:
    html = shown("{% field form.title %}", form=Sample({"title": '"><script>'}))
    assert "<script>" not in html


def test_the_summary_links_to_the_fields() -> None:
    html = shown("{% error_summary form %}", form=Sample({"title": "da"}))
    assert 'id="fehler"' in html
    assert 'href="#id_rules"' in html
    assert "Bitte prüfen Sie 2 Angaben" in html
    assert shown("{% error_summary form %}", form=Sample()).strip() == ""


@pytest.mark.parametrize("state", ["past", "now", "next"])
def test_the_river_says_where_we_are(state: str) -> None:
    steps = [
        {"title": "Sammeln", "when": "bis Mai", "state": state, "progress": 30},
        {"title": "Ende", "when": "", "state": "next"},
    ]
    html = shown("{% phase_line steps %}", steps=steps)
    assert ('aria-current="step"' in html and "Sie sind hier" in html) is (state == "now")
    assert ("erledigt" in html) is (state == "past")


def test_the_small_river_counts_its_steps() -> None:
    steps = [{"title": "A", "when": "", "state": "past"}, {"title": "B", "when": "bis Juni", "state": "now"}]
    assert "Schritt 2 von 2: B" in shown("{% phase_mini steps %}", steps=steps)


def test_a_card_has_one_link_and_names_its_numbers() -> None:
    card = {"url": "/ideen/1/", "title": "Bank", "supports": 1, "comments": 2, "chip": None, "image": None}
    html = shown('{% include "theme/parts/card.html" %}', card=card)
    assert html.count("<a ") == 1
    assert "unterstützt" in html
    assert "Kommentare" in html

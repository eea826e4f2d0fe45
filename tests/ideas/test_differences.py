"""Two texts word by word: what is said is true for any two texts, and no two texts take long."""

import random
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ideas.queries.differences import Budget, Run, common, differences, shortened

# How long an example takes says more about the neighbours of this machine than about the code; time is measured below.
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
WORDS = "Wir wollen ein Segel am Ufer, damit die Kinder Schatten haben. Es kostet 400 Euro."
LIMIT = 20_000


def plain(runs: list[Run], without: str) -> str:
    return "".join("".join(run.text for run in runs if run.kind != without).split())


def changed(runs: list[Run]) -> list[tuple[str, str]]:
    return [(run.kind, run.text.strip()) for run in runs if run.kind != "same"]


def test_single_words_are_found() -> None:
    new = WORDS.replace("ein Segel", "zwei große Segel").replace("400", "900")
    assert changed(differences(WORDS, new)) == [
        ("gone", "ein"), ("new", "zwei große"), ("gone", "400"), ("new", "900"),
    ]  # fmt: skip


def test_one_changed_sign_is_found() -> None:
    assert changed(differences(WORDS, WORDS.replace("400 Euro", "400 Eura"))) == [("gone", "Euro"), ("new", "Eura")]
    assert changed(differences(WORDS, WORDS.replace(".", "!", 1))) == [("gone", "."), ("new", "!")]


def test_words_put_in_or_taken_out_at_the_ends() -> None:
    assert changed(differences(WORDS, f"Bitte: {WORDS}")) == [("new", "Bitte:")]
    assert changed(differences(WORDS, f"{WORDS} Danke.")) == [("new", "Danke.")]
    assert changed(differences("", WORDS)) == [("new", WORDS)]
    assert changed(differences(WORDS, "")) == [("gone", WORDS)]


def test_spaces_alone_are_no_difference() -> None:
    assert changed(differences(WORDS, WORDS.replace(" ", "\n\n"))) == []


def test_a_rewritten_sentence_reads_as_one_change() -> None:
    old, new = "Die Bank steht in der Sonne.", "Wo die Menschen warten, ist der Platz heute leer."
    assert [kind for kind, _text in changed(differences(old, new))] == ["gone", "new"]


@unhurried
@given(st.text(alphabet="ab .\n", max_size=80), st.text(alphabet="ab .\n", max_size=80))
def test_both_texts_can_be_read_out_of_it(old: str, new: str) -> None:
    runs = differences(old, new)
    assert plain(runs, "gone") == "".join(new.split())
    assert plain(runs, "new") == "".join(old.split())


@unhurried
@given(st.text(max_size=60), st.text(max_size=60), st.integers(0, 50))
def test_that_holds_for_every_sign_and_every_budget(old: str, new: str, pairs: int) -> None:
    runs = differences(old, new, Budget(pairs))
    assert plain(runs, "gone") == "".join(new.split())
    assert plain(runs, "new") == "".join(old.split())


def test_the_common_words_are_as_many_as_can_be() -> None:
    assert common(list("abcbdab"), list("bdcaba"))[-1:] != []
    assert len(common(list("abcbdab"), list("bdcaba"))) == 4


def many(signs: str, seed: int) -> str:
    return "".join(random.Random(seed).choices(signs, k=LIMIT))


HARD = {
    "one letter": ("a " * (LIMIT // 2), "b " * (LIMIT // 2)),
    "short sentences": ("a. " * (LIMIT // 3), "a. b. " * (LIMIT // 6)),
    "turned round": ("a b " * (LIMIT // 4), "b a " * (LIMIT // 4)),
    "noise": (many("ab ", 1), many("ab ", 2)),
    "noise with sentences": (many("abc .", 3), many("abc .", 4)),
    "one long word": ("x" * LIMIT, "y" * LIMIT),
    "empty lines": ("\n" * LIMIT, "\n." * (LIMIT // 2)),
    "signs": ("#-" * (LIMIT // 2), "-#" * (LIMIT // 2)),
    "all the budget takes": (" ".join(f"w{n}" for n in range(890)), " ".join(f"v{n}" for n in range(890))),
    "another order": (" ".join(f"w{n}" for n in range(3500)), " ".join(f"w{n * 17 % 3500}" for n in range(3500))),
}


@pytest.mark.parametrize("name", list(HARD))
def test_twenty_thousand_signs_take_less_than_a_second_of_computing(name: str) -> None:
    old, new = HARD[name]
    began = time.process_time()
    runs = differences(old, new)
    assert time.process_time() - began < 1
    assert plain(runs, "gone") == "".join(new.split())


def test_a_page_of_hard_versions_shares_one_budget() -> None:
    budget, (old, new) = Budget(), HARD["all the budget takes"]
    began = time.process_time()
    for _version in range(10):
        differences(old, new, budget)
    assert time.process_time() - began < 2
    assert budget.pairs >= 0


def test_what_stayed_is_left_out_in_the_middle() -> None:
    old = "Anfang. " + "Bleibt gleich und lang. " * 60 + "Ende gut."
    runs = shortened(differences(old, old.replace("Anfang", "Beginn").replace("Ende", "Schluss")))
    assert [run.kind for run in runs] == ["gone", "new", "same", "skip", "same", "gone", "new", "same"]
    assert sum(len(run.text) for run in runs) < 400

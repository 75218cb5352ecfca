"""Which signs make a newer turn take the best one's place."""

from dataclasses import replace

from graphmem.retrieve.turns.noted import SIGNS
from graphmem.retrieve.turns.replaced import (
    FEATURES,
    NOTED,
    TOLD,
    Told,
    chance,
    signs_of,
    tells_of_change,
)

OLD = Told(0.8, frozenset({1, 2, 7}), {"$": frozenset({"300"})}, changes=False, length=80)
NEW = Told(0.6, frozenset({1, 9}), {"$": frozenset({"450"})}, changes=True, length=80)
WEIGHTS = {1: 2.0, 2: 1.0}


def found(newer: Told, place: int = 1) -> dict[str, float]:
    return signs_of(WEIGHTS, {}, OLD, newer, (0, place))


def test_features_say_what_of_the_question_each_holds_and_what_is_new() -> None:
    read = found(NEW)
    assert (read["held"], read["best_held"], read["rarest_missing"]) == (0.6, 0.8, 0.5)
    assert read["held_at_all"] == 2 / 3
    assert read["same_unit"] == read["new_value"] == read["change_to_value"] == 1


def test_the_same_value_again_is_not_new() -> None:
    assert found(replace(NEW, values=OLD.values))["new_value"] == 0


def test_a_changed_value_is_likelier_to_replace_than_talk_and_a_near_hit_than_a_far_one() -> None:
    def odds(newer: Told, place: int = 1) -> float:
        return chance(TOLD, found(newer, place))

    assert odds(NEW) > odds(replace(NEW, values={}, changes=False))
    assert odds(NEW, 1) > odds(NEW, 8)


def test_talk_of_the_same_thing_changes_nothing_without_a_sign_of_it() -> None:
    talk = replace(NEW, held=0.6, values={}, changes=False)
    assert not tells_of_change(found(talk))
    for sign in (NEW, replace(talk, changes=True), replace(talk, held=0.7)):
        assert tells_of_change(found(sign))


def test_what_follows_the_question_more_closely_than_its_rivals_is_likelier_to_replace_a_note() -> (
    None
):
    assert set(NOTED) == {*FEATURES, *SIGNS, "intercept"}

    def odds(**worded: float) -> float:
        return chance(NOTED, {**found(NEW), **dict.fromkeys(SIGNS, 0.0), **worded})

    assert odds(in_order=0.8, in_order_lead=0.3) > odds(in_order=0.8, in_order_lead=-0.3)
    assert odds(like_best=0.4, like_best_lead=0.2) > odds(like_best=0.4, like_best_lead=-0.2)

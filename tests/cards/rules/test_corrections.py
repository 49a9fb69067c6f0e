from __future__ import annotations

import pytest

from talentsvc.cards.rules.corrections import (
    NoticeItem,
    check_further_notice,
    normalise_items,
    repeated_items,
    unanswered,
)
from talentsvc.cards.terms import CorrectionItemKind
from talentsvc.core.errors import InvalidInput

PAPER = CorrectionItemKind.EVIDENCE
ANSWER = CorrectionItemKind.ANSWER
CONTRACT = NoticeItem(PAPER, "labour_contract", "请补交第 3 页。")
PHOTO = NoticeItem(PAPER, "portrait", "照片模糊，请重新拍摄。")
EMPLOYMENT = NoticeItem(ANSWER, "employment", "入职日期与合同不符。")
FIRST = (CONTRACT, PHOTO, EMPLOYMENT)


def code_of(call) -> str:
    with pytest.raises(InvalidInput) as refusal:
        call()
    assert refusal.value.field == "items"
    return refusal.value.code


def test_items_are_evened_out_and_keep_their_order():
    raw = [
        NoticeItem(PAPER, " portrait ", "  照片模糊，\t 请重新拍摄。 \r\n\n"),
        NoticeItem(ANSWER, "employment", "入职日期\n与合同不符。"),
    ]
    assert normalise_items(raw) == (
        NoticeItem(PAPER, "portrait", "照片模糊， 请重新拍摄。"),
        NoticeItem(ANSWER, "employment", "入职日期\n与合同不符。"),
    )


def test_an_item_named_twice_becomes_one_that_tells_everything():
    stamp = NoticeItem(PAPER, "labour_contract", "缺少公章。")
    (item,) = normalise_items([CONTRACT, stamp, CONTRACT])
    assert item.explanation == "请补交第 3 页。\n缺少公章。"


def test_the_same_code_as_a_paper_and_as_an_answer_is_two_items():
    both = [NoticeItem(PAPER, "employment", "缺页。"), EMPLOYMENT]
    assert normalise_items(both) == tuple(both)


def test_normalising_twice_changes_nothing():
    once = normalise_items([CONTRACT, NoticeItem(PAPER, "labour_contract", " 缺少\n\n公章。 ")])
    assert normalise_items(once) == once


def test_a_notice_without_items_without_code_or_without_words_is_refused():
    assert code_of(lambda: normalise_items([])) == "no_items"
    assert code_of(lambda: normalise_items([NoticeItem(PAPER, " ", "缺页。")])) == "code_missing"
    empty = [NoticeItem(PAPER, "portrait", " \n　")]
    assert code_of(lambda: normalise_items(empty)) == "explanation_missing"


def test_a_further_notice_repeats_what_is_unmet_in_its_own_words():
    assert repeated_items(FIRST, {EMPLOYMENT.key, CONTRACT.key}) == (CONTRACT, EMPLOYMENT)


def test_a_further_notice_never_adds():
    assert (
        code_of(lambda: repeated_items(FIRST, {CONTRACT.key, (PAPER, "diploma")})) == "items_added"
    )
    added = (CONTRACT, NoticeItem(PAPER, "diploma", "请补交。"))
    assert code_of(lambda: check_further_notice(FIRST, added)) == "items_added"
    other_kind = (NoticeItem(ANSWER, "portrait", PHOTO.explanation),)
    assert code_of(lambda: check_further_notice(FIRST, other_kind)) == "items_added"


def test_a_further_notice_does_not_smuggle_a_demand_into_new_words():
    reworded = (NoticeItem(PAPER, "labour_contract", "请补交第 3 页和社保清单。"),)
    assert code_of(lambda: check_further_notice(FIRST, reworded)) == "items_reworded"


def test_a_third_notice_is_held_against_the_second_not_the_first():
    second = repeated_items(FIRST, {CONTRACT.key})
    check_further_notice(second, (CONTRACT,))
    assert code_of(lambda: check_further_notice(second, (PHOTO,))) == "items_added"


def test_nothing_unmet_is_no_notice_but_an_acceptance():
    assert code_of(lambda: repeated_items(FIRST, set())) == "no_items"
    assert code_of(lambda: check_further_notice(FIRST, ())) == "no_items"


def test_the_first_notice_may_name_anything_and_a_repetition_any_part():
    check_further_notice((), FIRST)
    check_further_notice(FIRST, FIRST)
    check_further_notice(FIRST, (EMPLOYMENT, PHOTO))


def test_a_correction_is_full_when_every_item_is_answered():
    assert unanswered(FIRST, {PHOTO.key}) == (CONTRACT, EMPLOYMENT)
    assert unanswered(FIRST, {item.key for item in FIRST}) == ()

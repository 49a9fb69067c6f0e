import hashlib
import hmac
import json
import stat
from base64 import b64decode, b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talentsvc.core.crypto import CannotDecrypt, KeyRing, WrongKey, commit_value, verify_seal

RING = KeyRing.generate()
CONTEXT = "person.document_number:0192"
SALT = b"s" * 16


@given(st.binary(max_size=200), st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_what_is_sealed_opens_in_its_place(plaintext, context):
    assert RING.open(RING.seal(plaintext, context), context) == plaintext


def test_a_value_moved_to_another_row_does_not_open():
    sealed = RING.seal(b"secret", "person.phone:1")
    for elsewhere in ("person.phone:2", "person.number:1", "x"):
        with pytest.raises(CannotDecrypt):
            RING.open(sealed, elsewhere)


def test_every_flipped_bit_and_every_cut_is_found():
    sealed = RING.seal(b"secret", CONTEXT)
    for at in range(len(sealed) * 8):
        changed = bytearray(sealed)
        changed[at // 8] ^= 1 << at % 8
        with pytest.raises(CannotDecrypt):
            RING.open(bytes(changed), CONTEXT)
    for length in range(len(sealed)):
        with pytest.raises(CannotDecrypt):
            RING.open(sealed[:length], CONTEXT)


@given(st.binary(max_size=80))
def test_no_foreign_bytes_do_anything_else_than_not_open(noise):
    with pytest.raises(CannotDecrypt):
        RING.open(noise, CONTEXT)


def test_the_layout_of_sealed_bytes():
    sealed = RING.seal(b"12345", CONTEXT)
    key_id = RING.current_key_id.encode()
    assert sealed[0] == 1
    assert sealed[1] == len(key_id)
    assert sealed[2 : 2 + len(key_id)] == key_id
    assert len(sealed) == 2 + len(key_id) + 12 + 5 + 16
    assert RING.key_id_of(sealed) == RING.current_key_id
    assert b"12345" not in sealed


def test_the_same_value_never_looks_the_same():
    assert len({RING.seal(b"secret", CONTEXT) for _ in range(100)}) == 100


def test_a_value_needs_a_place():
    with pytest.raises(ValueError, match="context"):
        RING.seal(b"secret", "")


class TestRotation:
    def test_old_values_open_and_new_ones_use_the_new_key(self):
        ring = KeyRing.generate()
        first = ring.current_key_id
        old = ring.seal(b"old", CONTEXT)
        second = ring.rotate()
        new = ring.seal(b"new", CONTEXT)
        assert (ring.key_id_of(old), ring.key_id_of(new)) == (first, second)
        assert ring.open(old, CONTEXT) == b"old"
        assert (ring.needs_resealing(old), ring.needs_resealing(new)) == (True, False)

    def test_a_key_may_be_known_before_it_is_used(self):
        ring = KeyRing.generate()
        first, second = ring.current_key_id, ring.add_key()
        assert ring.key_ids == {first, second}
        assert ring.current_key_id == first
        assert ring.rotate(second) == ring.current_key_id == second

    def test_a_resealed_value_survives_the_old_key(self):
        ring = KeyRing.generate()
        first = ring.current_key_id
        old = ring.seal(b"value", CONTEXT)
        ring.rotate()
        renewed = ring.reseal(old, CONTEXT)
        ring.retire(first)
        assert ring.open(renewed, CONTEXT) == b"value"
        with pytest.raises(CannotDecrypt):
            ring.open(old, CONTEXT)

    def test_the_current_key_stays(self):
        ring = KeyRing.generate()
        with pytest.raises(ValueError, match="current"):
            ring.retire(ring.current_key_id)

    def test_an_unknown_key_cannot_be_chosen(self):
        with pytest.raises(KeyError):
            KeyRing.generate().rotate("nothere")

    def test_look_up_and_seal_stay_the_same(self):
        ring = KeyRing.generate()
        before = ring.blind_index("phone", "1"), ring.public_key, ring.proof()
        ring.rotate()
        assert (ring.blind_index("phone", "1"), ring.public_key) == before[:2]
        ring.confirm(before[2])


class TestKeyFile:
    def test_a_saved_ring_comes_back(self, tmp_path):
        path = tmp_path / "keys.json"
        ring = KeyRing.generate()
        ring.rotate()
        sealed = ring.seal(b"value", CONTEXT)
        ring.save(path)
        again = KeyRing.load(path)
        assert again.open(sealed, CONTEXT) == b"value"
        assert again.blind_index("p", "v") == ring.blind_index("p", "v")
        assert again.verify(b"message", ring.sign(b"message"))
        assert again.to_json() == path.read_text() == ring.to_json()

    def test_only_its_owner_reads_it_and_nothing_else_is_left(self, tmp_path):
        KeyRing.generate().save(tmp_path / "keys.json")
        assert [path.name for path in tmp_path.iterdir()] == ["keys.json"]
        assert stat.S_IMODE((tmp_path / "keys.json").stat().st_mode) == 0o600

    def test_an_existing_file_is_not_overwritten_by_mistake(self, tmp_path):
        path = tmp_path / "keys.json"
        first, second = KeyRing.generate(), KeyRing.generate()
        first.save(path)
        with pytest.raises(FileExistsError):
            second.save(path)
        assert path.read_text() == first.to_json()
        second.save(path, replace=True)
        assert path.read_text() == second.to_json()
        assert len(list(tmp_path.iterdir())) == 1

    def test_the_format(self):
        stored = json.loads(RING.to_json())
        assert set(stored) == {"current", "keys", "index", "seal", "check"}
        assert stored["current"] in stored["keys"]
        assert all(len(b64decode(key)) == 32 for key in stored["keys"].values())

    def test_a_missing_file_is_told_from_a_damaged_one(self, tmp_path):
        with pytest.raises(FileNotFoundError):
            KeyRing.load(tmp_path / "none.json")

    @pytest.mark.parametrize("part", ["key", "index", "seal", "check"])
    def test_one_changed_byte_of_any_secret_is_found(self, part):
        stored = json.loads(RING.to_json())
        place = stored["keys"] if part == "key" else stored
        name = RING.current_key_id if part == "key" else part
        secret = bytearray(b64decode(place[name]))
        secret[5] ^= 1
        place[name] = b64encode(secret).decode()
        with pytest.raises(WrongKey):
            KeyRing.from_json(json.dumps(stored))

    @pytest.mark.parametrize("part", ["current", "keys", "index", "seal", "check"])
    @pytest.mark.parametrize("value", [None, "", "%%%", 5, {}, [], {"ä": "AA=="}, "AAAA"])
    def test_a_nonsensical_part_is_refused(self, part, value):
        with pytest.raises(WrongKey):
            KeyRing.from_json(json.dumps(json.loads(RING.to_json()) | {part: value}))

    @pytest.mark.parametrize("text", ["", "null", "[]", "{}", "{", '"text"', "\ud800"])
    def test_another_text_is_refused(self, text):
        with pytest.raises(WrongKey):
            KeyRing.from_json(text)

    def test_a_swapped_in_current_key_is_found(self):
        ring = KeyRing.generate()
        other = ring.add_key()
        stored = json.loads(ring.to_json()) | {"current": other}
        with pytest.raises(WrongKey):
            KeyRing.from_json(json.dumps(stored))

    def test_no_secret_shows_in_a_repr_or_an_error(self):
        stored = json.loads(RING.to_json())
        secrets = [stored["index"], stored["seal"], *stored["keys"].values()]
        with pytest.raises(WrongKey) as refused:
            KeyRing.from_json(json.dumps(stored | {"check": "AAAA"}))
        shown = repr(RING) + str(refused.value)
        assert not any(secret in shown for secret in secrets)


class TestBelonging:
    def test_a_ring_knows_its_database_again(self):
        ring = KeyRing.generate()
        ring.confirm(ring.proof())
        KeyRing.from_json(ring.to_json()).confirm(ring.proof())

    def test_a_whole_ring_of_another_database_is_refused(self):
        with pytest.raises(WrongKey):
            KeyRing.generate().confirm(RING.proof())

    @pytest.mark.parametrize("part", ["index", "seal"])
    def test_a_mixed_ring_is_refused(self, part):
        ours, theirs = json.loads(RING.to_json()), json.loads(KeyRing.generate().to_json())
        mixed = KeyRing(
            current=ours["current"],
            keys={key_id: b64decode(key) for key_id, key in ours["keys"].items()},
            index_key=b64decode((theirs if part == "index" else ours)["index"]),
            seal_key=b64decode((theirs if part == "seal" else ours)["seal"]),
        )
        with pytest.raises(WrongKey):
            mixed.confirm(RING.proof())


class TestBlindIndex:
    def test_equal_values_meet_and_others_do_not(self):
        assert RING.blind_index("phone", "123") == RING.blind_index("phone", "123")
        assert len(RING.blind_index("phone", "123")) == 32
        assert RING.blind_index("phone", "123") != RING.blind_index("phone", "124")
        assert RING.blind_index("phone", "123") != RING.blind_index("email", "123")
        assert RING.blind_index("phone", "123") != KeyRing.generate().blind_index("phone", "123")

    def test_purpose_and_value_do_not_run_together(self):
        assert RING.blind_index("a", "bc") != RING.blind_index("ab", "c")

    @pytest.mark.parametrize("purpose", ["", "a\0b"])
    def test_a_purpose_is_clear(self, purpose):
        with pytest.raises(ValueError, match="purpose"):
            RING.blind_index(purpose, "value")


class TestCommitment:
    def test_it_is_an_hmac_that_needs_no_key_but_the_salt(self):
        expected = hmac.new(SALT, "张三".encode(), hashlib.sha256).digest()
        assert commit_value(SALT, "张三") == RING.commit_value(SALT, "张三") == expected

    def test_another_salt_or_value_gives_another_commitment(self):
        assert commit_value(SALT, "a") != commit_value(b"t" * 16, "a")
        assert commit_value(SALT, "a") != commit_value(SALT, "b")

    def test_a_short_salt_is_refused(self):
        with pytest.raises(ValueError, match="salt"):
            commit_value(b"short", "value")


class TestSeal:
    def test_only_the_same_message_under_the_same_key_verifies(self):
        signature = RING.sign(b"root")
        assert len(signature) == 64
        assert RING.verify(b"root", signature)
        assert not RING.verify(b"other", signature)
        assert not KeyRing.generate().verify(b"root", signature)

    def test_anyone_verifies_with_the_public_key(self):
        signature = RING.sign(b"root")
        assert len(RING.public_key) == 32
        assert verify_seal(RING.public_key, b"root", signature)
        assert not verify_seal(RING.public_key[:-1], b"root", signature)

    @given(st.binary(max_size=70))
    def test_noise_is_no_signature(self, noise):
        assert not RING.verify(b"root", noise)

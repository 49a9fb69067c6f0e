"""Encryption of personal values, blind look-up, commitments and the seal over the record.

One key file holds several AES-256 keys (the current one encrypts, all of them decrypt), one key
for blind indexes, which never changes because rows are found by it, and one Ed25519 key that
signs the record's roots. Sealed bytes are::

    version (1) | length of key id (1) | key id | nonce (12) | AES-256-GCM ciphertext and tag

The associated data is the caller's context, "table.column:row": a value copied to another row
does not open. Nonces are random, so a key serves at most 2**32 values (NIST SP 800-38D, 8.3).
"""

from __future__ import annotations

import hmac
import json
import os
import secrets
from base64 import b64decode, b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from talentsvc.core.canonical import canonical_json
from talentsvc.core.ids import short_code

_VERSION = 1
_KEY_BYTES = 32
_NONCE_BYTES = 12
_KEY_ID_BITS = 40
_LEAST_SALT_BYTES = 16
_PROOF_CONTEXT = "key_ring.proof:database"


class CannotDecrypt(Exception):
    """The bytes were not sealed by a key of this ring for this context, or were changed."""


class WrongKey(Exception):
    """The key file is damaged, or belongs to another database: refuse to start."""


def commit_value(salt: bytes, value: str) -> bytes:
    """Return a 32-byte commitment to `value` that says nothing once the salt is erased.

    The record keeps it in place of a personal value, so that erasing a person leaves the chain
    whole. Raises ValueError for a salt under 16 bytes.
    """
    if len(salt) < _LEAST_SALT_BYTES:
        raise ValueError("a commitment needs a salt of at least 16 bytes")
    return hmac.digest(salt, value.encode(), "sha256")


class KeyRing:
    """All keys of one installation. Secrets appear in no repr and in no error."""

    def __init__(
        self, *, current: str, keys: Mapping[str, bytes], index_key: bytes, seal_key: bytes
    ) -> None:
        """Take raw 32-byte keys; raise WrongKey when one has another size or none is current."""
        if any(len(key) != _KEY_BYTES for key in (*keys.values(), index_key, seal_key)):
            raise WrongKey("every key has 32 bytes")
        if current not in keys or not all(_is_key_id(key_id) for key_id in keys):
            raise WrongKey("the current key is missing, or a key id is malformed")
        self._current = current
        self._keys = dict(keys)
        self._ciphers = {key_id: AESGCM(key) for key_id, key in keys.items()}
        self._index_key = index_key
        self._seal = Ed25519PrivateKey.from_private_bytes(seal_key)

    def __repr__(self) -> str:
        return f"<KeyRing current={self._current} keys={len(self._keys)}>"

    # -- keeping -------------------------------------------------------------

    @classmethod
    def generate(cls) -> Self:
        """Return a ring of fresh random keys."""
        key_id = short_code(_KEY_ID_BITS)
        return cls(
            current=key_id,
            keys={key_id: secrets.token_bytes(_KEY_BYTES)},
            index_key=secrets.token_bytes(_KEY_BYTES),
            seal_key=secrets.token_bytes(_KEY_BYTES),
        )

    @classmethod
    def load(cls, path: Path | str) -> Self:
        """Read a key file. Raises WrongKey when damaged, FileNotFoundError when missing."""
        return cls.from_json(Path(path).read_text(encoding="utf-8"))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what `to_json` wrote. Raises WrongKey when any part of it was changed."""
        try:
            stored = json.loads(text)
            ring = cls(
                current=stored["current"],
                keys={key_id: _decoded(key) for key_id, key in stored["keys"].items()},
                index_key=_decoded(stored["index"]),
                seal_key=_decoded(stored["seal"]),
            )
            is_whole = hmac.compare_digest(_decoded(stored["check"]), ring._check())
        except (ValueError, TypeError, KeyError, AttributeError):
            raise WrongKey("the key file cannot be read") from None
        if not is_whole:
            raise WrongKey("the key file was changed since it was written")
        return ring

    def to_json(self) -> str:
        """Return the ring as the text of a key file, secrets in clear."""
        return json.dumps(self._secrets() | {"check": _encoded(self._check())}, indent=1) + "\n"

    def save(self, path: Path | str, *, replace: bool = False) -> None:
        """Write the key file, readable by its owner only, whole or not at all.

        Raises FileExistsError for an existing file unless `replace`: a lost key cannot be remade.
        """
        target = Path(path)
        draft = target.with_name(f".{target.name}.{short_code(_KEY_ID_BITS)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(self.to_json())
                file.flush()
                os.fsync(file.fileno())
            if replace:
                os.replace(draft, target)
            else:
                os.link(draft, target)
        finally:
            draft.unlink(missing_ok=True)

    # -- keys ----------------------------------------------------------------

    @property
    def current_key_id(self) -> str:
        """The id of the key that seals new values."""
        return self._current

    @property
    def key_ids(self) -> frozenset[str]:
        """The ids of all keys that open values."""
        return frozenset(self._keys)

    def add_key(self) -> str:
        """Add a random key that opens but does not seal yet, and return its id.

        Every process must know a key before any process seals with it.
        """
        key_id = short_code(_KEY_ID_BITS)
        key = secrets.token_bytes(_KEY_BYTES)
        self._keys[key_id], self._ciphers[key_id] = key, AESGCM(key)
        return key_id

    def rotate(self, key_id: str | None = None) -> str:
        """Seal from now on with `key_id`, or with a new key, and return its id.

        Raises KeyError for an unknown id.
        """
        chosen = key_id if key_id is not None else self.add_key()
        if chosen not in self._keys:
            raise KeyError(chosen)
        self._current = chosen
        return chosen

    def retire(self, key_id: str) -> None:
        """Forget a key after everything it sealed was sealed again.

        Raises ValueError for the current key, KeyError for an unknown one.
        """
        if key_id == self._current:
            raise ValueError("the current key cannot be retired")
        del self._keys[key_id], self._ciphers[key_id]

    # -- values --------------------------------------------------------------

    def seal(self, plaintext: bytes, context: str) -> bytes:
        """Encrypt with the current key, bound to `context` ("table.column:row")."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        body = self._ciphers[self._current].encrypt(nonce, plaintext, _associated(context))
        return key_prefix(self._current) + nonce + body

    def open(self, sealed: bytes, context: str) -> bytes:
        """Decrypt what `seal` made for the same context. Raises CannotDecrypt."""
        key_id, rest = _split(sealed)
        cipher = self._ciphers.get(key_id)
        if cipher is None:
            raise CannotDecrypt("sealed with a key this ring does not hold")
        try:
            return cipher.decrypt(rest[:_NONCE_BYTES], rest[_NONCE_BYTES:], _associated(context))
        except (InvalidTag, ValueError):
            raise CannotDecrypt("changed, or sealed for another place") from None

    def key_id_of(self, sealed: bytes) -> str:
        """Return the id of the key that sealed these bytes. Raises CannotDecrypt if malformed."""
        return _split(sealed)[0]

    def needs_resealing(self, sealed: bytes) -> bool:
        """Tell whether these bytes were sealed with another key than the current one."""
        return self.key_id_of(sealed) != self._current

    def reseal(self, sealed: bytes, context: str) -> bytes:
        """Decrypt and encrypt again with the current key. Raises CannotDecrypt."""
        return self.seal(self.open(sealed, context), context)

    def blind_index(self, purpose: str, value: str) -> bytes:
        """Return 32 bytes by which equal values of one purpose are found without decrypting.

        The caller normalises `value` first. Raises ValueError for a purpose that is empty or
        holds a NUL, which would let two purposes meet.
        """
        if not purpose or "\0" in purpose:
            raise ValueError("a blind index needs a purpose without NUL")
        return self._keyed(f"index\0{purpose}\0{value}".encode())

    commit_value = staticmethod(commit_value)

    # -- seal over the record ------------------------------------------------

    @property
    def public_key(self) -> bytes:
        """The raw 32-byte Ed25519 key with which anybody verifies the seal."""
        return self._seal.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """Return the 64-byte Ed25519 signature of `message`."""
        return self._seal.sign(message)

    def verify(self, message: bytes, signature: bytes) -> bool:
        """Tell whether `signature` is this ring's signature of `message`."""
        return verify_seal(self.public_key, message, signature)

    # -- belonging to one database -------------------------------------------

    def proof(self) -> bytes:
        """Return bytes to store in the database, by which `confirm` knows its ring again."""
        return self.seal(self._fingerprint(), _PROOF_CONTEXT)

    def confirm(self, proof: bytes) -> None:
        """Raise WrongKey unless `proof` was made by this ring or an earlier state of it."""
        try:
            is_ours = hmac.compare_digest(self.open(proof, _PROOF_CONTEXT), self._fingerprint())
        except CannotDecrypt:
            is_ours = False
        if not is_ours:
            raise WrongKey("this key file does not belong to this database")

    # -- inside --------------------------------------------------------------

    def _secrets(self) -> dict[str, object]:
        return {
            "current": self._current,
            "keys": {key_id: _encoded(key) for key_id, key in self._keys.items()},
            "index": _encoded(self._index_key),
            "seal": _encoded(self._seal.private_bytes_raw()),
        }

    def _keyed(self, message: bytes) -> bytes:
        return hmac.digest(self._index_key, message, "sha256")

    def _check(self) -> bytes:
        return self._keyed(b"check\0" + canonical_json(self._secrets()))

    def _fingerprint(self) -> bytes:
        return self._keyed(b"fingerprint\0" + self.public_key)


def key_prefix(key_id: str) -> bytes:
    """Return the bytes with which every value begins that this key sealed."""
    return bytes((_VERSION, len(key_id))) + key_id.encode("ascii")


def verify_seal(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether the owner of the raw Ed25519 `public_key` signed `message`."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _associated(context: str) -> bytes:
    if not context:
        raise ValueError("sealing needs a context")
    return context.encode()


def _split(sealed: bytes) -> tuple[str, bytes]:
    """Return the key id and what follows it."""
    if len(sealed) < 2 or sealed[0] != _VERSION:
        raise CannotDecrypt("not sealed by this system")
    end = 2 + sealed[1]
    key_id = sealed[2:end].decode("latin-1")
    if len(sealed) < end + _NONCE_BYTES or not _is_key_id(key_id):
        raise CannotDecrypt("cut short")
    return key_id, sealed[end:]


def _is_key_id(text: str) -> bool:
    return text.isascii() and text.isalnum() and len(text) < 256


def _encoded(key: bytes) -> str:
    return b64encode(key).decode("ascii")


def _decoded(text: str) -> bytes:
    return b64decode(text, validate=True)

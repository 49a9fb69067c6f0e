"""Typed settings, read once from the environment and checked before anything starts.

Every setting is an environment variable `TALENTSVC_<NAME>`; `docs/configuration.md` lists them.
Production refuses to start with anything that is only fit for a demonstration.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from pathlib import Path


class Environment(StrEnum):
    """What the process is run for; the demo and the tests may use invented stand-ins."""

    DEMO = "demo"
    TEST = "test"
    PRODUCTION = "production"


class InvalidSettings(Exception):
    """The environment does not describe a system that may start; each line says what to mend."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("; ".join(problems))


@dataclass(frozen=True)
class Settings:
    """Everything a process needs to know about its surroundings.

    Times are timedeltas, sizes bytes, addresses URLs. No secret has a default value.
    """

    environment: Environment
    database_url: str
    owner_database_url: str
    redis_url: str
    limiter_url: str
    var_dir: Path
    secret_key: str
    keyring_file: Path
    public_base_url: str
    smtp_host: str
    smtp_port: int
    smtp_user: str = ""
    smtp_password: str = ""
    smtp_tls: bool = False
    mail_from: str = "talent@example.cn"
    clamd_address: str = ""
    zone_name_zh: str = "石家庄高新区"
    zone_name_en: str = "Shijiazhuang High-tech Zone"
    window_zh: str = "高新区政务服务中心人才服务窗口，工作日 9:00–12:00、13:00–17:00"
    window_en: str = (
        "Talent service window, government service centre of the zone, "
        "working days 9:00-12:00 and 13:00-17:00"
    )
    trusted_proxies: int = 0
    sign_in_idle: timedelta = timedelta(minutes=30)
    sign_in_absolute: timedelta = timedelta(hours=12)
    password_memory_kib: int = 65536
    password_rounds: int = 3
    font_dir: str = ""
    upload_bytes: int = 20 * 1024 * 1024
    log_json: bool = True
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_demo(self) -> bool:
        """Whether invented people, sign-in buttons and the demonstration scanner are allowed."""
        return self.environment is Environment.DEMO

    @property
    def is_production(self) -> bool:
        """Whether real people's data may be expected."""
        return self.environment is Environment.PRODUCTION

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None) -> Settings:
        """Read and check the settings.

        Errors: InvalidSettings with every problem at once, so that one start shows all of them.
        """
        source = os.environ if env is None else env
        problems: list[str] = []

        def need(name: str) -> str:
            value = source.get(f"TALENTSVC_{name}", "")
            if not value:
                problems.append(f"TALENTSVC_{name} is not set")
            return value

        def read(name: str, default: str) -> str:
            return source.get(f"TALENTSVC_{name}", default)

        settings = cls(
            environment=_environment(need("ENV"), problems),
            database_url=need("DATABASE_URL"),
            owner_database_url=read("OWNER_DATABASE_URL", ""),
            redis_url=need("REDIS_URL"),
            limiter_url=read("LIMITER_URL", "memory://"),
            var_dir=Path(need("VAR")),
            secret_key=_secret(source, problems),
            keyring_file=Path(need("KEYRING_FILE")),
            public_base_url=need("PUBLIC_BASE_URL").rstrip("/"),
            smtp_host=read("SMTP_HOST", "127.0.0.1"),
            smtp_port=_whole(read("SMTP_PORT", "25"), "SMTP_PORT", problems),
            smtp_user=read("SMTP_USER", ""),
            smtp_password=read("SMTP_PASSWORD", ""),
            smtp_tls=read("SMTP_TLS", "") == "1",
            mail_from=read("MAIL_FROM", "talent@example.cn"),
            clamd_address=read("CLAMD_SOCKET", ""),
            zone_name_zh=read("ZONE_NAME_ZH", "石家庄高新区"),
            zone_name_en=read("ZONE_NAME_EN", "Shijiazhuang High-tech Zone"),
            window_zh=read("WINDOW_ZH", cls.window_zh),
            window_en=read("WINDOW_EN", cls.window_en),
            trusted_proxies=_whole(read("TRUSTED_PROXIES", "0"), "TRUSTED_PROXIES", problems),
            password_memory_kib=_whole(
                read("PASSWORD_MEMORY_KIB", "65536"), "PASSWORD_MEMORY_KIB", problems
            ),
            password_rounds=_whole(read("PASSWORD_ROUNDS", "3"), "PASSWORD_ROUNDS", problems),
            font_dir=read("FONT_DIR", ""),
            log_json=read("LOG_JSON", "1") == "1",
        )
        return settings.checked(problems)

    def checked(self, found: list[str]) -> Settings:
        """These settings, if neither reading them nor their content gave cause for complaint."""
        problems = [*found, *self.problems()]
        if problems:
            raise InvalidSettings(problems)
        return self

    def problems(self) -> list[str]:
        """What forbids production to start (decisions.md, guarantees.md G9 and G14)."""
        if not self.is_production:
            return []
        found = []
        if not self.public_base_url.startswith("https://"):
            found.append("TALENTSVC_PUBLIC_BASE_URL must be https in production")
        if not self.clamd_address:
            found.append("TALENTSVC_CLAMD_SOCKET: a scanner is required in production")
        if len(self.secret_key) < 32:
            found.append("TALENTSVC_SECRET_KEY_FILE must hold at least 32 characters")
        if self.password_memory_kib < 19456:
            found.append("TALENTSVC_PASSWORD_MEMORY_KIB is below 19456")
        return found


def _environment(text: str, problems: list[str]) -> Environment:
    try:
        return Environment(text)
    except ValueError:
        problems.append("TALENTSVC_ENV must be demo, test or production")
        return Environment.PRODUCTION


def _whole(text: str, name: str, problems: list[str]) -> int:
    if not text.isdecimal():
        problems.append(f"TALENTSVC_{name} must be a whole number")
        return 0
    return int(text)


def _secret(source: Mapping[str, str], problems: list[str]) -> str:
    path = source.get("TALENTSVC_SECRET_KEY_FILE", "")
    if path and Path(path).is_file():
        return Path(path).read_text(encoding="utf-8").strip()
    problems.append("TALENTSVC_SECRET_KEY_FILE does not name a readable file")
    return ""
